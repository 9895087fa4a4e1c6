import { createCipheriv, randomBytes } from 'node:crypto';
import Router from '@koa/router';
import { type ApiAnswer, failure } from './api-answer';
import type { SimulatorClock } from './options';
import { randomId } from './random-id';

/** An API answer that is no JSON. */
export interface FileAnswer {
  bytes: Buffer;
  fileName: string;
}

/** Where a bot finds a file: `aeskey` only over the long connection, where every file has a key of its own. */
interface FileAddress {
  url: string;
  aeskey?: string;
}

interface Kept extends FileAnswer {
  until: number;
}

interface Parts {
  clock: SimulatorClock;
  base: () => string;
  bot: { aesKey: string; secret?: string };
}

/** How long a media id is good, and an address. */
const mediaIdMs = 3 * 86_400_000;
const addressMs = 5 * 60_000;

/** The pictures, files and recordings people send: to the app under a media id, to the bot as an encrypted file at an address. */
export class MediaFiles {
  private readonly ids = new Map<string, Kept>();
  private readonly addresses = new Map<string, Kept>();

  constructor(private readonly parts: Parts) {}

  forApp(bytes: Buffer, fileName: string): string {
    const id = randomId(64);
    this.ids.set(id, { bytes, fileName, until: this.now() + mediaIdMs });
    return id;
  }

  /** GET /cgi-bin/media/get */
  get(mediaId: string | undefined): ApiAnswer | FileAnswer {
    const kept = this.ids.get(mediaId ?? '');
    return kept && kept.until > this.now() ? kept : failure(40007);
  }

  has(mediaId: unknown): boolean {
    return typeof mediaId === 'string' && !('errcode' in this.get(mediaId));
  }

  forBot(bytes: Buffer, fileName: string): FileAddress {
    const { bot, base } = this.parts;
    const aeskey = bot.secret === undefined ? null : randomBytes(32).toString('base64');
    const name = randomId(32);
    this.addresses.set(name, { bytes: encrypted(bytes, aeskey ?? `${bot.aesKey}=`), fileName, until: this.now() + addressMs });
    return { url: `${base()}/bot-media/${name}?sign=${randomId(16)}`, ...(aeskey === null ? {} : { aeskey }) };
  }

  /** The addresses, open to whoever knows them while they live. */
  router(): Router {
    return new Router().get('/bot-media/:name', (ctx) => {
      const kept = this.addresses.get(String(ctx.params['name']));
      const alive = kept !== undefined && kept.until > this.now();
      ctx.status = alive ? 200 : 403;
      ctx.type = alive ? 'application/octet-stream' : 'application/xml';
      ctx.body = alive ? kept.bytes : '<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>';
    });
  }

  private now(): number {
    return this.parts.clock.now().getTime();
  }
}

/** AES-256-CBC, IV = the key's first 16 bytes, PKCS#7 with blocks of 32. */
function encrypted(bytes: Buffer, base64: string): Buffer {
  const key = Buffer.from(base64, 'base64');
  const padding = 32 - (bytes.length % 32);
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  return Buffer.concat([cipher.update(bytes), cipher.update(Buffer.alloc(padding, padding)), cipher.final()]);
}
