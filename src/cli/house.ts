import type Redis from 'ioredis';
import type { Connection } from 'mongoose';
import { loadHolidays } from '../../config/load-holidays';
import { loadRoles } from '../../config/load-roles';
import { loadSchemes } from '../../config/load-scheme';
import { loadVocabulary } from '../../config/load-vocabulary';
import type { Settings } from '../../config/schema';
import { type App, createApp } from '../app';
import { startWeb, type WebServer } from '../console/server';
import type { Clock } from '../foundation/clock';
import type { Logger } from '../foundation/logger';
import { connectMongo } from '../foundation/mongo';
import { failFastRedis, patientRedis, redisReady } from '../foundation/redis';
import { within } from '../foundation/within';
import { createWorkingDays } from '../foundation/working-days';
import { createReader } from '../reader';
import { intents } from '../readings';
import type { Tempo } from '../transports/ways';
import { cannotIndex, cannotListen, noStore } from './start-faults';

interface HouseOptions {
  settings: Settings;
  mongodbUri: string;
  redisUrl: string;
  clock: Clock;
  logger: Logger;
  /** 'none' connects and makes the indexes only. */
  role: 'web' | 'worker' | 'both' | 'none';
  sweepMs?: number;
  tempo?: Tempo;
  /** Whether this process may hold the platforms' long connections; as it works by default. */
  longConnections?: boolean;
}

/** A running application with its connections, as the entries and the tests use it. */
export interface House {
  app: App;
  connection: Connection;
  web: WebServer | null;
  close(): Promise<void>;
}

/** In which running work is finished, whatever is dead; what is not done then is done by whoever starts next. */
const finishWithinMs = 6_000;

/**
 * Connects, makes the indexes, listens and works according to the role: all of it or nothing. Closing stops what takes in work
 * first, then cuts the connections.
 */
export async function startHouse(options: HouseOptions): Promise<House> {
  const { settings, clock, logger } = options;
  const connection = await connectMongo(options.mongodbUri).catch((error: unknown) => Promise.reject(noStore(error)));
  const redis = { failFast: failFastRedis(options.redisUrl), patient: patientRedis(options.redisUrl) };
  const disconnect = async (): Promise<void> => {
    redis.failFast.disconnect();
    redis.patient.disconnect();
    await within(1_000, connection.close(true));
  };
  try {
    if (!(await redisReady(redis.failFast, 1_500)))
      logger.warn({ code: 'QUEUE_UNAVAILABLE' }, 'Redis does not answer; starting without it');
    const app = createApp({
      bodies: [settings],
      connection,
      redis,
      clock,
      logger,
      reader: createReader(loadVocabulary(), intents),
      schemes: loadSchemes(),
      roles: loadRoles(),
      workingDays: createWorkingDays(loadHolidays()),
      ...(options.sweepMs ? { sweepMs: options.sweepMs } : {}),
      ...(options.tempo ? { tempo: options.tempo } : {}),
    });
    await app.ensureIndexes().catch((error: unknown) => Promise.reject(cannotIndex(error)));
    const web = await listen(options, app, { connection, redis: redis.failFast });
    work(options, app);
    const close = async (): Promise<void> => {
      await within(finishWithinMs, finish(app, web));
      await disconnect();
    };
    return { app, connection, web, close };
  } catch (error) {
    await disconnect();
    throw error;
  }
}

async function listen({ settings, role, logger }: HouseOptions, app: App, parts: Watched): Promise<WebServer | null> {
  if (role !== 'web' && role !== 'both') return null;
  const { HOST: host, PORT: port } = settings;
  const failed = (error: unknown): Promise<never> => Promise.reject(cannotListen(error, { host, port, setting: 'PORT' }));
  return startWeb({ host, port, routers: app.routers, ailing: () => whatAils(parts), logger }).catch(failed);
}

/** Begins only when everything else stands: what sends must not go on beside a start that failed. */
function work({ role, longConnections }: HouseOptions, app: App): void {
  const works = role === 'worker' || role === 'both';
  if (works) for (const { runner } of app.bodies.all) runner.start();
  if (longConnections ?? works) for (const each of app.longConnections) each.start();
}

async function finish(app: App, web: WebServer | null): Promise<void> {
  for (const { outbox } of app.bodies.all) outbox.stop();
  const ends: Promise<void>[] = [
    ...(web ? [web.close()] : []),
    ...app.longConnections.map((each) => each.stop()),
    ...app.bodies.all.map(({ runner }) => runner.close()),
  ];
  await Promise.allSettled(ends);
}

interface Watched {
  connection: Connection;
  redis: Redis;
}

async function whatAils({ connection, redis }: Watched): Promise<string[]> {
  const mongodb = await connection.db?.command({ ping: 1 }).then(
    () => true,
    () => false,
  );
  const answers = await redis.ping().then(
    () => true,
    () => false,
  );
  return [...(mongodb ? [] : ['mongodb']), ...(answers ? [] : ['redis'])];
}
