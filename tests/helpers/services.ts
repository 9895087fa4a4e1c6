import { randomBytes } from 'node:crypto';

/** Redis and MongoDB of this run; scripts/test.mjs provides both. */
export function addressOf(name: 'REDIS_URL' | 'MONGODB_URI'): string {
  const address = process.env[name];
  if (!address) throw new Error(`${name} is not set: run the tests with npm test -- <path>`);
  return address;
}

/** The name of a database that is this run's own; scripts/test.mjs takes all of them away from a server that was given. */
export const freshName = (): string => `${process.env['TEST_DATABASES'] ?? 't'}${randomBytes(6).toString('hex')}`;

/** A database of its own on the run's MongoDB. */
export function freshDatabase(): string {
  return addressOf('MONGODB_URI').replace(/\/[^/?]+(\?|$)/, `/${freshName()}$1`);
}

export const freshPrefix = (): string => `t${randomBytes(4).toString('hex')}`;
