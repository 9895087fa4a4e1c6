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
import { Health } from './health';
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

/** How often health is looked at when nobody asks: an alarm belongs into the log as well. */
const lookEveryMs = 60_000;
/** In which running work is finished, whatever is dead; what is not done then is done by whoever starts next. */
const finishWithinMs = 6_000;

/**
 * Connects, makes the indexes, listens and works according to the role: all of it or nothing. Closing stops what takes in work
 * first, then cuts the connections.
 */
export async function startHouse(options: HouseOptions): Promise<House> {
  const { settings, clock, logger, role } = options;
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
    const means = { connection, redis, clock, logger };
    const app = createApp({
      bodies: [settings],
      ...means,
      ...fromFiles(),
      ...(options.sweepMs ? { sweepMs: options.sweepMs } : {}),
      ...(options.tempo ? { tempo: options.tempo } : {}),
    });
    await app.ensureIndexes().catch((error: unknown) => Promise.reject(cannotIndex(error)));
    const works = role === 'worker' || role === 'both';
    const health = new Health({ connection, redis: redis.failFast, logger, sweeps: works ? sweepsOf(app) : [] });
    const web = await listen(options, app, health);
    if (works) for (const { runner } of app.bodies.all) runner.start();
    if (options.longConnections ?? works) for (const each of app.longConnections) each.start();
    const looks = setInterval(() => void health.ailing(), lookEveryMs).unref();
    const close = async (): Promise<void> => {
      clearInterval(looks);
      await within(finishWithinMs, finish(app, web));
      await disconnect();
    };
    return { app, connection, web, close };
  } catch (error) {
    await disconnect();
    throw error;
  }
}

/** What organisations and operators change as files. */
const fromFiles = () => ({
  reader: createReader(loadVocabulary(), intents),
  schemes: loadSchemes(),
  roles: loadRoles(),
  workingDays: createWorkingDays(loadHolidays()),
});

/** When each body's runner looked last, asked at the moment. */
const sweepsOf = ({ bodies }: App) =>
  bodies.all.map(
    ({ runner }) =>
      () =>
        runner.lastSweep,
  );

/** Callbacks and pages where they are taken, and everywhere the answer to how things are. */
async function listen({ settings, role, logger }: HouseOptions, app: App, health: Health): Promise<WebServer | null> {
  if (role === 'none') return null;
  const { HOST: host } = settings;
  const worker = role === 'worker';
  const { port, setting, routers } = worker
    ? { port: settings.WORKER_HEALTH_PORT, setting: 'WORKER_HEALTH_PORT', routers: [] }
    : { port: settings.PORT, setting: 'PORT', routers: app.routers };
  const failed = (error: unknown): Promise<never> => Promise.reject(cannotListen(error, { host, port, setting }));
  return startWeb({ host, port, routers, ailing: () => health.ailing(), logger }).catch(failed);
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
