import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Connection } from 'mongoose';
import type { LedgerPlan, Recheck } from '../../src/delivery/ledger';
import { DurableOutbox } from '../../src/delivery/outbox';
import { MongoOutboxStore, type StoredRow } from '../../src/delivery/outbox-store';
import type { Outgoing, SendOutcome } from '../../src/delivery/outgoing';
import { ShiftableClock } from '../../src/foundation/clock';
import { createLogger } from '../../src/foundation/logger';
import { connectMongo } from '../../src/foundation/mongo';
import { freshDatabase } from '../helpers/services';

const minute = 60_000;
type Verdict = Awaited<ReturnType<Recheck>>;

describe('an outbox that saves calls', () => {
  let connection: Connection;
  let clock: ShiftableClock;
  let sent: Outgoing[];
  let next: () => SendOutcome;
  let resolved: SendOutcome[];
  let asked: string[];
  let scarce: boolean;
  let verdicts: Record<string, Verdict>;
  let body: string;
  let bodies = 0;

  const outbox = (rechecked = ['reminder', 'checked']) => {
    const recheck: Recheck = async ({ key }) => verdicts[key] ?? { go: true };
    return new DurableOutbox({
      store: new MongoOutboxStore(connection),
      senders: {
        dingtalk: {
          repeatSafeMs: 0,
          send: async (outgoing) => {
            sent.push(outgoing);
            return next();
          },
          sparing: async () => scarce,
          resolve: async (ticket) => {
            asked.push(ticket);
            return resolved.shift() ?? { kind: 'taken', ticket, askAfterMs: minute };
          },
        },
      },
      rechecks: Object.fromEntries(rechecked.map((purpose) => [purpose, recheck])),
      ring: () => undefined,
      clock,
      logger: createLogger('silent'),
    });
  };
  const plan = (key: string, more: Partial<LedgerPlan> = {}): Promise<unknown> =>
    outbox().plan({
      body,
      key,
      purpose: 'seat_freed',
      memberId: 'M0001',
      platform: 'dingtalk',
      to: { userId: 'dt-zhoulan' },
      format: 'text',
      text: `〔${key}〕`,
      dueAt: clock.now(),
      ...more,
    });
  const rows = () => connection.collection<StoredRow>('outbox').find({ body }).sort({ key: 1 }).toArray();
  const outcomes = async () => Object.fromEntries((await rows()).map(({ key, state, outcome }) => [key, `${state}: ${outcome ?? ''}`]));
  const pass = (ms: number): void => clock.moveTo(new Date(clock.now().getTime() + ms));
  const deliver = () => outbox().deliverDue(body);
  const texts = () => sent.map(({ text }) => text);

  beforeAll(async () => {
    connection = await connectMongo(freshDatabase());
    await new MongoOutboxStore(connection).ensureIndexes();
  });
  afterAll(() => connection.close());
  beforeEach(() => {
    clock = new ShiftableClock();
    clock.moveTo(new Date('2026-09-23T10:11:00+08:00'));
    sent = [];
    asked = [];
    resolved = [];
    next = () => ({ kind: 'sent', platformId: 'm1' });
    scarce = true;
    verdicts = {};
    body = `body${++bodies}`;
  });

  it('holds what nobody waits for, and sends what fell into one window as one message', async () => {
    await plan('a');
    await deliver();
    pass(10 * minute);
    await plan('b');
    await plan('c', { purpose: 'reminder' });
    await deliver();
    expect(sent).toEqual([]);
    pass(21 * minute);
    await deliver();
    expect(texts()).toEqual(['〔a〕\n\n〔b〕\n\n〔c〕']);
    expect(await outcomes()).toEqual({ a: 'sent: m1', b: 'sent: m1', c: 'sent: m1' });
    pass(24 * 60 * minute);
    await deliver();
    expect(sent).toHaveLength(1);
  });

  it('sends one by one while there are calls enough', async () => {
    scarce = false;
    await plan('a');
    await plan('b');
    await deliver();
    expect(texts().toSorted()).toEqual(['〔a〕', '〔b〕']);
  });

  it('lets nobody wait who has asked, and nothing that would expire', async () => {
    await plan('asked', { purpose: 'private_reply' });
    await plan('short', { expiresAt: new Date(clock.now().getTime() + 20 * minute) });
    await deliver();
    expect(texts().toSorted()).toEqual(['〔asked〕', '〔short〕']);
  });

  it('never mixes members, platforms’ groups or messages with buttons', async () => {
    await plan('a');
    await plan('other', { to: { userId: 'dt-other' }, memberId: 'M0002' });
    await plan('group', { to: { chatId: 'cidALL==' }, memberId: null });
    await plan('card', { card: { title: '读书会', buttons: [{ label: '报名', says: '/报名 A1' }] } });
    await deliver();
    expect(texts().toSorted()).toEqual(['〔card〕', '〔group〕']);
    pass(31 * minute);
    await deliver();
    expect(texts().toSorted()).toEqual(['〔a〕', '〔card〕', '〔group〕', '〔other〕']);
  });

  it('asks for each row’s reason again: what has lost it is left out and says why', async () => {
    for (const key of ['a', 'b', 'c']) await plan(key, { purpose: key === 'b' ? 'checked' : 'seat_freed' });
    await deliver();
    verdicts = { b: { skip: 'met' } };
    pass(31 * minute);
    await deliver();
    expect(texts()).toEqual(['〔a〕\n\n〔c〕']);
    expect(await outcomes()).toMatchObject({ b: 'skipped: met' });
  });

  it('puts only one of a purpose into a message whose own check counts what was sent', async () => {
    for (const key of ['a', 'b']) await plan(key, { purpose: 'reminder' });
    await deliver();
    pass(31 * minute);
    await deliver();
    expect(texts().toSorted()).toEqual(['〔a〕', '〔b〕']);
  });

  it('leaves what does not fit to the next message', async () => {
    const text = '字'.repeat(1_400);
    for (const key of ['a', 'b', 'c']) await plan(key, { text });
    await deliver();
    pass(31 * minute);
    await deliver();
    expect(texts().map((each) => each.length)).toEqual([2_802, 1_400]);
  });

  it.each<[SendOutcome, string]>([
    [{ kind: 'refused', code: '33012', reason: 'no such user' }, 'refused: 33012'],
    [{ kind: 'unknown', code: 'http 504' }, 'unknown: http 504'],
  ])('gives every row the outcome %j', async (outcome, row) => {
    next = () => outcome;
    for (const key of ['a', 'b']) await plan(key);
    await deliver();
    pass(31 * minute);
    await deliver();
    expect(await outcomes()).toEqual({ a: row, b: row });
    pass(24 * 60 * minute);
    await deliver();
    expect(sent).toHaveLength(1);
  });

  it('tries all of them again together after a wait the platform asked for', async () => {
    const answers: SendOutcome[] = [{ kind: 'later', code: 'send.too.fast', afterMs: minute }];
    next = () => answers.shift() ?? { kind: 'sent' };
    for (const key of ['a', 'b']) await plan(key);
    await deliver();
    pass(31 * minute);
    await deliver();
    pass(2 * minute);
    await deliver();
    expect(texts()).toEqual(['〔a〕\n\n〔b〕', '〔a〕\n\n〔b〕']);
    expect(await outcomes()).toEqual({ a: 'sent: sent', b: 'sent: sent' });
  });

  it('sends each once however many workers deliver', async () => {
    for (let at = 0; at < 8; at += 1) await plan(`k${at}`);
    await Promise.all([deliver(), deliver(), deliver()]);
    pass(31 * minute);
    await Promise.all([deliver(), deliver(), deliver()]);
    pass(31 * minute);
    await deliver();
    const all = texts().flatMap((text) => text.split('\n\n'));
    expect(all.toSorted()).toEqual(Array.from({ length: 8 }, (_, at) => `〔k${at}〕`));
  });

  describe('what the platform has taken', () => {
    beforeEach(() => {
      scarce = false;
      next = () => ({ kind: 'taken', ticket: 't1', askAfterMs: minute });
    });

    it('is asked for by its ticket until it says, and never sent again', async () => {
      await plan('a');
      await deliver();
      expect(await outcomes()).toEqual({ a: 'planned: ' });
      resolved = [
        { kind: 'taken', ticket: 't1', askAfterMs: minute },
        { kind: 'sent', platformId: '4711' },
      ];
      for (let times = 0; times < 3; times += 1) {
        pass(10 * minute);
        await deliver();
      }
      expect([asked, texts()]).toEqual([['t1', 't1'], ['〔a〕']]);
      expect(await outcomes()).toEqual({ a: 'sent: 4711' });
    });

    it('ends visibly unknown when it never says', async () => {
      await plan('a');
      for (let times = 0; times < 20; times += 1) {
        await deliver();
        pass(11 * minute);
      }
      expect([asked.length, sent.length]).toEqual([7, 1]);
      expect(await outcomes()).toEqual({ a: 'unknown: no result' });
    });

    it('is sent again when it says that it was dropped as too fast', async () => {
      await plan('a');
      await deliver();
      resolved = [{ kind: 'later', code: '143103', afterMs: minute }];
      next = () => ({ kind: 'sent' });
      for (let times = 0; times < 2; times += 1) {
        pass(10 * minute);
        await deliver();
      }
      expect(sent).toHaveLength(2);
      expect(await outcomes()).toEqual({ a: 'sent: sent' });
    });
  });

  it('does not call skipped what may have been sent before it expired', async () => {
    scarce = false;
    await plan('a', { expiresAt: new Date(clock.now().getTime() + minute) });
    const store = new MongoOutboxStore(connection);
    const claimed = await store.claim(body, clock.now(), new Date(clock.now().getTime() + 15_000));
    await store.settle(claimed!, { firstTriedAt: clock.now() });
    pass(2 * minute);
    await deliver();
    expect([await outcomes(), sent]).toEqual([{ a: 'unknown: sender died' }, []]);
  });
});
