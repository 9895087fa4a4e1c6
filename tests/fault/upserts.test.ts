import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type RunningStore, startStore } from '../../packages/mongo-store/server';
import { body, roster } from '../helpers/roster';
import { startTown, type Town, userIdOf } from '../helpers/town';

interface Upsert {
  collection: string;
  filter: string[];
}

const many = 32;
/** Keys under which no two documents can be: every upsert must ask for one of them and nothing else. */
const uniqueKeys = ['_id', 'body,id', 'body,name'];

describe('upserts under many at once', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lxq-upserts-'));
  const upserts: Upsert[] = [];
  let store: RunningStore;
  let town: Town;
  beforeAll(async () => {
    store = await startStore({ folder, faults: true });
    town = await startTown('2026-09-23T10:11:00', { mongodbUri: `${store.uri('town')}&monitorCommands=true`, newGroup: true });
    town.house.connection.getClient().on('commandStarted', ({ command }: { command: Record<string, unknown> }) => {
      const updates = (command['updates'] ?? []) as { q: object; upsert?: boolean }[];
      for (const { q, upsert } of updates) {
        if (upsert) upserts.push({ collection: String(command['update']), filter: Object.keys(q).toSorted() });
      }
      if (typeof command['findAndModify'] === 'string' && command['upsert'])
        upserts.push({ collection: command['findAndModify'], filter: Object.keys(command['query'] as object).toSorted() });
    });
  }, 300_000);
  afterAll(async () => {
    await town.close();
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** One statement in this collection meets another of its key, as on a server on which two upserts race. */
  const race = (collection: string, times = 1) =>
    town.house.connection
      .getClient()
      .db('admin')
      .command({
        configureFailPoint: 'failCommand',
        mode: { times },
        data: { failCommands: ['update', 'findAndModify'], namespace: `town.${collection}`, errorCode: 11000 },
      });
  const raced = async (): Promise<unknown> =>
    (await town.house.connection.getClient().db('admin').command({ configureFailPoint: 'failCommand', mode: 'off' }))['count'];
  const count = (collection: string, filter: object = {}) => town.house.connection.collection(collection).countDocuments(filter);

  it('answers every one of many first messages in a new group, which is known once', async () => {
    const names = roster.filter(({ roles }) => roles.includes('member')).map(({ name }) => name);
    const answers = await Promise.all(
      Array.from({ length: many }, (_, at) => town.says(names[at % names.length] ?? '', `@政协小助手 /记录 走访 昨天 第${at}社区`)),
    );
    expect(answers.filter((answer) => !/先为您记下|多少|几/.test(answer ?? ''))).toEqual([]);
    expect(await count('chat_groups')).toBe(1);
    expect(await count('inbox', { state: { $ne: 'done' } })).toBe(0);
  });

  it.each<[string, () => Promise<unknown>]>([
    ['dialogues', () => town.says('周岚', '@政协小助手 /记录 走访 昨天 石榴园社区')],
    [
      'chat_groups',
      () =>
        town.house.app.features.organisation.chatGroups.bind(
          body.id,
          { platform: 'wecom', chatId: 'wrRace', sectors: [] },
          { by: 'S0001', at: town.clock.now() },
        ),
    ],
    ['account_facts', () => reported('left')],
    ['members', () => town.house.app.features.organisation.service.saveMembers(body.id, [...roster])],
    ['bodies', () => town.house.app.features.organisation.service.saveBody(body)],
    ['known_user_ids', () => town.house.app.stores.knownIds.keep(body.id, { encrypted: 'woNEW', userId: 'new', at: town.clock.now() })],
    [
      'chats',
      () => town.house.app.stores.chats.seen({ body: body.id, platform: 'wecom', chatId: 'wrNew', kind: 'group', address: 'wrNew' }),
    ],
  ])('tries an upsert into %s again that has met another of its key', async (collection, write) => {
    await race(collection);
    const said = await write();
    expect(await raced()).toBe(1);
    if (typeof said === 'string') expect(said).toContain('R1');
  });

  const reported = (kind: 'left' | 'joined') =>
    town.house.app.features.organisation.service.receive({
      body: body.id,
      platform: 'wecom',
      userId: userIdOf('许知夏'),
      kind,
      at: town.clock.now(),
    });

  it('keeps one row of facts of an account about which the platform says the same thing many times at once', async () => {
    await Promise.all(Array.from({ length: many }, () => reported('joined')));
    expect(await count('account_facts', { login: /xuzhixia/ })).toBe(1);
  });

  it('asks for a unique key and nothing else in every upsert that all this has made', () => {
    const asked = new Set(upserts.map(({ collection, filter }) => `${collection}: ${filter.join(',')}`));
    expect(asked.size).toBeGreaterThan(6);
    expect([...asked].filter((each) => !uniqueKeys.some((key) => each.endsWith(`: ${key}`)))).toEqual([]);
  });
});
