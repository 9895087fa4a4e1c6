import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Connection } from 'mongoose';
import { DurableInbox } from '../../src/delivery/inbox';
import { MongoInboxStore } from '../../src/delivery/inbox-store';
import { type Incoming, type Received, receivedOf, type Said } from '../../src/delivery/incoming';
import { AppError } from '../../src/foundation/errors';
import { createLogger } from '../../src/foundation/logger';
import { connectMongo } from '../../src/foundation/mongo';
import { nothingExpires } from '../helpers/nothing-expires';
import { freshDatabase } from '../helpers/services';
import { stillClock } from '../helpers/still-clock';
import { until } from '../helpers/wait';

const received = (incoming: Incoming): Received => receivedOf(incoming)!;
const texts = { received: '已收到', storeUnavailable: '没存上', unexpected: '出了差错', secret: '不收', tooFast: () => '慢些' };
const message = (eventId: string, senderId = 'zhoulan'): Incoming => ({
  platform: 'wecom',
  channel: 'bot',
  body: 'yunchuan',
  eventId,
  senderId,
  chat: { kind: 'group', id: 'wr1' },
  text: '/记录',
});

describe('the inbox', () => {
  let connection: Connection;
  const clock = stillClock('2026-09-23T10:11:00+08:00');
  const late: string[] = [];

  const inbox = (handle: (incoming: Incoming) => Promise<string>, answerWithinMs = 60_000, more: Pick<Said, 'card'> = {}) =>
    new DurableInbox({
      store: new MongoInboxStore(connection),
      handler: { addressed: ({ text }) => text.startsWith('/'), handle: async (incoming) => ({ text: await handle(incoming), ...more }) },
      answerLate: async (incoming, _key, { text, card }) => void late.push(`${incoming.eventId}: ${text}${card ? ` [${card.title}]` : ''}`),
      texts,
      clock,
      logger: createLogger('silent'),
      answerWithinMs,
      leaseMs: 5_000,
    });

  beforeAll(async () => {
    connection = await connectMongo(freshDatabase());
    await new MongoInboxStore(connection).ensureIndexes();
    await nothingExpires(connection);
  });

  afterAll(() => connection.close());

  it('handles an event once and answers every redelivery alike, also at the same time', async () => {
    let handled = 0;
    const door = inbox(async () => `第${++handled}次`);
    const answers = await Promise.all(Array.from({ length: 8 }, () => door.receive(message('once'))));
    expect(answers).toEqual(Array.from({ length: 8 }, () => ({ text: '第1次' })));
    expect(await door.receive(message('once'))).toEqual({ text: '第1次' });
    expect(await door.receive(message('another'))).toEqual({ text: '第2次' });
  });

  it('gives the buttons of an answer to every redelivery too', async () => {
    const card = { title: '重阳关爱', buttons: [{ label: '报名', says: '/报名 A23' }] };
    const door = inbox(async () => '已发起', 60_000, { card });
    expect(await door.receive(message('with buttons'))).toEqual({ text: '已发起', card });
    expect(await door.receive(message('with buttons'))).toEqual({ text: '已发起', card });
  });

  it('stores nothing of a line that is not addressed to the bot', async () => {
    const door = inbox(async () => '不该说话');
    expect(await door.receive({ ...message('chatter'), text: '收到，谢谢' })).toBeNull();
    expect(await connection.collection('inbox').countDocuments({ 'incoming.eventId': 'chatter' })).toBe(0);
    expect(await door.receive(message('control'))).toEqual({ text: '不该说话' });
    expect(await connection.collection('inbox').countDocuments({ 'incoming.eventId': 'control' })).toBe(1);
  });

  it('keeps the messages of one sender in order', async () => {
    const order: string[] = [];
    let finish = (): void => undefined;
    const working = new Promise<void>((resolve) => (finish = resolve));
    const door = inbox(async ({ eventId }) => {
      if (eventId === 'first') await working;
      order.push(eventId);
      return eventId;
    });
    const stored = (eventId: string) =>
      until(
        `${eventId} is stored`,
        async () => (await connection.collection('inbox').countDocuments({ 'incoming.eventId': eventId })) === 1,
      );
    const first = door.receive(message('first', 'same'));
    await stored('first');
    const second = door.receive(message('second', 'same'));
    await stored('second');
    // The control: somebody else's message, sent last, is not held up by either.
    await door.receive(message('third', 'other'));
    finish();
    await Promise.all([first, second]);
    expect(order).toEqual(['third', 'first', 'second']);
  });

  it('says 已收到 when the work takes longer than the platform waits, and answers late', async () => {
    let finish = (): void => undefined;
    const working = new Promise<void>((resolve) => (finish = resolve));
    const door = inbox(() => working.then(() => '办好了'), 600);
    expect(await door.receive(message('slow'))).toEqual({ text: texts.received });
    finish();
    await until('the late answer is planned', () => late.includes('slow: 办好了'));
    expect(await door.receive(message('slow'))).toEqual({ text: '办好了' });
  });

  it('answers late, once, where the platform takes no answer, also when the work fails', async () => {
    const door = inbox(async ({ eventId }) => {
      if (eventId === 'no answer and broken') throw new Error('broken');
      return '办好了';
    });
    expect(await door.receive(message('no answer'), 0)).toBeNull();
    await until('the late answer is planned', () => late.includes('no answer: 办好了'));
    expect(await door.receive(message('no answer'), 0)).toBeNull();
    expect(await door.receive(message('no answer and broken'), 0)).toBeNull();
    await until('the apology is planned', () => late.includes(`no answer and broken: ${texts.unexpected}`));
    expect(late.filter((each) => each.startsWith('no answer'))).toHaveLength(2);
  });

  it('says an answer late that did not reach the chat, once it has one', async () => {
    let finish = (): void => undefined;
    const working = new Promise<void>((resolve) => (finish = resolve));
    const door = inbox(({ eventId }) => (eventId === 'unsaid and slow' ? working.then(() => '慢慢办好了') : Promise.resolve('办好了')));
    await door.receive(message('unsaid'));
    await door.unsaid(message('unsaid'));
    expect(late.filter((each) => each.startsWith('unsaid:'))).toEqual(['unsaid: 办好了']);
    expect(await door.receive(message('unsaid and slow'), 600)).toEqual({ text: texts.received });
    await door.unsaid(message('unsaid and slow'));
    await door.unsaid(message('never heard of'));
    finish();
    await until('the late answer is planned', () => late.includes('unsaid and slow: 慢慢办好了'));
    expect(late.filter((each) => each.startsWith('unsaid and slow:') || each.startsWith('never'))).toHaveLength(1);
  });

  it('gives the answer of a message to its sender alone: the same id from somebody else is another message', async () => {
    const door = inbox(async ({ senderId }) => `${senderId}的进度`);
    expect(await door.receive(message('shared id', 'zhoulan'))).toEqual({ text: 'zhoulan的进度' });
    expect(await door.receive(message('shared id', 'hanlizhou'))).toEqual({ text: 'hanlizhou的进度' });
    expect(await door.receive(message('shared id', 'zhoulan'))).toEqual({ text: 'zhoulan的进度' });
  });

  it('keeps nothing of a line marked secret, not even a row, and says so each time, also late', async () => {
    const door = inbox(async () => '存好了');
    const secret = { ...message('secret'), text: '/记录 涉密文件传达会' };
    for (const _time of [1, 2]) expect(await door.receive(secret)).toEqual({ text: '不收' });
    late.length = 0;
    expect(await door.receive(secret, 0)).toBeNull();
    expect(late).toEqual(['secret: 不收']);
    expect(JSON.stringify(await connection.collection('inbox').find().toArray())).not.toContain('传达');
  });

  it('keeps the words of a message that cannot be handled no longer than of any other', async () => {
    const door = inbox(() => Promise.reject(new TypeError('no')));
    await door.receive({ ...message('unhandled'), text: '/记录 走访红柳社区', quoted: '王大姐家' });
    const rows = JSON.stringify(await connection.collection('inbox').find({ state: 'parked' }).toArray());
    expect(rows).toContain('unhandled');
    for (const words of ['红柳', '王大姐']) expect(rows).not.toContain(words);
  });

  it('lets the sweep finish what a dead process left, once its lease is over', async () => {
    const store = new MongoInboxStore(connection);
    const incoming = message('left behind');
    await store.insert({
      _id: 'eleft',
      body: 'yunchuan',
      incoming: received(incoming),
      state: 'claimed',
      fence: 1,
      claimedUntil: new Date(clock.now().getTime() + 5_000),
      receivedAt: clock.now(),
    });
    const door = inbox(async () => '补办好了');
    expect(await door.sweep('yunchuan')).toBe(0);
    clock.moveTo(new Date(clock.now().getTime() + 6_000));
    expect(await door.sweep('yunchuan')).toBe(1);
    expect(late).toContain('left behind: 补办好了');
    expect(await door.sweep('yunchuan')).toBe(0);
  });

  it('parks a message that breaks us, says so, and goes on with the next', async () => {
    const door = inbox(async ({ eventId }) => {
      if (eventId === 'poison') throw new TypeError('a fault of ours');
      return '好';
    });
    expect(await door.receive(message('poison'))).toEqual({ text: texts.unexpected });
    expect(await door.receive(message('poison'))).toEqual({ text: texts.unexpected });
    expect(await door.receive(message('healthy'))).toEqual({ text: '好' });
  });

  it('says 已收到 when the message is kept and its work could not be, and finishes it by the sweep', async () => {
    let broken = true;
    const door = inbox(async () => {
      if (broken) throw new AppError('STORE_UNAVAILABLE', 'down');
      return '存上了';
    });
    expect(await door.receive(message('storm'))).toEqual({ text: texts.received });
    broken = false;
    clock.moveTo(new Date(clock.now().getTime() + 6_000));
    await door.sweep('yunchuan');
    expect(late).toContain('storm: 存上了');
  });
});
