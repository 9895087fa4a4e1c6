import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type RunningStore, startStore } from '../../packages/mongo-store/server';
import { body } from '../helpers/roster';
import { unpaced } from '../helpers/tempo';
import { startTown, type Town } from '../helpers/town';
import { until } from '../helpers/wait';

type Fault = Record<string, unknown>;

/** The writes of one message, in their order, with a line that makes each of them happen. */
const whole = (n: number): string => `/记录 走访 昨天 第${n}社区 ${n}人 物业收费`;
const half = (n: number): string => `/记录 走访 昨天 第${n}社区 物业收费`;
const cuts: Array<[string, string, string, (n: number) => string]> = [
  ['the message', 'insert', 'inbox', whole],
  ['its number', 'findAndModify', 'counters', whole],
  ['the record', 'insert', 'contact_records', whole],
  ['the open question', 'update', 'dialogues', half],
  ['the answer', 'update', 'inbox', whole],
  ['what was said before, a read', 'find', 'contact_records', whole],
];

/** How long an answer may take here: longer than any retry, shorter than a store that never answers. */
const within = 8_000;

const lost = { closeConnection: true, afterCommand: true };
/** What the store does, how often, and whether one retry of the driver gets over it. */
const faults: Array<[string, { mode: unknown; data: Fault; overcome?: boolean; waits?: boolean }]> = [
  ['steps down once', { mode: { times: 1 }, data: { errorCode: 10107 }, overcome: true }],
  ['stops, and comes back later', { mode: 'alwaysOn', data: { errorCode: 91 } }],
  ['loses one answer', { mode: { times: 1 }, data: lost, overcome: true }],
  ['loses every answer', { mode: 'alwaysOn', data: lost }],
  ['has no room', { mode: 'alwaysOn', data: { errorCode: 14031 } }],
  ['refuses to be written', { mode: 'alwaysOn', data: { errorCode: 13 } }],
  ['is slow, 2 s a call', { mode: 'alwaysOn', data: { blockConnection: true, blockTimeMS: 2_000 } }],
  ['answers nothing at all', { mode: 'alwaysOn', data: { blackHole: true }, waits: true }],
];

describe('a message received while the store misbehaves at one of its writes', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lxq-misbehaves-'));
  let store: RunningStore;
  let town: Town;
  let said = 0;
  const underWay = new Set<number>();
  beforeAll(async () => {
    store = await startStore({ folder, faults: true });
    town = await startTown('2026-09-23T10:11:00', {
      mongodbUri: `${store.uri('town')}&monitorCommands=true`,
      answerWithinMs: 60_000,
      tempo: { limits: unpaced, answerWithinMs: within },
    });
    const client = town.house.connection.getClient();
    client.on('commandStarted', ({ requestId }) => underWay.add(requestId));
    for (const end of ['commandSucceeded', 'commandFailed'] as const)
      client.on(end, ({ requestId }: { requestId: number }) => underWay.delete(requestId));
  }, 600_000);
  afterAll(async () => {
    await town.close();
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const db = () => town.house.connection.getClient().db();
  const fail = (mode: unknown, data: Fault) =>
    town.house.connection
      .getClient()
      .db('admin')
      .command({ configureFailPoint: 'failCommand', mode, data: { failCommands: [], ...data } });
  const records = (text: string): Promise<number> =>
    db()
      .collection('contact_records')
      .countDocuments({ text: new RegExp(`${text}$`) });
  const open = (): Promise<number> =>
    db()
      .collection('inbox')
      .countDocuments({ body: body.id, state: { $ne: 'done' } });

  /** The leases run out and the sweep comes by, as it does every few seconds, until nothing is left, on its way or half done. */
  async function settle(): Promise<void> {
    await until(
      'everything is settled',
      async () => {
        if (underWay.size > 0) return false;
        town.clock.moveTo(new Date(town.clock.now().getTime() + 10_000));
        for (const job of town.house.app.jobs) await job.run({ body: body.id, occasion: 'test' });
        return underWay.size === 0 && (await open()) === 0;
      },
      240_000,
    );
    await town.deliver();
  }

  describe.each(faults)('because it %s', (_fault, { mode, data, overcome, waits }) => {
    // Ten seconds each: the first write and the record in every run, the others by name.
    const tried =
      waits && process.env['STORE_FAULTS'] !== 'all' ? cuts.filter(([, , at]) => /^(inbox|contact_records)$/.test(at)).slice(0, 2) : cuts;
    it.each(tried)(
      'at %s: nothing lost, nothing double, and what is said is true',
      async (_cut, command, collection, lineOf) => {
        const line = lineOf(++said);
        await fail(mode, { failCommands: [command], namespace: `town.${collection}`, ...data });
        const from = performance.now();
        const answer = await town.says('周岚', line, { times: 1 });
        const took = performance.now() - from;
        const keptThen = await records(line);
        expect((await fail('off', {}))['count']).toBeGreaterThan(0);
        await settle();
        const kept = await records(line);
        const report = { answer, keptThen, kept, open: await open() };

        // Said in time, with room for a machine that has other work.
        expect(took).toBeLessThan(within * 1.5);
        expect({ ...report, kept: kept <= 1, open: report.open }).toEqual({ ...report, kept: true, open: 0 });
        if (/已为您记录|先为您记下/.test(answer ?? '')) expect(report).toEqual({ ...report, keptThen: 1, kept: 1 });
        else if (answer?.startsWith('已收到')) expect(report).toEqual({ ...report, kept: 1 });
        // 还没能确认存上 promises nothing; everything else would be a refusal, and false.
        else expect(answer).toContain('还没能确认存上');
        if (overcome) expect(answer).toMatch(/R\d+/);
      },
      600_000,
    );
  });

  it('tries an upsert again that has met another of its key', async () => {
    await fail({ times: 1 }, { failCommands: ['update'], namespace: 'town.chat_groups', errorCode: 11000 });
    await town.house.app.features.organisation.chatGroups.bind(
      body.id,
      { platform: 'wecom', chatId: 'wrRace', sectors: [] },
      { by: 'S0001', at: town.clock.now() },
    );
    expect((await fail('off', {}))['count']).toBe(1);
    expect(await db().collection('chat_groups').findOne({ chatId: 'wrRace' })).toMatchObject({ body: body.id, scopes: ['*'] });
  });

  it('has told every record to its member by the end, each number once', async () => {
    const kept = await db().collection('contact_records').find({ body: body.id }).toArray();
    const told = town.simulator
      .groupMessages('wrALL')
      .concat(town.simulator.privateMessages('zhoulan'))
      .map(({ text }) => text)
      .join('\n');
    expect(new Set(kept.map(({ id }) => id)).size).toBe(kept.length);
    expect(kept.filter(({ id }) => !told.includes(String(id))).map(({ text }) => text)).toEqual([]);
  });
});
