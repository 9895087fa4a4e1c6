import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { deserialize, serialize } from 'bson';
import { openBuiltIn } from './server';

type Opened = Awaited<ReturnType<typeof openBuiltIn>>;
type Doc = Record<string, unknown>;

const [opReply, opQuery, opCompressed, opMsg] = [1, 2004, 2012, 2013];
const [checksumPresent, moreToCome, exhaustAllowed] = [1, 2, 1 << 16];

const int32 = (...numbers: number[]): Buffer => {
  const bytes = Buffer.alloc(numbers.length * 4);
  for (const [at, number] of numbers.entries()) bytes.writeInt32LE(number, at * 4);
  return bytes;
};
const bson = (document: Doc): Buffer => Buffer.from(serialize(document));
const message = (id: number, opCode: number, body: Buffer): Buffer => Buffer.concat([int32(16 + body.length, id, 0, opCode), body]);

/** Section kind 1 of OP_MSG: a name and documents one after another. */
function sequence(name: string, documents: Doc[]): Buffer {
  const content = Buffer.concat([Buffer.from(`${name}\0`), ...documents.map(bson)]);
  return Buffer.concat([Buffer.of(1), int32(content.length + 4), content]);
}

/** An OP_MSG: the body, then further sections (MongoDB's manual, "MongoDB Wire Protocol", OP_MSG). */
function msg(id: number, body: Doc, more: { flags?: number; sections?: Buffer[] } = {}): Buffer {
  const parts = [int32(more.flags ?? 0), ...(more.sections ?? []), Buffer.of(0), bson({ ...body, $db: 'wire' })];
  return message(id, opMsg, Buffer.concat(parts));
}

interface Answer {
  id: number;
  opCode: number;
  flags: number;
  document: Doc;
}

/** A connection that speaks the protocol itself, as no driver lets one see it. */
class Line {
  readonly answers: Answer[] = [];
  closed = false;
  private bytes = Buffer.alloc(0);
  private told: () => void = () => undefined;

  constructor(private readonly socket: Socket) {
    socket.on('data', (chunk) => this.take(chunk as Buffer));
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.closed = true;
      this.told();
    });
  }

  send(bytes: Buffer): void {
    this.socket.write(bytes);
  }

  /** Waits for so many answers, or for the end of the connection. */
  async wait(count: number): Promise<Answer[]> {
    while (this.answers.length < count && !this.closed) await new Promise<void>((resolve) => (this.told = resolve));
    return this.answers;
  }

  end(): void {
    this.socket.destroy();
  }

  private take(chunk: Buffer): void {
    this.bytes = Buffer.concat([this.bytes, chunk]);
    while (this.bytes.length >= 16 && this.bytes.length >= this.bytes.readInt32LE(0)) {
      const one = this.bytes.subarray(0, this.bytes.readInt32LE(0));
      this.bytes = this.bytes.subarray(one.length);
      const opCode = one.readInt32LE(12);
      this.answers.push({
        id: one.readInt32LE(8),
        opCode,
        flags: one.readInt32LE(16),
        document: deserialize(one.subarray(opCode === opReply ? 36 : 21)),
      });
    }
    this.told();
  }
}

describe('the wire protocol', () => {
  let server: Opened;
  let line: Line;
  beforeAll(async () => {
    server = await openBuiltIn();
  });
  afterAll(() => server.close());
  beforeEach(() => {
    line = new Line(connect(join(server.folder, 'store.sock')));
  });
  afterEach(() => line.end());

  it('answers the hello of the first handshake, which comes as OP_QUERY', async () => {
    const query = Buffer.concat([int32(0), Buffer.from('admin.$cmd\0'), int32(0, -1), bson({ ismaster: 1, helloOk: true })]);
    line.send(message(7, opQuery, query));
    const [answer] = await line.wait(1);
    expect(answer).toMatchObject({ id: 7, opCode: opReply, document: { ismaster: true, helloOk: true, maxWireVersion: 21, ok: 1 } });
  });

  it('refuses any other command as OP_QUERY', async () => {
    const query = Buffer.concat([int32(0), Buffer.from('wire.$cmd\0'), int32(0, -1), bson({ find: 'x' })]);
    line.send(message(8, opQuery, query));
    const [answer] = await line.wait(1);
    expect(answer?.document).toMatchObject({ ok: 0, code: 352 });
  });

  it('offers no compression, no streaming of hello, and says the limits', async () => {
    line.send(msg(1, { hello: 1, compression: ['zlib', 'snappy'] }, { flags: exhaustAllowed }));
    const [answer] = await line.wait(1);
    expect(answer?.document).toMatchObject({
      isWritablePrimary: true,
      maxBsonObjectSize: 16 * 1024 * 1024,
      maxMessageSizeBytes: 48_000_000,
      maxWriteBatchSize: 100_000,
      maxWireVersion: 21,
    });
    for (const name of ['compression', 'topologyVersion', 'msg']) expect(answer?.document).not.toHaveProperty(name);
    expect((answer as Answer).flags & moreToCome).toBe(0);
  });

  it('takes documents from sequences, before or after the body, and says which the options were', async () => {
    const documents = [{ _id: 1, a: 1 }, { _id: 2 }, { _id: 3 }];
    line.send(msg(1, { insert: 'seq' }, { sections: [sequence('documents', documents)] }));
    const updates = [{ q: { _id: 1 }, u: { $set: { a: 5 } } }];
    const deletes = [{ q: { _id: 3 }, limit: 1 }];
    const tail = (body: Doc, name: string, list: Doc[]): Buffer =>
      message(2, opMsg, Buffer.concat([int32(0), Buffer.of(0), bson({ ...body, $db: 'wire' }), sequence(name, list)]));
    line.send(tail({ update: 'seq' }, 'updates', updates));
    line.send(tail({ delete: 'seq' }, 'deletes', deletes));
    const answers = await line.wait(3);
    expect(answers.map(({ document }) => document)).toEqual([
      { n: 3, ok: 1 },
      { n: 1, nModified: 1, ok: 1 },
      { n: 1, ok: 1 },
    ]);
    expect(await server.client.db('wire').collection('seq').find().toArray()).toEqual([{ _id: 1, a: 5 }, { _id: 2 }]);
  });

  it('refuses a sequence the command does not know, and one that is given twice', async () => {
    line.send(msg(1, { insert: 'seq' }, { sections: [sequence('papers', [{ a: 1 }])] }));
    expect((await line.wait(1))[0]?.document).toMatchObject({ ok: 0, code: 40415 });
    line.send(msg(2, { insert: 'seq' }, { sections: [sequence('documents', [{}]), sequence('documents', [{}])] }));
    expect((await line.wait(2))[1]?.document).toMatchObject({ ok: 0 });
  });

  it('gives no answer to a write that does not want one, and does it all the same', async () => {
    line.send(msg(1, { insert: 'quiet', documents: [{ _id: 1 }], writeConcern: { w: 0 } }, { flags: moreToCome }));
    line.send(msg(2, { insert: 'quiet', documents: [{ _id: 1 }] }));
    const answers = await line.wait(1);
    expect(answers.map(({ id }) => id)).toEqual([2]);
    expect(answers[0]?.document).toMatchObject({ n: 0, writeErrors: [{ index: 0, code: 11000 }] });
  });

  it('has several commands under way on one connection and answers each by its number', async () => {
    const ids = Array.from({ length: 40 }, (_, n) => 100 + n);
    const commands = ids.map((id) => (id % 2 ? msg(id, { insert: 'flight', documents: [{ _id: id }] }) : msg(id, { ping: 1 })));
    line.send(Buffer.concat(commands));
    const answers = await line.wait(40);
    expect(answers.map(({ id }) => id).sort((a, b) => a - b)).toEqual(ids);
    for (const { id, document } of answers) expect(document).toEqual(id % 2 ? { n: 1, ok: 1 } : { ok: 1 });
  });

  it('takes a message that arrives byte by byte', async () => {
    for (const byte of msg(1, { ping: 1 })) line.send(Buffer.of(byte));
    expect((await line.wait(1))[0]?.document).toEqual({ ok: 1 });
  });

  it.each([
    ['a compressed message', message(1, opCompressed, Buffer.alloc(20))],
    ['a checksum, which no driver sends', msg(1, { ping: 1 }, { flags: checksumPresent })],
    ['a required flag it does not know', msg(1, { ping: 1 }, { flags: 1 << 5 })],
    ['an unknown kind of section', message(1, opMsg, Buffer.concat([int32(0), Buffer.of(2), bson({ ping: 1 })]))],
    ['a message without a body', message(1, opMsg, Buffer.concat([int32(0), sequence('documents', [{}])]))],
  ])('refuses %s and closes', async (_title, bytes) => {
    line.send(bytes);
    const answers = await line.wait(2);
    expect(answers).toMatchObject([{ document: { ok: 0, code: expect.any(Number) } }]);
    expect(line.closed).toBe(true);
  });

  it('closes on a message longer than 48,000,000 bytes before it has come', async () => {
    line.send(int32(48_000_001, 1, 0, opMsg));
    await line.wait(1);
    expect([line.closed, line.answers]).toEqual([true, []]);
  });

  it('refuses a command without a database', async () => {
    line.send(message(1, opMsg, Buffer.concat([int32(0), Buffer.of(0), bson({ ping: 1 })])));
    expect((await line.wait(1))[0]?.document).toMatchObject({ ok: 0, code: 40571 });
  });
});
