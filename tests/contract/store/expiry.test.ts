import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readDocument } from '../../../packages/mongo-store/bson-reader';
import { type Batch, writeDocument } from '../../../packages/mongo-store/bson-writer';
import { run } from '../../../packages/mongo-store/commands';
import { openFolder } from '../../../packages/mongo-store/server';
import { removeExpired } from '../../../packages/mongo-store/ttl';
import { check } from '../../helpers/store-checker';

type Opened = Awaited<ReturnType<typeof openFolder>>;

// MongoDB removes expired documents once a minute; here the round is asked for, so that the test need not wait.
describe('documents with a date under a TTL index', () => {
  let folder: string;
  let opened: Opened;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'lxq-ttl-'));
    opened = await openFolder(folder);
  });
  afterEach(async () => {
    await opened.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const command = async (body: Record<string, unknown>): Promise<Record<string, unknown>> => {
    const reply = await run(opened.store, {
      id: 1,
      body: readDocument(writeDocument({ ...body, $db: 'ttl' })),
      sequences: new Map(),
      silent: false,
      legacy: false,
    });
    expect(reply).toMatchObject({ ok: 1 });
    return reply;
  };

  it('go when their time is over, and no others', async () => {
    const now = Date.now();
    await command({ createIndexes: 'c', indexes: [{ key: { at: 1 }, name: 'at', expireAfterSeconds: 60 }] });
    const documents = [
      { _id: 1, at: new Date(now - 61_000) },
      { _id: 2, at: new Date(now - 30_000) },
      { _id: 3 },
      { _id: 4, at: 'no date' },
      { _id: 5, at: [new Date(now + 1e6), new Date(now - 1e6)] },
    ];
    await command({ insert: 'c', documents });
    expect(await removeExpired(opened.store)).toBe(2);
    const { cursor } = await command({ find: 'c' });
    const left = (cursor as { firstBatch: Batch }).firstBatch.documents.map(({ bytes }) => readDocument(bytes).get('_id'));
    expect(left).toEqual([2, 3, 4]);
    expect(check(opened.store.documents)).toEqual([]);
  });

  it('go in rounds when they are many, and the round after finds nothing', async () => {
    await command({ createIndexes: 'c', indexes: [{ key: { at: 1 }, name: 'at', expireAfterSeconds: 0 }] });
    await command({ insert: 'c', documents: Array.from({ length: 2500 }, (_, n) => ({ _id: n, at: new Date(n) })) });
    expect(await removeExpired(opened.store)).toBe(2500);
    expect(await removeExpired(opened.store)).toBe(0);
  });
});
