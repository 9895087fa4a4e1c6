import { randomBytes } from 'node:crypto';

/** Redis and MongoDB of this run; scripts/test.mjs provides both. */
export function addressOf(name: 'REDIS_URL' | 'MONGODB_URI'): string {
  const address = process.env[name];
  if (!address) throw new Error(`${name} is not set: run the tests with npm test -- <path>`);
  return address;
}

/** A database of its own on the run's MongoDB. */
export function freshDatabase(): string {
  const name = `t${randomBytes(6).toString('hex')}`;
  return addressOf('MONGODB_URI').replace(/\/[^/?]+(\?|$)/, `/${name}$1`);
}

export const freshPrefix = (): string => `t${randomBytes(4).toString('hex')}`;
