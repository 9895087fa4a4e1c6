import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Connection } from 'mongoose';
import type { Simulator } from '../../packages/chat-simulator';
import { MongoOutboxStore, type StoredRow } from '../../src/delivery/outbox-store';
import { ShiftableClock, systemClock } from '../../src/foundation/clock';
import { connectMongo } from '../../src/foundation/mongo';
import { createOrganisation } from '../../src/organisation/service';
import { createOrganisationStore } from '../../src/organisation/store';
import { type HouseProcess, startHouseProcess } from '../helpers/house-process';
import { body as first, roster } from '../helpers/roster';
import { addressOf, freshDatabase, freshPrefix } from '../helpers/services';
import { townSimulator, userIdOf } from '../helpers/town';
import { until } from '../helpers/wait';

const backlog = 2_000;
const slowMs = 400;
const members = roster.slice(0, 12).map(({ name }) => name);
const second = { ...first, id: 'linjiang', name: '政协临江市委员会' };

describe('two bodies, each with a process of its own, on one Redis and one MongoDB: neither waits for the other', () => {
  const shared = { mongodbUri: freshDatabase(), redisUrl: addressOf('REDIS_URL'), prefix: freshPrefix() };
  const towns = new Map<string, { simulator: Simulator; house: HouseProcess }>();
  let connection: Connection;

  async function open(which: typeof first): Promise<void> {
    const running: { house?: HouseProcess } = {};
    const simulator = await townSimulator(new ShiftableClock(), () => `http://127.0.0.1:${running.house?.port}`);
    const organisation = createOrganisation(createOrganisationStore(connection), systemClock);
    await organisation.saveBody(which);
    await organisation.saveMembers(which.id, roster);
    running.house = await startHouseProcess({ ...shared, apiBase: simulator.apiBase, more: { BODY_ID: which.id } });
    towns.set(which.id, { simulator, house: running.house });
  }
  const town = (id: string): Simulator => towns.get(id)!.simulator;
  const heard = (id: string): string[] =>
    members.flatMap((name) =>
      town(id)
        .privateMessages(userIdOf(name))
        .map(({ text }) => text),
    );
  const asks = (id: string, name: string, text: string) => town(id).say({ from: userIdOf(name), chat: 'wrALL', text });
  const rows = (filter: Partial<StoredRow>) => connection.collection<StoredRow>('outbox').find(filter).toArray();
  /** How many messages more have arrived at members of this body than rows of it have been taken up; a row loses its words when it is sent. */
  async function strange(id: string): Promise<number> {
    const arrived = heard(id).length;
    return Math.max(0, arrived - (await rows({ body: id })).filter(({ state }) => state !== 'planned').length);
  }

  beforeAll(async () => {
    connection = await connectMongo(shared.mongodbUri);
    await open(first);
    await open(second);
  });
  afterAll(async () => {
    for (const { house, simulator } of towns.values()) {
      // Killed, not stopped: how long the rest of a backlog takes is not what is asked here.
      await house.kill();
      await simulator.close();
    }
    await connection?.close();
  });

  it('a backlog and a storm at one, whose platform is slow, neither delays nor crosses the other', async () => {
    town(first.id).faults.api('late', { times: 100_000, ms: slowMs, path: 'message/send' });
    const store = new MongoOutboxStore(connection);
    const due = new Date(systemClock.now().getTime() - 60_000);
    // Asked for: what nobody waits for would stand still in the minutes :00 and :30 of today.
    const purpose = 'private_reply';
    for (let at = 0; at < backlog; at += 1) {
      const to = { userId: userIdOf(members[at % members.length]!) };
      const row = { body: first.id, key: `b${at}`, purpose, memberId: null, platform: 'wecom', to } as const;
      await store.insert({ ...row, format: 'text', text: `云川的第${at + 1}条`, dueAt: due }, due);
    }
    await until('the first body works on its backlog', async () => (await rows({ body: first.id, state: 'sent' })).length > 0);
    const storm = members.flatMap((name) => [1, 2, 3, 4, 5].map(() => asks(first.id, name, '/进度')));

    const from = performance.now();
    await asks(second.id, members[0]!, '/进度');
    const answered = { body: second.id, purpose: 'private_reply', state: 'sent' } as const;
    await until('the answer is there in private', async () => (await rows(answered)).length === 1);
    const waited = performance.now() - from;
    await Promise.all(storm);

    // Every ring of the storm has been heard by now.
    expect([await strange(second.id), await strange(first.id)]).toEqual([0, 0]);
    expect(heard(second.id).filter((text) => text.startsWith('云川'))).toEqual([]);
    // The control: the first body had work all the while, and members of both have read something.
    const left = (await rows({ body: first.id, state: 'planned' })).length;
    expect(left).toBeGreaterThan(backlog / 2);
    expect([heard(first.id).length, heard(second.id).length].every((count) => count > 0)).toBe(true);
    console.log(`two bodies: answered in private after ${Math.round(waited)} ms beside ${left} due rows of the other body`);
  }, 600_000);
});
