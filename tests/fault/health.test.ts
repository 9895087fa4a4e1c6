import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type RunningStore, startStore } from '../../packages/mongo-store/server';
import type { House } from '../../src/cli/house';
import { ShiftableClock } from '../../src/foundation/clock';
import { keptBefore } from '../../src/foundation/kept-text';
import { forgetClocks, heardTime } from '../../src/foundation/peer-clocks';
import { closeHouse, openHouse } from '../helpers/open-house';
import { body } from '../helpers/roster';
import { secrets } from '../helpers/town';

const settings = { ...secrets, WECOM_API_BASE: 'http://127.0.0.1:9', WORKER_HEALTH_PORT: '0' };

describe('/healthz', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lxq-health-'));
  const clock = new ShiftableClock();
  let store: RunningStore;
  beforeAll(async () => {
    store = await startStore({ folder, faults: true });
  });
  afterAll(async () => {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  });
  async function seen({ web }: House): Promise<[number, unknown]> {
    const response = await fetch(`http://127.0.0.1:${web?.port}/healthz`);
    return [response.status, await response.json()];
  }

  it('of a worker answers too, and that it is well only while its jobs go on', async () => {
    const house = await openHouse({ settings, clock }, { mongodbUri: store.uri('worker'), role: 'worker' });
    expect(await seen(house)).toEqual([200, { ok: true, ailing: [] }]);
    expect((await fetch(`http://127.0.0.1:${house.web?.port}/wecom/bot`)).status).toBe(404);
    const { runner } = house.app.bodies.get(body.id);
    runner.lastSweep = performance.now() - 600_000;
    // Before the net has looked again.
    expect(await seen(house)).toEqual([503, { ok: false, ailing: ['jobs'] }]);
    await closeHouse(house);
  });

  it('tells a full disk from a server that merely answers', async () => {
    const house = await openHouse({ settings, clock }, { mongodbUri: store.uri('full') });
    const fail = (mode: unknown) =>
      house.connection
        .getClient()
        .db('admin')
        .command({ configureFailPoint: 'failCommand', mode, data: { failCommands: ['update', 'insert'], errorCode: 14031 } });
    await fail('alwaysOn');
    expect(await seen(house)).toEqual([503, { ok: false, ailing: ['mongodb-write'] }]);
    await fail('off');
    await closeHouse(house);
  });

  it('tells when our clock differs by more than two minutes from the database’s or a platform’s', async () => {
    const house = await openHouse({ settings, clock }, { mongodbUri: store.uri('clocks') });
    const now = Date.now();
    heardTime('qyapi.weixin.qq.com', now - 30_000, now, now);
    expect(await seen(house)).toEqual([200, { ok: true, ailing: [] }]);
    heardTime('qyapi.weixin.qq.com', now - 3_600_000, now, now);
    expect(await seen(house)).toEqual([200, { ok: false, ailing: ['clock'] }]);
    forgetClocks();
    await closeHouse(house);
  });

  it('a row claimed by a clock that was an hour ahead does not wait an hour', async () => {
    const house = await openHouse({ settings, clock }, { mongodbUri: store.uri('ahead') });
    const context = { platform: 'wecom', channel: 'app', body: body.id, chat: { kind: 'private', id: 'p' } } as const;
    const incoming = { ...context, eventId: 'ahead', senderId: 'zhoulan', text: keptBefore('/记录 走访 昨天 红柳社区 12人 物业收费') };
    const now = clock.now();
    const claimedUntil = new Date(now.getTime() + 3_605_000);
    await house.app.stores.inbox.insert({
      _id: 'ahead',
      body: body.id,
      incoming,
      state: 'claimed',
      fence: 1,
      claimedUntil,
      receivedAt: now,
    });
    const row = { body: body.id, key: 'ahead', memberId: 'M0001', purpose: 'private_reply', platform: 'wecom', format: 'text' } as const;
    await house.app.stores.outbox.insert({ ...row, dueAt: now, text: '您好', to: { userId: 'zhoulan' } }, now);
    await house.app.stores.outbox.claim(body.id, now, claimedUntil);
    expect(await house.app.inbox.sweep(body.id)).toBe(1);
    expect((await house.app.stores.inbox.find(body.id, 'ahead'))?.state).toBe('done');
    expect(await house.app.stores.outbox.claim(body.id, now, new Date(now.getTime() + 15_000))).not.toBeNull();
    await closeHouse(house);
  });
});
