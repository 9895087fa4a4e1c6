import type Redis from 'ioredis';
import type { Connection } from 'mongoose';
import type { BodySettings } from '../config/schema';
import { deliverMessages } from '../jobs/deliver-messages';
import { finishMessages } from '../jobs/finish-messages';
import { checkJobs, type ReadyJob } from '../jobs/registry';
import { JobRunner } from '../jobs/runner';
import { commonTexts } from './chat/texts';
import type { ContactChanges } from './delivery/contact-change';
import { Flood } from './delivery/flood';
import type { Inbox, Unsaid } from './delivery/incoming';
import type { KnownChats } from './delivery/known-chats';
import type { KnownUserIds } from './delivery/known-user-ids';
import { DurableOutbox, type OutboxOptions } from './delivery/outbox';
import { type Clock, type Steady, systemSteady } from './foundation/clock';
import type { Logger } from './foundation/logger';
import { type Platforms, platformsFrom } from './transports/platforms';
import type { Tempo } from './transports/ways';

/** One body as this process serves it: its ways in and out, its ledger's sender, its jobs. */
export interface ServedBody {
  id: string;
  settings: BodySettings;
  platforms: Platforms;
  outbox: DurableOutbox;
  /** Its own queue and schedules, in its own zone. */
  runner: JobRunner;
  /** How much one person may send to it; none where tests have taken the limits away. */
  flood: Flood | null;
  /** Display names of its bots, without '@'. */
  mentions: readonly string[];
}

export interface BodyOptions {
  connection: Connection;
  redis: { failFast: Redis; patient: Redis };
  clock: Clock;
  logger: Logger;
  /** Pause of the safety net between two looks; default 3 s. */
  sweepMs?: number;
  /** For leases and silences; the system's unless a test brings its own. */
  steady?: Steady;
  tempo?: Tempo;
}

export interface BodyParts {
  inbox: Inbox & Unsaid;
  chats: KnownChats;
  knownIds: KnownUserIds;
  changes: ContactChanges;
  outbox: Pick<OutboxOptions, 'store' | 'rechecks' | 'whereNow'>;
  jobs: readonly ReadyJob[];
}

const swept = [finishMessages.name, deliverMessages.name];

export function serveBody(settings: BodySettings, options: BodyOptions, { jobs, ...parts }: BodyParts): ServedBody {
  const { connection, redis, clock, logger, steady = systemSteady, sweepMs = 3_000, tempo } = options;
  const { BODY_ID: body, TIME_ZONE: zone } = settings;
  // Bodies that share a Redis share nothing in it: a queue in common would send one body's messages through another's apps.
  const prefix = `${settings.REDIS_PREFIX}:${body}`;
  const redisOf = { add: redis.failFast, work: redis.patient };
  const runner = new JobRunner({ jobs: checkJobs(jobs), body, zone, redis: redisOf, prefix, clock, logger, sweepMs, swept });
  const ways = { body, inbox: parts.inbox, redis: redis.failFast, clock, logger, zone, prefix, cutShort: commonTexts.cutShort, ...tempo };
  const texts = { ...commonTexts, unavailable: commonTexts.storeUnavailable };
  const platforms = platformsFrom(settings, { ...parts, ways, connection, steady, texts, late: parts.inbox });
  const ring = (): void => runner.ring(deliverMessages.name);
  const outbox = new DurableOutbox({ ...parts.outbox, senders: platforms.senders, ring, clock, logger });
  return { id: body, settings, platforms, outbox, runner, flood: floodOf(settings, prefix, options), mentions: mentionsOf(settings) };
}

function floodOf(settings: BodySettings, prefix: string, { redis, logger, tempo }: BodyOptions): Flood | null {
  const own = { name: 'flood', points: settings.CHAT_LIMIT_MESSAGES, duration: settings.CHAT_LIMIT_SECONDS };
  const [limit] = tempo?.limits?.([own]) ?? [own];
  return limit ? new Flood({ redis: redis.failFast, prefix, limit, logger }) : null;
}

const mentionsOf = ({ WECOM_BOT_MENTIONS: names = [], DINGTALK_ROBOT_NAME: robotName }: BodySettings): string[] => [
  ...new Set([...names, ...(robotName ? [robotName] : [])]),
];
