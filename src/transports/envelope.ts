import { timingSafeEqual } from 'node:crypto';
import { decrypt, encrypt, getSignature } from '@wecom/crypto';
import { AppError } from '../foundation/errors';

/** Token and AES key of one callback address, and whom its messages are for ('' for an in-house WeCom bot). */
export interface Door {
  token: string;
  aesKey: string;
  receiver: string;
}

/** The signed parts of a callback, as they came. */
export interface Signed {
  signature: string;
  timestamp: string;
  nonce: string;
  encrypted: string;
}

/** How a platform dates its callbacks. */
interface Dating {
  now: Date;
  /** The instant a timestamp of digits stands for, in milliseconds since 1970. */
  instantOf: (timestamp: string) => number;
  /** How far it may be from now, either way. */
  freshMs: number;
}

const mostEncrypted = 65_536;

const forged = (why: string): AppError => new AppError('FORGED', why);

/**
 * The envelope WeCom and DingTalk share: signature first, in constant time and before
 * anything is decrypted or parsed; then sizes, receiver, freshness. Returns the plaintext. Throws FORGED for every fault alike.
 */
export function open(door: Door, signed: Signed, { now, instantOf, freshMs }: Dating): string {
  const { signature, timestamp, nonce, encrypted } = signed;
  if (!/^[0-9a-f]{40}$/.test(signature) || !/^\d{1,13}$/.test(timestamp) || nonce.length === 0 || nonce.length > 128)
    throw forged('parameters');
  if (encrypted.length === 0 || encrypted.length > mostEncrypted) throw forged('size');
  const right = getSignature(door.token, timestamp, nonce, encrypted);
  if (!timingSafeEqual(Buffer.from(right, 'hex'), Buffer.from(signature, 'hex'))) throw forged('signature');
  if (Math.abs(now.getTime() - instantOf(timestamp)) > freshMs) throw forged('freshness');
  return decrypted(door, encrypted);
}

// @wecom/crypto merges a too long message into the id and does not authenticate: check what it returns.
function decrypted(door: Door, encrypted: string): string {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(encrypted) || Buffer.from(encrypted, 'base64').length % 16 !== 0) throw forged('ciphertext');
  let opened: { message: string; id: string };
  try {
    opened = decrypt(door.aesKey, encrypted);
  } catch {
    throw forged('decryption');
  }
  if (opened.id !== door.receiver) throw forged('receiver');
  const content = 20 + Buffer.byteLength(opened.message) + Buffer.byteLength(opened.id);
  if (Math.floor(content / 32) * 32 + 32 !== Buffer.from(encrypted, 'base64').length) throw forged('length');
  return opened.message;
}

/** Encrypts and signs an answer. `random` (16 bytes) is for the test vectors only. */
export function seal(
  door: Door,
  message: string,
  stamp: { timestamp: string; nonce: string },
  random?: Buffer,
): { encrypted: string; signature: string } {
  const encrypted = encrypt(door.aesKey, message, door.receiver, random);
  return { encrypted, signature: getSignature(door.token, stamp.timestamp, stamp.nonce, encrypted) };
}
