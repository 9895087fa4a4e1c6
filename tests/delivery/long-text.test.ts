import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Connection } from 'mongoose';
import type { Recheck } from '../../src/delivery/ledger';
import { DurableOutbox } from '../../src/delivery/outbox';
import { MongoOutboxStore, type StoredRow } from '../../src/delivery/outbox-store';
import type { Outgoing, SendOutcome } from '../../src/delivery/outgoing';
import { ShiftableClock } from '../../src/foundation/clock';
import { createLogger } from '../../src/foundation/logger';
import { connectMongo } from '../../src/foundation/mongo';
import { oneALine } from '../helpers/dying-worker';
import { freshDatabase } from '../helpers/services';

const minute = 60_000;
const text = '一\n二\n三';

describe('a text that takes several messages', () => {
  let connection: Connection;
  let clock: ShiftableClock;
  let sent: Outgoing[];
  let outcomes: SendOutcome[];
  let verdict: Awaited<ReturnType<Recheck>>;
  let body: string;
  let bodies = 0;

  const send = async (outgoing: Outgoing): Promise<SendOutcome> => {
    sent.push(outgoing);
    return outcomes.shift() ?? { kind: 'sent' };
  };
  const outbox = (repeatSafeMs = 0) =>
    new DurableOutbox({
      store: new MongoOutboxStore(connection),
      senders: { wecom: { repeatSafeMs, parts: oneALine, send, resolve: async () => ({ kind: 'sent' }) } },
      rechecks: { reminder: async () => verdict },
      ring: () => undefined,
      clock,
      logger: createLogger('silent'),
    });
  const plan = (more: object = {}) => {
    const row = { body, key: 'long', purpose: 'reminder', memberId: 'M0001', platform: 'wecom', to: { userId: 'zhoulan' } } as const;
    return outbox().plan({ ...row, format: 'text', text, dueAt: clock.now(), ...more });
  };
  const pass = (ms: number): void => clock.moveTo(new Date(clock.now().getTime() + ms));
  const row = () => connection.collection<StoredRow>('outbox').findOne({ body });
  const said = (): string[] => sent.map((each) => each.text.trim());

  beforeAll(async () => {
    connection = await connectMongo(freshDatabase());
  });
  afterAll(() => connection.close());
  beforeEach(() => {
    clock = new ShiftableClock();
    [sent, outcomes, verdict] = [[], [], { go: true }];
    body = `body${++bodies}`;
  });

  it('goes out in order, each under its own key, mentions with the first and buttons with the last', async () => {
    const card = { title: '活动A12', buttons: [{ label: '报名', says: '报名 A12' }] };
    await plan({ card, mentions: ['zhoulan'] });
    await outbox().deliverDue(body);
    expect(sent.map(({ text: words, key, card: buttons, mentions }) => [words.trim(), key, !!buttons, !!mentions])).toEqual([
      ['一', `${body}:long`, false, true],
      ['二', `${body}:long#2`, false, false],
      ['三', `${body}:long#3`, true, false],
    ]);
    // What has gone is not kept.
    expect(await row()).toMatchObject({ state: 'sent', text: '', parts: null, attempts: 1 });
  });

  it('goes on where the platform made it wait', async () => {
    outcomes = [{ kind: 'sent' }, { kind: 'later', code: 'member pace', afterMs: minute }];
    await plan();
    await outbox().deliverDue(body);
    expect(said()).toEqual(['一', '二']);
    pass(minute);
    await outbox().deliverDue(body);
    expect(said()).toEqual(['一', '二', '二', '三']);
  });

  it('is finished once begun, also when its reason has gone or its time is over', async () => {
    outcomes = [{ kind: 'sent' }, { kind: 'later', code: 'member pace', afterMs: 2 * minute }];
    await plan({ expiresAt: new Date(clock.now().getTime() + minute) });
    await outbox().deliverDue(body);
    verdict = { skip: 'met' };
    pass(2 * minute);
    await outbox().deliverDue(body);
    expect([said().at(-1), (await row())?.state]).toEqual(['三', 'sent']);
    // The control: not begun, it is skipped.
    await plan({ key: 'other' });
    await outbox().deliverDue(body);
    expect(said()).toHaveLength(4);
  });

  it('is divided anew as long as nothing has gone', async () => {
    outcomes = [{ kind: 'later', code: 'member pace', afterMs: minute }];
    await plan();
    await outbox().deliverDue(body);
    verdict = { go: true, text: '只一行' };
    pass(minute);
    await outbox().deliverDue(body);
    expect([said(), (await row())?.parts]).toEqual([['一', '只一行'], null]);
  });

  it('repeats only the part nobody knows about, where the platform drops a second one', async () => {
    outcomes = [{ kind: 'sent' }, { kind: 'unknown', code: 'timeout' }];
    await plan();
    await outbox(60 * minute).deliverDue(body);
    pass(2 * minute);
    await outbox(60 * minute).deliverDue(body);
    expect(said()).toEqual(['一', '二', '二', '三']);
  });

  it('stops at a part nobody knows about, where the platform drops nothing', async () => {
    outcomes = [{ kind: 'sent' }, { kind: 'unknown', code: 'timeout' }];
    await plan();
    await outbox().deliverDue(body);
    pass(60 * minute);
    await outbox().deliverDue(body);
    expect([said(), (await row())?.state]).toEqual([['一', '二'], 'unknown']);
  });

  it('goes on when a part that was only taken has arrived', async () => {
    outcomes = [{ kind: 'taken', ticket: 't1', askAfterMs: minute }];
    await plan();
    await outbox().deliverDue(body);
    expect(said()).toEqual(['一']);
    pass(minute);
    await outbox().deliverDue(body);
    expect([said(), (await row())?.state]).toEqual([['一', '二', '三'], 'sent']);
  });
});
