import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Connection } from 'mongoose';
import type { Simulator } from '../../packages/chat-simulator';
import { ShiftableClock, systemClock } from '../../src/foundation/clock';
import { connectMongo } from '../../src/foundation/mongo';
import { createOrganisation } from '../../src/organisation/service';
import { createOrganisationStore } from '../../src/organisation/store';
import { type HouseProcess, startHouseProcess } from '../helpers/house-process';
import { body, roster } from '../helpers/roster';
import { addressOf, freshDatabase, freshPrefix } from '../helpers/services';
import { townSimulator, userIdOf } from '../helpers/town';
import { until } from '../helpers/wait';

/** The lease of 10 s, and room for a busy machine. */
const takeOverMs = 25_000;

describe('several processes and one WeCom bot', () => {
  const faults: string[] = [];
  const addresses = { mongodbUri: freshDatabase(), redisUrl: addressOf('REDIS_URL'), apiBase: '', socketUrl: '', prefix: freshPrefix() };
  const houses: HouseProcess[] = [];
  let simulator: Simulator;
  let connection: Connection;
  let said = 0;

  const say = (): Promise<unknown> =>
    simulator.say({ from: userIdOf('周岚'), chat: 'wrALL', text: `/记录 走访 昨天 第${++said}社区 ${said}人 物业收费` });
  /** On a busy machine 已收到 comes first and the answer follows. */
  const isAnswered = async (): Promise<void> => {
    await say();
    const answers = (): string[] => simulator.groupMessages('wrALL').flatMap(({ from, text }) => (from === 'bot' ? [text] : []));
    await until('the answer is shown', () => answers().some((text) => text.includes(`第${said}社区`)));
  };
  const subscribed = (): number => simulator.calls.filter(({ path, errcode }) => path === 'aibot_subscribe' && errcode === 0).length;
  const start = async (): Promise<HouseProcess> => {
    const house = await startHouseProcess(addresses);
    houses.push(house);
    return house;
  };

  beforeAll(async () => {
    simulator = await townSimulator(new ShiftableClock(), () => 'http://127.0.0.1:9', { faults, longConnection: true });
    Object.assign(addresses, { apiBase: simulator.apiBase, socketUrl: simulator.socketUrl });
    connection = await connectMongo(addresses.mongodbUri);
    const organisation = createOrganisation(createOrganisationStore(connection), systemClock);
    await organisation.saveBody(body);
    await organisation.saveMembers(body.id, roster);
  });

  afterAll(async () => {
    for (const house of houses) {
      house.thaw();
      await house.stop();
    }
    await simulator?.close();
    await connection?.close();
  });

  it('keep one connection: the next takes over from a killed one, and from a frozen one, which wakes silent', async () => {
    const first = await start();
    await until('the first is connected', () => simulator.longConnection.connected);
    const second = await start();
    let most = 0;
    const watch = setInterval(() => (most = Math.max(most, simulator.longConnection.open)), 2);
    await isAnswered();
    expect(subscribed()).toBe(1);

    await first.kill();
    await until('the second has taken over', () => subscribed() === 2, takeOverMs);
    await isAnswered();
    clearInterval(watch);
    expect(most).toBe(1);

    await start();
    second.freeze();
    const unheard = say();
    await until('the third has taken over', () => subscribed() === 3, takeOverMs);
    await unheard;
    await isAnswered();
    second.thaw();
    await until('the second has closed', () => simulator.longConnection.open === 1);
    await isAnswered();
    expect(subscribed()).toBe(3);
    // A frame over the lost connection would stand here.
    expect(faults).toEqual([]);
  }, 600_000);
});
