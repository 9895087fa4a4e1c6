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

describe('the platform delivers a message 1 to 4 times, reordered, to two replicas at once (promises A2, A3)', () => {
  const addresses = { mongodbUri: freshDatabase(), redisUrl: addressOf('REDIS_URL'), apiBase: '', prefix: freshPrefix() };
  const replicas: HouseProcess[] = [];
  let simulator: Simulator;
  let connection: Connection;
  let turn = 0;

  beforeAll(async () => {
    simulator = await townSimulator(new ShiftableClock(), () => `http://127.0.0.1:${replicas[turn++ % 2]?.port}`);
    addresses.apiBase = simulator.apiBase;
    connection = await connectMongo(addresses.mongodbUri);
    const organisation = createOrganisation(createOrganisationStore(connection), systemClock);
    await organisation.saveBody(body);
    await organisation.saveMembers(body.id, roster);
    replicas.push(...(await Promise.all([startHouseProcess(addresses), startHouseProcess(addresses)])));
  });

  afterAll(async () => {
    for (const replica of replicas) await replica.stop();
    await simulator?.close();
    await connection?.close();
  });

  it('has one effect and gives every delivery the same answer', async () => {
    const lines = Array.from({ length: 120 }, (_, at) => ({
      name: roster[at % 12]!.name,
      text: `/记录 走访 昨天 第${at + 1}社区 ${at + 1}人`,
      times: (at % 4) + 1,
    }));
    const heard = [];
    for (let at = 0; at < lines.length; at += 12) {
      heard.push(
        ...(await Promise.all(
          lines.slice(at, at + 12).map(async (line) => ({
            line,
            delivery: await simulator.say({ from: userIdOf(line.name), chat: 'wrALL', text: line.text, times: line.times }),
          })),
        )),
      );
    }
    for (const { line, delivery } of heard) {
      const again = await simulator.deliverAgain(delivery.msgId);
      const answers = new Set([...delivery.answers, again.answer]);
      expect({ text: line.text, answers: [...answers] }).toEqual({ text: line.text, answers: [delivery.answer] });
      expect(delivery.answer).toContain('已为您记录');
    }
    const kept = await connection.collection('contact_records').countDocuments({ body: body.id });
    expect(kept).toBe(lines.length);
    console.log(
      `redelivery: ${lines.length} lines in ${lines.reduce((sum, line) => sum + line.times + 1, 0)} deliveries to two replicas, ${kept} records`,
    );
  }, 60_000);
});
