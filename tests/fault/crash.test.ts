import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Connection } from 'mongoose';
import { ShiftableClock, systemClock } from '../../src/foundation/clock';
import { connectMongo } from '../../src/foundation/mongo';
import { createOrganisation } from '../../src/organisation/service';
import { createOrganisationStore } from '../../src/organisation/store';
import type { Simulator } from '../../src/simulator';
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
  let connection: Connection;

  beforeAll(async () => {
    simulator = await townSimulator(new ShiftableClock(), () => `http://127.0.0.1:${house.port}`);
    addresses.apiBase = simulator.apiBase;
    connection = await connectMongo(addresses.mongodbUri);
    const organisation = createOrganisation(createOrganisationStore(connection), systemClock);
    await organisation.saveBody(body);
    await organisation.saveMembers(body.id, roster);
    house = await startHouseProcess(addresses);
  });

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
      const moment = Math.random() * 120;
      const from = performance.now();
      await until('the moment of the kill', () => performance.now() - from >= moment);
      await house.kill();
      house = await startHouseProcess(addresses, house.port);
    }
    const heard = await Promise.all(said);
    const records = connection.collection('contact_records');
    await until(
      'every line that was taken in is finished',
      async () => (await connection.collection('inbox').countDocuments({ body: body.id, state: 'claimed' })) === 0,
      30_000,
    );

    const kept = await records.find({ body: body.id }).toArray();
    const counts = new Map<string, number>();
    for (const record of kept) counts.set(String(record['text']), (counts.get(String(record['text'])) ?? 0) + 1);
    const count = (line: string): number => [...counts].filter(([text]) => text.endsWith(line)).reduce((sum, [, n]) => sum + n, 0);
    const acknowledged = heard.filter(({ answer }) => answer?.includes('已为您记录'));
    expect(acknowledged.filter(({ line }) => count(line) === 0)).toEqual([]);
    expect(heard.filter(({ line }) => count(line) > 1)).toEqual([]);
    // The control: the kills did interrupt something, and most lines did get through.
    expect(acknowledged.length).toBeGreaterThan(rounds * speakers.length * 0.5);
    console.log(
      `crash: ${rounds} kills, ${heard.length} lines, ${acknowledged.length} acknowledged, ${kept.length} records, 0 lost, 0 doubled`,
    );
  }, 120_000);
});
