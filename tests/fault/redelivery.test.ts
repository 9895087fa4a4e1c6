import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Connection } from 'mongoose';
import type { Simulator } from '../../packages/chat-simulator';
import { commonTexts } from '../../src/chat/texts';
import { ShiftableClock, systemClock } from '../../src/foundation/clock';
import { connectMongo } from '../../src/foundation/mongo';
import { createOrganisation } from '../../src/organisation/service';
import { createOrganisationStore } from '../../src/organisation/store';
import { type HouseProcess, startHouseProcess } from '../helpers/house-process';
import { body, roster } from '../helpers/roster';
import { addressOf, freshDatabase, freshPrefix } from '../helpers/services';
import { townSimulator, userIdOf } from '../helpers/town';
import { until } from '../helpers/wait';

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

  const knows = async (name: string): Promise<boolean> =>
    (await simulator.say({ from: userIdOf(name), chat: 'wrALL', text: '/帮助' })).answer !== commonTexts.identityUnavailable;

  it('has one effect and gives every delivery the same answer', async () => {
    const lines = Array.from({ length: 120 }, (_, at) => ({
      name: roster[at % 12]!.name,
      text: `/记录 走访 昨天 第${at + 1}社区 ${at + 1}人`,
      times: (at % 4) + 1,
    }));
    // Who somebody is, is asked once and known from then on; a busy platform's first answer may be too late to keep a line.
    for (const { name } of lines.slice(0, 12)) await until(`${name} is known`, async () => knows(name));
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
    const unfinished = () => connection.collection('inbox').countDocuments({ body: body.id, state: 'claimed' });
    await until('nothing is half-finished', async () => (await unfinished()) === 0);
    // On a machine that has other work 已收到 may come first; beside it there is one answer, and a delivery from now on gets that.
    const { received } = commonTexts;
    for (const { line, delivery } of heard) {
      const { answer } = await simulator.deliverAgain(delivery.msgId);
      expect(answer).toContain('已为您记录');
      const others = delivery.answers.filter((each) => each !== answer && each !== received);
      expect({ text: line.text, others }).toEqual({ text: line.text, others: [] });
    }
    // The control: most were answered at once.
    expect(heard.filter(({ delivery }) => delivery.answer !== received).length).toBeGreaterThan(lines.length / 2);
    const kept = await connection.collection('contact_records').countDocuments({ body: body.id });
    expect(kept).toBe(lines.length);
    console.log(
      `redelivery: ${lines.length} lines in ${lines.reduce((sum, line) => sum + line.times + 1, 0)} deliveries to two replicas, ${kept} records`,
    );
  }, 600_000);
});
