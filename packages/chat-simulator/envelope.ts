import { randomBytes, randomInt, timingSafeEqual } from 'node:crypto';
import { decrypt, encrypt, getSignature } from '@wecom/crypto';

/** Token and EncodingAESKey of one callback URL, and who the ciphertext is for (empty for a bot, corp id for an app). */
export interface Keys {
  token: string;
  aesKey: string;
  receiver: string;
}

interface Sealed {
  query: { msg_signature: string; timestamp: string; nonce: string };
  ciphertext: string;
}

/** Encrypts and signs as WeCom does; every call has a nonce of its own. `at` gives the timestamp. */
export function seal(keys: Keys, plaintext: string, at: Date): Sealed {
  const timestamp = String(Math.floor(at.getTime() / 1000));
  const nonce = `${randomInt(1_000_000_000)}${randomInt(1_000_000_000)}`;
  const ciphertext = encrypt(keys.aesKey, plaintext, keys.receiver, randomBytes(16));
  return { query: { msg_signature: getSignature(keys.token, timestamp, nonce, ciphertext), timestamp, nonce }, ciphertext };
}

interface SignedReply {
  encrypt: string;
  signature: string;
  timestamp: string;
  nonce: string;
}

/** The plaintext of a reply, or throws Error saying what a real client would have refused. */
export function open(keys: Keys, reply: SignedReply): string {
  if (!sameText(reply.signature, getSignature(keys.token, reply.timestamp, reply.nonce, reply.encrypt)))
    throw new Error('the signature of the reply is wrong');
  const opened = decryptOrThrow(keys.aesKey, reply.encrypt);
  if (opened.id !== keys.receiver) throw new Error('the reply is encrypted for another receiver');
  return opened.message;
}

function decryptOrThrow(aesKey: string, ciphertext: string): { message: string; id: string } {
  try {
    return decrypt(aesKey, ciphertext);
  } catch (error) {
    throw new Error('the reply cannot be decrypted with the EncodingAESKey', { cause: error });
  }
}

function sameText(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}
