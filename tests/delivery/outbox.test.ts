import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Connection } from 'mongoose';
import type { LedgerPlan, Recheck } from '../../src/delivery/ledger';
import { DurableOutbox } from '../../src/delivery/outbox';
import { MongoOutboxStore } from '../../src/delivery/outbox-store';
import type { Outgoing, SendOutcome } from '../../src/delivery/outgoing';
import { ShiftableClock } from '../../src/foundation/clock';
import { createLogger } from '../../src/foundation/logger';
import { connectMongo } from '../../src/foundation/mongo';
import { freshDatabase } from '../helpers/services';

const minute = 60_000;

describe('the outbox', () => {
  let connection: Connection;
  let clock: ShiftableClock;
  let sent: Outgoing[];
  let next: () => SendOutcome;
  let verdict: Awaited<ReturnType<Recheck>>;
  let body: string;
  let bodies = 0;

  const record = async (outgoing: Outgoing): Promise<SendOutcome> => {
    sent.push(outgoing);
    return next();
  };
  const outbox = () =>
    new DurableOutbox({
      store: new MongoOutboxStore(connection),
      senders: {
        wecom: {
          repeatSafeMs: 3.5 * 60 * minute,
          send: record,
        },
        dingtalk: { repeatSafeMs: 0, send: record },
      },
      rechecks: { reminder: async () => verdict },
      ring: () => undefined,
      clock,
      logger: createLogger('silent'),
    });
  const plan = (key: string, more: Partial<LedgerPlan> = {}): LedgerPlan => ({
    body,
    key,
    purpose: 'reminder',
    memberId: 'M0001',
    platform: 'wecom',
    to: { userId: 'zhoulan' },
    format: 'text',
    text: '温馨提示',
    dueAt: clock.now(),
    ...more,
  });
  const row = (key: string) =>
    connection
      .collection<{ _id: string; state: string; outcome?: string; attempts: number; dueAt: Date }>('outbox')
      .findOne({ _id: `${body}:${key}` });
  const later = (ms: number): Date => new Date(clock.now().getTime() + ms);
  const pass = (ms: number): void => clock.moveTo(new Date(clock.now().getTime() + ms));

  beforeAll(async () => {
    connection = await connectMongo(freshDatabase());
    await new MongoOutboxStore(connection).ensureIndexes();
  });
  afterAll(() => connection.close());
  beforeEach(() => {
    clock = new ShiftableClock();
    sent = [];
    next = () => ({ kind: 'sent', platformId: 'm1' });
    verdict = { go: true };
    body = `body${++bodies}`;
  });

  it('sends one message per key however often it is planned and however many workers deliver', async () => {
    const doors = [outbox(), outbox(), outbox()];
    const planned = await Promise.all(doors.map((door) => door.plan(plan('reminder:1'))));
    expect(planned.toSorted()).toEqual(['already', 'already', 'planned']);
    await Promise.all(doors.map((door) => door.deliverDue(body)));
    await outbox().plan(plan('reminder:1'));
    await outbox().deliverDue(body);
    expect(sent).toHaveLength(1);
    expect(await row('reminder:1')).toMatchObject({ state: 'sent', outcome: 'm1', attempts: 1 });
  });

  it('asks for the reason just before sending and skips what has lost it', async () => {
    await outbox().plan(plan('met'));
    verdict = { skip: 'met' };
    await outbox().deliverDue(body);
    expect(sent).toEqual([]);
    expect(await row('met')).toMatchObject({ state: 'skipped', outcome: 'met' });
    await outbox().plan(plan('control'));
    verdict = { go: true };
    await outbox().deliverDue(body);
    expect(sent).toHaveLength(1);
  });

  it('waits for an allowed moment and for a due one', async () => {
    const later = new Date(clock.now().getTime() + 10 * minute);
    await outbox().plan(plan('quiet'));
    await outbox().plan(plan('not yet', { dueAt: later }));
    verdict = { notBefore: later };
    await outbox().deliverDue(body);
    expect(sent).toEqual([]);
    verdict = { go: true };
    await outbox().deliverDue(body);
    expect(sent).toEqual([]);
    pass(10 * minute);
    await outbox().deliverDue(body);
    expect(sent).toHaveLength(2);
  });

  it('does not send what has expired', async () => {
    await outbox().plan(plan('old', { expiresAt: new Date(clock.now().getTime() + minute) }));
    pass(2 * minute);
    await outbox().deliverDue(body);
    expect(sent).toEqual([]);
    expect(await row('old')).toMatchObject({ state: 'skipped', outcome: 'expired' });
  });

  it('parks a refusal with its code and never tries it again', async () => {
    next = () => ({ kind: 'refused', code: '81013', reason: 'all recipients invalid' });
    await outbox().plan(plan('refused'));
    await outbox().deliverDue(body);
    pass(24 * 60 * minute);
    await outbox().deliverDue(body);
    expect(sent).toHaveLength(1);
    expect(await row('refused')).toMatchObject({ state: 'refused', outcome: '81013' });
  });

  it('never repeats an unknown outcome in a group, where no platform notices the repetition', async () => {
    next = () => ({ kind: 'unknown', code: 'ack timeout' });
    await outbox().plan(plan('group', { to: { chatId: 'wrALL', orUserId: 'zhoulan' } }));
    await outbox().deliverDue(body);
    pass(4 * minute);
    await outbox().deliverDue(body);
    expect(sent).toHaveLength(1);
    expect(await row('group')).toMatchObject({ state: 'unknown', outcome: 'ack timeout' });
  });

  it('tries an unknown outcome again only while the platform suppresses duplicates, then leaves it visible', async () => {
    next = () => ({ kind: 'unknown', code: 'timeout' });
    await outbox().plan(plan('unknown'));
    await outbox().deliverDue(body);
    expect(await row('unknown')).toMatchObject({ state: 'planned', attempts: 1 });
    pass(4 * 60 * minute);
    await outbox().deliverDue(body);
    expect(sent).toHaveLength(1);
    expect(await row('unknown')).toMatchObject({ state: 'unknown' });
  });

  it('sends the identical message again when its worker died within the platform’s memory', async () => {
    await outbox().plan(plan('crash'));
    const store = new MongoOutboxStore(connection);
    const claimed = await store.claim(body, clock.now(), new Date(clock.now().getTime() + minute));
    await store.settle(claimed!, { firstTriedAt: clock.now() });
    await outbox().deliverDue(body);
    expect(sent).toEqual([]);
    pass(2 * minute);
    await outbox().deliverDue(body);
    expect(sent).toHaveLength(1);
    expect(await store.settle(claimed!, { state: 'refused' })).toBe(false);
    expect(await row('crash')).toMatchObject({ state: 'sent' });
  });

  it('never repeats an unknown outcome where the platform has no check for duplicates', async () => {
    next = () => ({ kind: 'unknown', code: 'timeout' });
    await outbox().plan(plan('unknown', { platform: 'dingtalk' }));
    await outbox().deliverDue(body);
    expect(await row('unknown')).toMatchObject({ state: 'unknown', outcome: 'timeout' });
    await outbox().plan(plan('crash', { platform: 'dingtalk' }));
    const store = new MongoOutboxStore(connection);
    const claimed = await store.claim(body, clock.now(), later(minute));
    await store.settle(claimed!, { firstTriedAt: clock.now() });
    pass(2 * minute);
    next = () => ({ kind: 'sent' });
    await outbox().deliverDue(body);
    expect(sent).toHaveLength(1);
    expect(await row('crash')).toMatchObject({ state: 'unknown', outcome: 'sender died' });
  });

  it('tries again there what was not sent for a wait the platform asked for', async () => {
    const outcomes: SendOutcome[] = [{ kind: 'later', code: 'send.too.fast', afterMs: minute }, { kind: 'sent' }];
    next = () => outcomes.shift()!;
    await outbox().plan(plan('busy', { platform: 'dingtalk' }));
    await outbox().deliverDue(body);
    pass(minute);
    await outbox().deliverDue(body);
    expect(sent).toHaveLength(2);
    expect(await row('busy')).toMatchObject({ state: 'sent', attempts: 1 });
  });

  it('slows down when the platform asks for it, without counting an attempt', async () => {
    let asked = 0;
    next = () => (asked++ < 20 ? { kind: 'later', code: '45009', afterMs: minute } : { kind: 'sent' });
    await outbox().plan(plan('busy'));
    for (let turn = 0; turn < 21; turn += 1) {
      await outbox().deliverDue(body);
      pass(minute);
    }
    expect(await row('busy')).toMatchObject({ state: 'sent', attempts: 1 });
  });

  it('never touches the rows of another body', async () => {
    await outbox().plan(plan('mine'));
    await outbox().deliverDue('somebody-else');
    expect(sent).toEqual([]);
    await outbox().deliverDue(body);
    expect(sent).toHaveLength(1);
  });
});
