import { mkdtempSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { serialize } from 'bson';
import mongoose from 'mongoose';
import { type FoundMongodb, findMongodb } from '../../src/cli/find-mongodb';

const frames = Number(process.env['STORE_FRAMES'] ?? 10_000);

/** A small deterministic generator: a failing frame can be made again from its number. */
function randomOf(seed: number): () => number {
  let state = seed * 2_654_435_761 + 1;
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 2_246_822_519) + 3_266_489_917) >>> 0;
    return state / 2 ** 32;
  };
}

function message(body: Buffer, opCode = 2013, claimed?: number): Buffer {
  const head = Buffer.alloc(21);
  head.writeInt32LE(claimed ?? head.length + body.length, 0);
  head.writeInt32LE(7, 4);
  head.writeInt32LE(opCode, 12);
  return Buffer.concat([head, body]);
}

const bson = (document: Record<string, unknown>): Buffer => Buffer.from(serialize(document));
const ping = bson({ ping: 1, $db: 'admin' });

function nested(depth: number, type: 3 | 4): Buffer {
  let inner = Buffer.from([5, 0, 0, 0, 0]);
  for (let level = 0; level < depth; level++) {
    const next = Buffer.alloc(inner.length + 8);
    next.writeInt32LE(next.length, 0);
    next[4] = type;
    next[5] = 0x30;
    inner.copy(next, 7);
    inner = next;
  }
  return inner;
}

const deep = [nested(10_000, 3), nested(10_000, 4)] as const;

const makers: Array<(random: () => number) => Buffer> = [
  (random) => message(ping).subarray(0, Math.floor(random() * 60)),
  (random) => message(ping, 2013, Math.floor(random() * 2 ** 32) - 2 ** 31),
  (random) => {
    const bytes = Buffer.from(message(ping));
    for (let n = 0; n < 1 + random() * 8; n++) bytes[Math.floor(random() * bytes.length)] = Math.floor(random() * 256);
    return bytes;
  },
  (random) => {
    const body = Buffer.from(ping);
    body.writeInt32LE(Math.floor(random() * 2 ** 31), Math.floor(random() * (body.length - 4)));
    return message(body);
  },
  (random) => message(Buffer.from(Array.from({ length: Math.floor(random() * 200) }, () => Math.floor(random() * 256)))),
  (random) => message(ping, Math.floor(random() * 3000)),
  (random) => message(deep[random() < 0.5 ? 0 : 1] as Buffer),
  (random) => Buffer.from(Array.from({ length: Math.floor(random() * 300) }, () => Math.floor(random() * 256))),
  (random) =>
    message(
      bson({
        [random() < 0.5 ? 'find' : 'insert']: random() < 0.5 ? 'x' : { a: 1 },
        $db: random() < 0.5 ? 'a b' : 'hostile',
        documents: [1],
        filter: { $or: 7 },
      }),
    ),
];

describe('the built-in store and hostile clients', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lxq-hostile-'));
  let server: FoundMongodb;
  let client: mongoose.mongo.MongoClient;
  beforeAll(async () => {
    server = await findMongodb({ folder, production: false, mongodBinary: '' });
    client = await new mongoose.mongo.MongoClient(server.uri('hostile')).connect();
  });
  afterAll(async () => {
    await client.close();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const status = async (): Promise<{ resident: number; connections: number }> => {
    const { mem, connections } = await client.db('admin').command({ serverStatus: 1 });
    return { resident: mem.resident, connections: connections.current };
  };

  it(`stays up and small under ${frames} malformed frames`, async () => {
    const before = await status();
    for (let n = 0; n < frames; n += 50) {
      await Promise.all(Array.from({ length: Math.min(50, frames - n) }, (_, at) => attack(join(folder, 'store.sock'), frame(n + at))));
    }
    const after = await status();
    expect(after.resident).toBeLessThan(before.resident + 150);
    expect(after.connections).toBeLessThanOrEqual(before.connections + 5);
    await client.db().collection('control').insertOne({ well: true });
    expect(await client.db().collection('control').countDocuments()).toBe(1);
  }, 600_000);

  it('keeps a limited number of cursors and frees what is killed', async () => {
    const collection = client.db().collection<{ _id: number }>('many');
    await collection.insertMany(Array.from({ length: 10 }, (_, _id) => ({ _id })));
    const opened: unknown[] = [];
    let refusal: Error | undefined;
    while (!refusal && opened.length < 12_000) {
      const replies = await Promise.allSettled(
        Array.from({ length: 100 }, () => client.db().command({ find: 'many', batchSize: 1 }, { promoteLongs: false })),
      );
      for (const reply of replies) {
        if (reply.status === 'fulfilled') opened.push(reply.value['cursor'].id);
        else refusal ??= reply.reason as Error;
      }
    }
    expect(refusal?.message).toMatch(/cursors/);
    await client.db().command({ killCursors: 'many', cursors: opened });
    expect(await collection.find({}, { batchSize: 2 }).toArray()).toHaveLength(10);
  }, 600_000);

  it('runs nothing further for a client that does not read its answers', async () => {
    const large = client.db().collection('large');
    await large.insertMany(Array.from({ length: 15 }, () => ({ pad: 'x'.repeat(1_000_000) })));
    const before = await status();
    const mute = connect(join(folder, 'store.sock'));
    mute.pause();
    const question = message(bson({ find: 'large', $db: 'hostile' }));
    mute.write(Buffer.concat(Array.from({ length: 400 }, () => question)));
    // The control: 400 answers of 15 MB are 6 GB, and one other client is served all the while.
    for (let n = 0; n < 20; n++) expect(await large.countDocuments({ pad: { $exists: true } })).toBe(15);
    expect((await status()).resident).toBeLessThan(before.resident + 300);
    mute.destroy();
  }, 600_000);

  it('does not hold unfinished messages without a limit', async () => {
    const before = await status();
    const head = Buffer.alloc(16);
    head.writeInt32LE(48_000_000, 0);
    head.writeInt32LE(2013, 12);
    const part = Buffer.alloc(40_000_000);
    const closed = Array.from({ length: 12 }, () => {
      const socket = connect(join(folder, 'store.sock'));
      const end = new Promise<Socket>((resolve) => socket.on('close', () => resolve(socket)).on('error', () => undefined));
      socket.write(Buffer.concat([head, part]));
      return { socket, end };
    });
    await Promise.race(closed.map(({ end }) => end));
    const after = await status();
    expect(after.resident).toBeLessThan(before.resident + 500);
    for (const { socket } of closed) socket.destroy();
    expect(await client.db().command({ ping: 1 })).toMatchObject({ ok: 1 });
  }, 600_000);
});

function frame(n: number): Buffer {
  const random = randomOf(n + 1);
  return (makers[n % makers.length] as (random: () => number) => Buffer)(random);
}

/** Sends a frame and waits until the server has answered or closed; a frame it takes for unfinished is left by us. */
function attack(socket: string, bytes: Buffer): Promise<void> {
  return new Promise((resolve) => {
    const client: Socket = connect(socket, () => client.end(bytes));
    client.on('data', () => client.destroy());
    client.on('error', () => client.destroy());
    client.on('close', () => resolve());
  });
}
