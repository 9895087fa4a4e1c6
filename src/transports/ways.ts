import type Redis from 'ioredis';
import type { Inbox } from '../delivery/incoming';
import type { Clock } from '../foundation/clock';
import type { Logger } from '../foundation/logger';
import type { Limits } from './pacing';

/** What goes by real seconds. Tests bring their own: no outcome may hang on how fast a machine is, or when it began. */
export interface Tempo {
  /** In place of the platforms' documented limits. */
  limits?: Limits;
  /** How long an answer in the response may take, in place of what each platform allows. */
  answerWithinMs?: number;
}

/** What every transport is given, whatever its platform. */
export interface Ways extends Tempo {
  /** The CPPCC body whose members are spoken with. */
  body: string;
  inbox: Inbox;
  /** Fail-fast connection: shared tokens, pacing, caches; everything goes on without it. */
  redis: Redis;
  clock: Clock;
  logger: Logger;
  zone: string;
  /** Prefix of every key in Redis. */
  prefix: string;
  /** Ends a text of which the rest is left out, and says how to see it. */
  cutShort: string;
}
