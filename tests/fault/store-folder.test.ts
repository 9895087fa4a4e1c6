import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import mongoose from 'mongoose';
import { startStore } from '../../packages/mongo-store/server';
import { findMongodb, withDatabase } from '../../src/cli/find-mongodb';
import { errorOf } from '../contract/store/server';

const program = join(__dirname, '../../dist/packages/mongo-store/main.js');
const run = promisify(execFile);
const { Double, Long } = mongoose.mongo.BSON;

describe('the data folder of the built-in store', () => {
  let root: string;
  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'lxq-folder-'));
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  it('belongs to one process: a second is refused with a sentence, and the first goes on', async () => {
    const folder = join(root, 'one');
    const server = await findMongodb({ folder, production: false, mongodBinary: '' });
    expect(server).toMatchObject({ kind: 'built-in', describe: expect.stringContaining('内置数据库') });
    expect((await errorOf(startStore({ folder }))).message).toMatch(/in use by process \d+/);
    expect((await errorOf(run(process.execPath, [program, '--folder', folder]))).message).toMatch(/in use by process \d+/);
    const client = await new mongoose.mongo.MongoClient(server.uri('still')).connect();
    expect(await client.db().command({ ping: 1 })).toMatchObject({ ok: 1 });
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    await client.close();
    await server.stop();
    const next = await startStore({ folder });
    await next.close();
  });

  it('is taken over from a process that died, also when its number lives on in another', async () => {
    const folder = join(root, 'dead');
    await (await startStore({ folder })).close();
    writeFileSync(join(folder, 'store.lock'), `${process.pid} 1`);
    await (await startStore({ folder })).close();
    writeFileSync(join(folder, 'store.lock'), '4194304 ');
    await (await startStore({ folder })).close();
  });

  it('keeps its data over a clean stop', async () => {
    const folder = join(root, 'kept');
    for (const round of [1, 2, 3]) {
      const store = await startStore({ folder });
      const client = await new mongoose.mongo.MongoClient(store.uri('kept')).connect();
      await client.db().collection('rounds').insertOne({ round });
      expect(await client.db().collection('rounds').countDocuments()).toBe(round);
      await client.close();
      await store.close();
    }
  });

  it('can be looked into over a loopback port', async () => {
    const store = await startStore({ folder: join(root, 'port'), port: 0 });
    const client = await new mongoose.mongo.MongoClient(store.uri('seen')).connect();
    expect(store.uri('seen')).toMatch(/^mongodb:\/\/127\.0\.0\.1:\d+\/seen/);
    await client.close();
    await store.close();
  });

  it('goes out as mongorestore reads it and comes in again without a difference', async () => {
    const [folder, copy, dump] = [join(root, 'from'), join(root, 'to'), join(root, 'dump')];
    const store = await startStore({ folder });
    const client = await new mongoose.mongo.MongoClient(store.uri('moved')).connect();
    const validator = { n: { $not: { $lt: 0 } } };
    const collection = await client.db().createCollection('联系/记录', { validator, validationLevel: 'moderate' });
    await collection.insertMany([
      { n: Long.fromString('9007199254740993'), d: new Double(1), at: new Date(5) },
      { list: [1, { a: null }] },
    ]);
    await collection.createIndex({ n: 1, at: -1 }, { unique: true, partialFilterExpression: { n: { $gt: 0 } } });
    const [before, indexes] = [await collection.find({}, { raw: true }).toArray(), await collection.indexes()];
    await client.close();
    await store.close();

    await run(process.execPath, [program, '--folder', folder, '--export', dump]);
    const metadata = JSON.parse(readFileSync(join(dump, 'moved', `${encodeURIComponent('联系/记录')}.metadata.json`), 'utf8'));
    expect(metadata.indexes[1]).toMatchObject({ key: { n: { $numberInt: '1' }, at: { $numberInt: '-1' } }, unique: true });
    await run(process.execPath, [program, '--folder', copy, '--import', dump]);
    const second = await startStore({ folder: copy });
    const reader = await new mongoose.mongo.MongoClient(second.uri('moved')).connect();
    const arrived = reader.db().collection('联系/记录');
    expect(await arrived.find({}, { raw: true }).toArray()).toEqual(before);
    expect(await arrived.indexes()).toEqual(indexes);
    expect(await errorOf(arrived.insertOne({ n: -1 }))).toMatchObject({ code: 121 });
    await reader.close();
    await second.close();
    expect((await errorOf(run(process.execPath, [program, '--folder', copy, '--import', dump]))).message).toMatch(/is there already/);
  });

  it('takes no dump of a collection that is more than the store can keep', async () => {
    const place = join(root, 'foreign', 'db');
    mkdirSync(place, { recursive: true });
    writeFileSync(join(place, 'log.bson'), '');
    writeFileSync(join(place, 'log.metadata.json'), '{"options":{"capped":true,"size":{"$numberInt":"1000"}},"indexes":[]}');
    const importing = run(process.execPath, [program, '--folder', join(root, 'none'), '--import', join(root, 'foreign')]);
    expect((await errorOf(importing)).message).toMatch(/db\.log has the option capped/);
    const others = { view: '{"options":{"viewOn":"log","pipeline":[]},"indexes":[]}', 'log.bson.gz': '' };
    for (const [file, content] of Object.entries(others)) {
      const dump = join(root, file, 'db');
      mkdirSync(dump, { recursive: true });
      writeFileSync(join(dump, content ? `${file}.metadata.json` : file), content);
      const next = run(process.execPath, [program, '--folder', join(root, 'none'), '--import', join(root, file)]);
      expect((await errorOf(next)).message).toMatch(content ? /db\.view has the option viewOn/ : /compressed/);
    }
  });
});

describe('finding a MongoDB', () => {
  it('refuses production without an address, and says why', async () => {
    expect((await errorOf(findMongodb({ folder: 'unused', production: true }))).message).toMatch(/MONGODB_URI/);
  });

  it('puts another database into a given address and leaves the rest', () => {
    expect(withDatabase('mongodb://h1,h2:1/old?replicaSet=rs', 'new')).toBe('mongodb://h1,h2:1/new?replicaSet=rs');
    expect(withDatabase('mongodb://u:p@h/login', 'new')).toBe('mongodb://u:p@h/new?authSource=login');
    expect(withDatabase('mongodb://%2Ftmp%2Fa.sock', 'new')).toBe('mongodb://%2Ftmp%2Fa.sock/new');
    expect(() => withDatabase('h:1', 'new')).toThrow(/MONGODB_URI/);
  });
});
