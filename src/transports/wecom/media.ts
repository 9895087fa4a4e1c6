import { createDecipheriv } from 'node:crypto';
import { lookup as systemLookup } from 'node:dns';
import { BlockList, isIP } from 'node:net';
import { Agent, request } from 'undici';
import { z } from 'zod';
import type { MediaReference } from '../../delivery/media';
import { retryMs } from '../outcome';
import type { AccessToken } from './access-token';
import { codeEntry } from './error-codes';
import { sniffed } from './media-type';
import type { WecomOptions } from './options';

/** What became of fetching a picture or file: it is here; it will not come; or it may come later. Nothing is changed by asking twice. */
export type MediaOutcome =
  | { kind: 'fetched'; bytes: Buffer; type: string }
  | { kind: 'refused'; code: string; reason: string }
  | { kind: 'later'; code: string; afterMs: number };

export interface MediaParts {
  options: Pick<WecomOptions, 'apiBase' | 'clock'>;
  tokens: Pick<AccessToken, 'get' | 'drop'>;
  /** The bot's EncodingAESKey; null when the bot comes by long connection, where every address brings its own (wecom.md 3.4). */
  botKey: string | null;
  /** Larger ones are not fetched; default 10 MB. */
  mostBytes?: number;
  /** For tests: how a host becomes an address. */
  lookup?: typeof systemLookup;
}

/** Where the bot's pictures and files lie: the vendor's own bucket, and no other of the same cloud (seen in the page's example of 3.4). */
const mediaHosts = /^ww-aibot-img-1258476243\.cos\.[a-z0-9-]+\.myqcloud\.com$/;
const defaultMostBytes = 10_485_760;
const deadlineMs = 20_000;

const refused = (code: string, reason: string): MediaOutcome => ({ kind: 'refused', code, reason });
const tooLarge = refused('too large', 'the file is larger than what is fetched');
const problem = z.looseObject({ errcode: z.number() });

/** Fetches what members sent (wecom.md 3.4, 5.6). Nothing asks members for pictures; a feature that wants one finds it here. */
export class MediaFetcher {
  private readonly mostBytes: number;
  private readonly agent: Agent;

  constructor(private readonly parts: MediaParts) {
    this.mostBytes = parts.mostBytes ?? defaultMostBytes;
    this.agent = new Agent({ connect: { lookup: publicOnly(parts.lookup ?? systemLookup) } });
  }

  async fetch(reference: MediaReference): Promise<MediaOutcome> {
    if (reference.expiresAt <= this.parts.options.clock.now()) return refused('expired', codeEntry(40_007).advice);
    return 'mediaId' in reference.from ? this.ofApp(reference.from.mediaId) : this.ofBot(reference.from);
  }

  async close(): Promise<void> {
    await this.agent.close();
  }

  private async ofApp(mediaId: string, tries = 0): Promise<MediaOutcome> {
    const token = await this.parts.tokens.get();
    const url = new URL('/cgi-bin/media/get', this.parts.options.apiBase);
    url.search = new URLSearchParams({ access_token: token, media_id: mediaId }).toString();
    const got = await this.read(url, undefined);
    if ('kind' in got) return got;
    // A refusal comes as JSON with HTTP 200 (wecom.md 5.6).
    const errcode = got.json ? errorIn(got.bytes) : null;
    if (errcode === null) return { kind: 'fetched', bytes: got.bytes, type: sniffed(got.bytes) };
    const { reaction, advice, waitMs } = codeEntry(errcode);
    if (reaction === 'refresh_token' && tries === 0) {
      await this.parts.tokens.drop(token);
      return this.ofApp(mediaId, 1);
    }
    return reaction === 'park' || reaction === 'alert'
      ? refused(String(errcode), advice)
      : { kind: 'later', code: String(errcode), afterMs: waitMs ?? retryMs };
  }

  private async ofBot({ url, aesKey }: { url: string; aesKey?: string }): Promise<MediaOutcome> {
    const address = URL.canParse(url) ? new URL(url) : null;
    const own = address?.origin === new URL(this.parts.options.apiBase).origin;
    const cloud = address?.protocol === 'https:' && address.port === '' && mediaHosts.test(address.hostname);
    if (!address || !(own || cloud)) return refused('address', 'the address is not WeCom');
    const key = keyOf(aesKey ?? this.parts.botKey);
    if (!key) return refused('key', 'the file came without a usable key');
    const got = await this.read(address, own ? undefined : this.agent);
    if ('kind' in got) return got;
    const bytes = decrypted(got.bytes, key);
    return bytes ? { kind: 'fetched', bytes, type: sniffed(bytes) } : refused('decryption', 'the file cannot be decrypted with its key');
  }

  /** The whole body, never more than allowed: what is announced or turns out larger is broken off. Redirects are not followed. */
  private async read(url: URL, agent: Agent | undefined): Promise<{ bytes: Buffer; json: boolean } | MediaOutcome> {
    try {
      const signal = AbortSignal.timeout(deadlineMs);
      const { statusCode, headers, body } = await request(url, { signal, ...(agent ? { dispatcher: agent } : {}) });
      if (statusCode !== 200) {
        await body.dump();
        return statusCode >= 500
          ? { kind: 'later', code: `http ${statusCode}`, afterMs: retryMs }
          : refused(`http ${statusCode}`, 'WeCom no longer gives the file');
      }
      const chunks: Buffer[] = [];
      let size = Number(headers['content-length'] ?? 0);
      let read = 0;
      for await (const chunk of body as AsyncIterable<Buffer>) {
        read += chunk.length;
        size = Math.max(size, read);
        // Leaving the loop closes the connection.
        if (size > this.mostBytes + paddingBlock) return tooLarge;
        chunks.push(chunk);
      }
      return { bytes: Buffer.concat(chunks), json: String(headers['content-type'] ?? '').includes('json') };
    } catch (error) {
      const code = errorCode(error);
      return code === notPublic
        ? refused('address', 'the address leads into a private network')
        : { kind: 'later', code, afterMs: retryMs };
    }
  }
}

const paddingBlock = 32;

/** 43 characters as in the console, or padded base64 as beside an address; 32 bytes. */
function keyOf(text: string | null): Buffer | null {
  const key = text && /^[A-Za-z0-9+/]{43}=?$/.test(text) ? Buffer.from(text, 'base64') : null;
  return key?.length === 32 ? key : null;
}

/** AES-256-CBC, IV = the key's first 16 bytes, PKCS#7 with blocks of 32 (wecom.md 3.4); null when the padding is not right. */
function decrypted(bytes: Buffer, key: Buffer): Buffer | null {
  if (bytes.length === 0 || bytes.length % 16 !== 0) return null;
  const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  const plain = Buffer.concat([decipher.update(bytes), decipher.final()]);
  const padding = plain.at(-1) ?? 0;
  const right = padding >= 1 && padding <= paddingBlock && plain.subarray(-padding).every((byte) => byte === padding);
  return right ? plain.subarray(0, plain.length - padding) : null;
}

const errorIn = (bytes: Buffer): number | null => {
  try {
    const read = problem.safeParse(JSON.parse(bytes.toString('utf8')));
    return read.success && read.data.errcode !== 0 ? read.data.errcode : null;
  } catch {
    return null;
  }
};

const notPublic = 'ENOTPUBLIC';
const errorCode = (error: unknown): string => {
  const { code, name } = error as { code?: unknown; name?: unknown };
  return typeof code === 'string' ? code : typeof name === 'string' ? name : 'unknown';
};

const notForUs = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const)
  notForUs.addSubnet(network, prefix, 'ipv4');
for (const [network, prefix] of [
  ['::', 8],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  notForUs.addSubnet(network, prefix, 'ipv6');

/** A name may lead into our own network although it is WeCom's: the address is looked at when it is connected to. */
function publicOnly(lookup: typeof systemLookup): typeof systemLookup {
  const guarded = (host: string, options: object, done: (error: Error | null, ...found: unknown[]) => void): void => {
    lookup(host, { ...options, all: true }, (error, addresses) => {
      if (error) return done(error);
      const bad = addresses.some(({ address }) => notForUs.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4'));
      if (bad || addresses.length === 0) return done(Object.assign(new Error('not a public address'), { code: notPublic }));
      const wantsAll = 'all' in options && options.all === true;
      const [first] = addresses;
      return wantsAll ? done(null, addresses) : done(null, first?.address, first?.family);
    });
  };
  return guarded as unknown as typeof systemLookup;
}
