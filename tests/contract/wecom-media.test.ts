import { createCipheriv, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { decryptFile } from '@wecom/aibot-node-sdk';
import fc from 'fast-check';
import type { MediaReference } from '../../src/delivery/media';
import { ShiftableClock } from '../../src/foundation/clock';
import { MediaFetcher, type MediaParts } from '../../src/transports/wecom/media';
import { sniffed } from '../../src/transports/wecom/media-type';

const botKey = 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C';
const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3]);

/** As the documents tell it, written once more and not with our code: AES-256-CBC, IV from the key, PKCS#7 by 32. */
function encrypted(plain: Buffer, key43: string): Buffer {
  const key = Buffer.from(`${key43}=`, 'base64');
  const pad = 32 - (plain.length % 32);
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  return Buffer.concat([cipher.update(Buffer.concat([plain, Buffer.alloc(pad, pad)])), cipher.final()]);
}

describe('fetching what members sent', () => {
  const clock = new ShiftableClock();
  const asked: string[] = [];
  let serve: (request: IncomingMessage, response: ServerResponse) => void;
  let base: string;
  let close: () => Promise<void>;
  const fetchers: MediaFetcher[] = [];

  beforeEach(async () => {
    asked.length = 0;
    const server = createServer((request, response) => {
      asked.push(request.url ?? '');
      serve(request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    close = () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
  });
  afterEach(async () => {
    await Promise.all(fetchers.splice(0).map((fetcher) => fetcher.close()));
    await close();
  });

  function fetcher(more: Partial<MediaParts> = {}): MediaFetcher {
    let given = 0;
    const tokens = { get: async () => `tok${given + 1}`, drop: async () => void (given += 1) };
    const made = new MediaFetcher({ options: { apiBase: base, clock }, tokens, botKey, ...more });
    fetchers.push(made);
    return made;
  }
  const reference = (from: MediaReference['from'], minutes = 5): MediaReference => ({
    kind: 'image',
    from,
    expiresAt: new Date(clock.now().getTime() + minutes * 60_000),
  });
  const ofBot = (path = '/file', aesKey?: string) => reference({ url: `${base}${path}`, ...(aesKey ? { aesKey } : {}) });
  const bytesOf = (outcome: Awaited<ReturnType<MediaFetcher['fetch']>>) => (outcome.kind === 'fetched' ? outcome.bytes : outcome);

  it('opens any file of the bot, byte for byte, as the official client does', async () => {
    let body: Buffer = Buffer.alloc(0);
    serve = (_request, response) => response.end(body);
    const mine = fetcher();
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (content) => {
        const plain = Buffer.from(content);
        body = encrypted(plain, botKey);
        expect(bytesOf(await mine.fetch(ofBot()))).toEqual(plain);
        expect(decryptFile(body, `${botKey}=`)).toEqual(plain);
      }),
      { numRuns: 100 },
    );
  });

  it('uses the key beside the address where there is one, and tells the type by the first bytes', async () => {
    const own = randomBytes(32).toString('base64');
    serve = (_request, response) => response.setHeader('content-type', 'text/html').end(encrypted(png, own.slice(0, 43)));
    expect(await fetcher({ botKey: null }).fetch(ofBot('/file', own))).toEqual({ kind: 'fetched', bytes: png, type: 'image/png' });
    expect(await fetcher().fetch(ofBot())).toMatchObject({ kind: 'refused', code: 'decryption' });
    expect(await fetcher({ botKey: null }).fetch(ofBot())).toMatchObject({ kind: 'refused', code: 'key' });
    expect(sniffed(Buffer.from('<script>'))).toBe('application/octet-stream');
  });

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['a part of a block', encrypted(png, botKey).subarray(0, 20)],
    ['a file without its end', encrypted(Buffer.from(Array.from({ length: 64 }, (_each, at) => at)), botKey).subarray(0, 32)],
    ['plain bytes', Buffer.alloc(32, 3)],
  ])('refuses %s', async (_what, body) => {
    serve = (_request, response) => response.end(body);
    expect(await fetcher().fetch(ofBot())).toMatchObject({ kind: 'refused', code: 'decryption' });
  });

  it('reads no more than allowed, whether the size is announced or not', async () => {
    let closed = 0;
    serve = (request, response) => {
      request.socket.on('close', () => (closed += 1));
      if (request.url === '/announced') response.setHeader('content-length', 1_000_000).write(Buffer.alloc(10));
      else {
        const more = (): void => void (response.write(Buffer.alloc(16_384)) ? setImmediate(more) : response.once('drain', more));
        more();
      }
    };
    const small = fetcher({ mostBytes: 100_000 });
    expect(await small.fetch(ofBot('/announced'))).toMatchObject({ kind: 'refused', code: 'too large' });
    expect(await small.fetch(ofBot('/endless'))).toMatchObject({ kind: 'refused', code: 'too large' });
    expect(closed).toBeGreaterThan(0);
  });

  it.each([
    'http://127.0.0.1:1/file',
    'http://169.254.169.254/latest/meta-data',
    'https://evil.cos.ap-guangzhou.myqcloud.com/file',
    'https://ww-aibot-img-1258476243.cos.ap-guangzhou.myqcloud.com.evil.example/file',
    'http://ww-aibot-img-1258476243.cos.ap-guangzhou.myqcloud.com/file',
    'https://ww-aibot-img-1258476243.cos.ap-guangzhou.myqcloud.com:8443/file',
    'https://user@ww-aibot-img-1258476243.cos.ap-guangzhou.myqcloud.com@evil.example/file',
    'file:///etc/passwd',
    'no address',
  ])('goes to no other place: %s', async (url) => {
    expect(await fetcher().fetch(reference({ url }))).toMatchObject({ kind: 'refused', code: 'address' });
    expect(asked).toEqual([]);
  });

  it.each(['10.1.2.3', '169.254.0.47', '127.0.0.1', '192.168.1.1', '::1', 'fd00::1', '::ffff:10.0.0.1'])(
    'does not follow WeCom’s name into a private network: %s',
    async (address) => {
      const lookup = ((_host: string, _options: object, done: (error: null, found: { address: string; family: number }[]) => void) =>
        done(null, [{ address, family: address.includes(':') ? 6 : 4 }])) as unknown as NonNullable<MediaParts['lookup']>;
      const url = 'https://ww-aibot-img-1258476243.cos.ap-guangzhou.myqcloud.com/file';
      expect(await fetcher({ lookup }).fetch(reference({ url }))).toMatchObject({ kind: 'refused', code: 'address' });
    },
  );

  it('comes back later when the name cannot be found or the other side is ill, and not when the file is gone', async () => {
    const lookup = ((_host: string, _options: object, done: (error: Error) => void) =>
      done(Object.assign(new Error('nobody'), { code: 'ENOTFOUND' }))) as unknown as NonNullable<MediaParts['lookup']>;
    const url = 'https://ww-aibot-img-1258476243.cos.ap-guangzhou.myqcloud.com/file';
    expect(await fetcher({ lookup }).fetch(reference({ url }))).toMatchObject({ kind: 'later', code: 'ENOTFOUND' });
    serve = (request, response) => response.writeHead(request.url === '/ill' ? 503 : 302, { location: 'http://127.0.0.1:1/' }).end();
    expect(await fetcher().fetch(ofBot('/ill'))).toMatchObject({ kind: 'later', code: 'http 503' });
    expect(await fetcher().fetch(ofBot('/moved'))).toMatchObject({ kind: 'refused', code: 'http 302' });
    expect(asked).toEqual(['/ill', '/moved']);
  });

  it('asks for nothing that has expired', async () => {
    expect(await fetcher().fetch(reference({ url: `${base}/file` }, 0))).toMatchObject({ kind: 'refused', code: 'expired' });
    expect(asked).toEqual([]);
  });

  it('fetches what was sent to the app by its id, renewing a refused token once', async () => {
    const errors: Record<string, number> = { gone: 40_007, busy: -1, big: 830_002 };
    serve = (request, response) => {
      const query = new URL(request.url ?? '', base).searchParams;
      const errcode = query.get('access_token') === 'tok1' ? 42_001 : errors[query.get('media_id') ?? ''];
      if (errcode === undefined) response.setHeader('content-disposition', 'attachment; filename="a.png"').end(png);
      else response.setHeader('content-type', 'application/json; charset=UTF-8').end(JSON.stringify({ errcode, errmsg: 'x' }));
    };
    const mine = fetcher();
    expect(await mine.fetch(reference({ mediaId: 'm1' }, 60))).toEqual({ kind: 'fetched', bytes: png, type: 'image/png' });
    expect(asked).toHaveLength(2);
    expect(await mine.fetch(reference({ mediaId: 'gone' }, 60))).toMatchObject({ kind: 'refused', code: '40007' });
    expect(await mine.fetch(reference({ mediaId: 'big' }, 60))).toMatchObject({ kind: 'refused', code: '830002' });
    expect(await mine.fetch(reference({ mediaId: 'busy' }, 60))).toMatchObject({ kind: 'later', code: '-1' });
  });
});
