import type Redis from 'ioredis';
import type { Connection } from 'mongoose';
import { loadHolidays } from '../../config/load-holidays';
import { loadSchemes } from '../../config/load-scheme';
import { loadVocabulary } from '../../config/load-vocabulary';
import type { Settings } from '../../config/schema';
import { type App, createApp } from '../app';
import { startWeb, type WebServer } from '../console/server';
import type { Clock } from '../foundation/clock';
import { AppError } from '../foundation/errors';
import type { Logger } from '../foundation/logger';
import { connectMongo } from '../foundation/mongo';
import { failFastRedis, patientRedis, redisReady } from '../foundation/redis';
import { createWorkingDays } from '../foundation/working-days';
import { createReader } from '../reader';
import { intents } from '../readings';
import type { Tempo } from '../transports/ways';

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

/** Connects, makes the indexes, listens and works according to the role. Closing stops in the opposite order. */
export async function startHouse(options: HouseOptions): Promise<House> {
  const { settings, clock, logger, role } = options;
  const connection = await connect(options.mongodbUri);
  const redis = { failFast: failFastRedis(options.redisUrl), patient: patientRedis(options.redisUrl) };
  if (!(await redisReady(redis.failFast, 1_500))) logger.warn({ code: 'QUEUE_UNAVAILABLE' }, 'Redis does not answer; starting without it');
  const app = createApp({
    bodies: [settings],
    connection,
    redis,
    clock,
    logger,
    reader: createReader(loadVocabulary(), intents),
    schemes: loadSchemes(),
    workingDays: createWorkingDays(loadHolidays()),
    ...(options.sweepMs ? { sweepMs: options.sweepMs } : {}),
    ...(options.tempo ? { tempo: options.tempo } : {}),
  });
  await app.ensureIndexes();
  const works = role === 'worker' || role === 'both';
  if (works) for (const { runner } of app.bodies.all) runner.start();
  if (options.longConnections ?? works) for (const each of app.longConnections) each.start();
  const ailing = (): Promise<string[]> => whatAils(connection, redis.failFast);
  const listens = role === 'web' || role === 'both';
  const web = !listens ? null : await startWeb({ host: settings.HOST, port: settings.PORT, routers: app.routers, ailing, logger });
  const close = async (): Promise<void> => {
    await web?.close();
    for (const each of app.longConnections) await each.stop();
    for (const { runner } of app.bodies.all) await runner.close();
    redis.failFast.disconnect();
    redis.patient.disconnect();
    await connection.close();
  };
  return { app, connection, web, close };
}

async function connect(uri: string): Promise<Connection> {
  try {
    return await connectMongo(uri);
  } catch (error) {
    throw new AppError('STORE_UNAVAILABLE', 'cannot start: MongoDB does not answer. Check that it runs and that MONGODB_URI is right.', {
      cause: error,
    });
  }
}

async function whatAils(connection: Connection, redis: Redis): Promise<string[]> {
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
