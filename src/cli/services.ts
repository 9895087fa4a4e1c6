import type { Settings } from '../../config/schema';
import { findMongodb } from './find-mongodb';
import { findRedis } from './find-redis';
import { cliTexts as texts } from './texts';
import type { Started } from './until-stopped';

export interface Addresses {
  mongodbUri: string;
  redisUrl: string;
}

/** The configured MongoDB and Redis, else what development brings along; says in one line each which it is. */
export async function findServices(
  settings: Pick<Settings, 'NODE_ENV' | 'MONGODB_URI' | 'REDIS_URL'>,
  started: Started,
  folder = '.data',
): Promise<Addresses> {
  const production = settings.NODE_ENV === 'production';
  const mongodBinary = process.env['MONGOD_BINARY'];
  const { MONGODB_URI, REDIS_URL } = settings;
  const mongodb = await findMongodb({
    folder: `${folder}/mongodb`,
    production,
    ...(MONGODB_URI ? { uri: MONGODB_URI } : {}),
    ...(mongodBinary ? { mongodBinary } : {}),
  });
  started.add(texts.database, () => mongodb.stop(), mongodb.ended);
  const redis = await findRedis({ folder: `${folder}/redis`, durable: true, ...(REDIS_URL ? { url: REDIS_URL } : {}) });
  started.add('Redis', () => redis.stop(), redis.ended);
  process.stderr.write(`${mongodb.describe}\n${redis.describe}\n`);
  return { mongodbUri: MONGODB_URI ?? mongodb.uri('lianxinqiao'), redisUrl: redis.url };
}
