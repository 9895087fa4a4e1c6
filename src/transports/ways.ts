import type Redis from 'ioredis';
import type { Inbox } from '../delivery/incoming';
import type { Clock } from '../foundation/clock';
import type { Logger } from '../foundation/logger';

/** What every transport is given, whatever its platform. */
export interface Ways {
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
