import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Connection } from 'mongoose';
import { DurableOutbox } from '../../src/delivery/outbox';
import { MongoOutboxStore } from '../../src/delivery/outbox-store';
import type { Outgoing, SendOutcome } from '../../src/delivery/outgoing';
import { ShiftableClock } from '../../src/foundation/clock';
import { createLogger } from '../../src/foundation/logger';
import { connectMongo } from '../../src/foundation/mongo';
import { freshDatabase } from '../helpers/services';
import { until } from '../helpers/wait';

/** As many as a process works at once (jobs/runner.ts). */
const workers = 4;
const backlog = 400;

describe('what is due at many at once', () => {
  let connection: Connection;
  let store: MongoOutboxStore;
  let outbox: DurableOutbox;
  let sent: string[];
  let send: (outgoing: Outgoing) => Promise<void>;
  const body = 'yunchuan';
  const clock = new ShiftableClock();
  const whom = ({ to }: Outgoing): string => ('userId' in to ? to.userId : '');

  beforeAll(async () => {
    connection = await connectMongo(freshDatabase());
    store = new MongoOutboxStore(connection);
    await store.ensureIndexes();
  });
  afterAll(() => connection.close());
  beforeEach(async () => {
    await connection.collection('outbox').deleteMany({});
    sent = [];
    send = async () => undefined;
    const slowly = async (outgoing: Outgoing): Promise<SendOutcome> => {
      await send(outgoing);
      sent.push(whom(outgoing));
      return { kind: 'sent' };
    };
    const senders = { wecom: { repeatSafeMs: 0, send: slowly } };
    outbox = new DurableOutbox({ store, senders, rechecks: {}, ring: () => undefined, clock, logger: createLogger('silent') });
  });

  const plan = (key: string, userId: string, purpose = 'activity_notice') => {
    const words = { format: 'text', text: key, dueAt: clock.now() } as const;
    return outbox.plan({ body, key, purpose, memberId: null, platform: 'wecom', to: { userId }, ...words });
  };
  const everybodyWorks = () => Promise.all(Array.from({ length: workers }, () => outbox.deliverDue(body)));

  it('is not held up by a storm at one person whose messages take long', async () => {
    let open = (): void => undefined;
    const gate = new Promise<void>((resolve) => (open = resolve));
    let waiting = 0;
    send = async (outgoing) => {
      if (whom(outgoing) !== 'storm') return;
      waiting += 1;
      await gate;
    };
    for (let at = 0; at < 50; at += 1) await plan(`storm${at}`, 'storm');
    await plan('other', 'other');
    const working = everybodyWorks();
    // Which of the two comes first is chance; that no second of the storm comes before the first has gone is not.
    await until('the other has it, and one of the storm is on its way', () => sent.includes('other') && waiting > 0);
    expect([sent, waiting]).toEqual([['other'], 1]);
    open();
    await working;
    // The control: the storm went through as well, in the order in which it was planned.
    expect(sent).toHaveLength(51);
  });

  it('reaches one person in the order of its dates, however many work', async () => {
    const texts: string[] = [];
    send = async ({ text }) => void texts.push(text);
    const keys = Array.from({ length: 30 }, (_, at) => `n${at}`);
    for (const key of keys) {
      clock.moveTo(new Date(clock.now().getTime() + 1_000));
      await plan(key, 'zhoulan');
    }
    await everybodyWorks();
    expect(texts).toEqual(keys);
  });

  it('waits for what somebody has just asked for', async () => {
    for (let at = 0; at < backlog; at += 1) await plan(`row${at}`, `u${at}`);
    clock.moveTo(new Date(clock.now().getTime() + 1_000));
    await plan('asked', 'zhoulan', 'private_reply');
    const from = performance.now();
    await outbox.deliverDue(body);
    console.log(`outbox: ${backlog + 1} rows in ${Math.round(performance.now() - from)} ms`);
    expect([sent[0], sent.length]).toEqual(['zhoulan', backlog + 1]);
  });
});
