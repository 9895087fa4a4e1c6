import { createHmac, timingSafeEqual } from 'node:crypto';
import { AppError } from '../../foundation/errors';

/** The platform allows an hour; the signature does not cover the body, so we allow five minutes. */
const freshMs = 300_000;

/** base64 of HMAC-SHA256 over timestamp, line feed and secret, keyed with the secret. `timestamp`: milliseconds. */
export const signatureOf = (timestamp: string, secret: string): string =>
  createHmac('sha256', secret).update(`${timestamp}\n${secret}`).digest('base64');

/** Compared as text, in constant time: two spellings of the same base64 are not the same. Throws FORGED for every fault alike. */
export function checkSignature(signed: { timestamp: unknown; sign: unknown }, secret: string, now: Date): void {
  const { timestamp, sign } = signed;
  if (typeof timestamp !== 'string' || typeof sign !== 'string' || !/^\d{13}$/.test(timestamp) || !/^[A-Za-z0-9+/]{43}=$/.test(sign))
    throw new AppError('FORGED', 'headers');
  if (!timingSafeEqual(Buffer.from(signatureOf(timestamp, secret)), Buffer.from(sign))) throw new AppError('FORGED', 'signature');
  if (Math.abs(now.getTime() - Number(timestamp)) > freshMs) throw new AppError('FORGED', 'freshness');
}
