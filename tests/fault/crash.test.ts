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

const rounds = 8;
const speakers = roster.slice(0, 8).map((member) => member.name);

describe('kill -9 of the process while members record (promises A1, A2, A3)', () => {
  const addresses = { mongodbUri: freshDatabase(), redisUrl: addressOf('REDIS_URL'), apiBase: '', prefix: freshPrefix() };
  let simulator: Simulator;
  let house: HouseProcess;
  let back = true;
  let connection: Connection;

  beforeAll(async () => {
    simulator = await townSimulator(new ShiftableClock(), () => `http://127.0.0.1:${house.port}`, {
      retryDelayMs: 100,
      // The platform's patience is no matter of how fast this machine starts a process.
      againWhen: () => until('the process is back', () => back, 180_000),
    });
    addresses.apiBase = simulator.apiBase;
    connection = await connectMongo(addresses.mongodbUri);
    const organisation = createOrganisation(createOrganisationStore(connection), systemClock);
    await organisation.saveBody(body);
    await organisation.saveMembers(body.id, roster);
    house = await startHouseProcess(addresses);
  });

  const unfinished = () => connection.collection('inbox').countDocuments({ body: body.id, state: 'claimed' });

  afterAll(async () => {
    await house?.stop();
    await simulator?.close();
    await connection?.close();
  });

  it('loses no acknowledged record and makes none twice', async () => {
    const said: Promise<{ line: string; answer: string | null }>[] = [];
    let number = 0;
    const speak = (name: string): void => {
      const line = `/记录 走访 昨天 第${++number}社区 ${number}人 物业收费`;
      said.push(simulator.say({ from: userIdOf(name), chat: 'wrALL', text: line }).then(({ answer }) => ({ line, answer })));
    };
    for (let round = 0; round < rounds; round += 1) {
      for (const name of speakers) speak(name);
      const moment = Math.random() * 300;
      const from = performance.now();
      await until('the moment of the kill', () => performance.now() - from >= moment);
      back = false;
      await house.kill();
      house = await startHouseProcess(addresses, house.port);
      back = true;
      await Promise.all(said);
    }
    const heard = await Promise.all(said);
    await until('nothing is half-finished', async () => (await unfinished()) === 0, 180_000);
    await until(
      'late answers are settled',
      async () =>
        (await connection
          .collection('outbox')
          .countDocuments({ body: body.id, purpose: 'late_reply', state: { $in: ['planned', 'claimed'] } })) === 0,
      30_000,
    );

    const kept = await connection.collection('contact_records').find({ body: body.id }).toArray();
    const recordsOf = (line: string): number => kept.filter((record) => String(record['text']).endsWith(line)).length;
    const told = simulator
      .groupMessages('wrALL')
      .flatMap(({ from, text }) => (from === 'bot' ? (/已为您记录（(R\d+)）/.exec(text)?.[1] ?? []) : []));
    // A process that has just started may be unable to ask the platform who somebody is: then it says so and keeps nothing.
    const declined = heard.filter(({ answer }) => answer?.includes('没有记下'));
    const promised = heard.filter((each) => each.answer !== null && !declined.includes(each));
    // Nothing that was taken in is lost, nothing is there twice, every number that was told exists.
    expect(promised.filter(({ line }) => recordsOf(line) === 0)).toEqual([]);
    expect(heard.filter(({ line }) => recordsOf(line) > 1)).toEqual([]);
    expect(declined.filter(({ line }) => recordsOf(line) > 0)).toEqual([]);
    expect(told.filter((id) => !kept.some((record) => record['id'] === id))).toEqual([]);
    // The control: the kills did interrupt something, and most lines did get through.
    expect(kept.length).toBeGreaterThan(heard.length * 0.5);
    const late = heard.filter(({ answer }) => answer?.startsWith('已收到')).length;
    console.log(
      `crash: ${rounds} kills, ${heard.length} lines, ${promised.length} answered (${late} late), ${declined.length} declined, ${kept.length} records, 0 lost, 0 doubled`,
    );
  }, 600_000);
});
