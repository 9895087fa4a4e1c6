import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { DingtalkSimulatorOptions } from '../../packages/chat-simulator/dingtalk';
import type { ContactChange } from '../../src/delivery/contact-change';
import { AppError } from '../../src/foundation/errors';
import type { LongConnection } from '../../src/transports/long-connection';
import { type Door, openDoor } from '../helpers/dingtalk-door';
import { app, type DingtalkScene, startDingtalkScene } from '../helpers/dingtalk-stage';
import { until } from '../helpers/wait';

const robotTopic = '/v1.0/im/bot/messages/get';
let scene: DingtalkScene;
let door: Door;
let connection: LongConnection;
let changes: ContactChange[];
let keepChange: () => void;
/** Milliseconds that the connection believes to have passed on top of the real ones; null: its time stands still. */
let later = 0;
let frozenAt: number | null = null;
const steady = (): number => (frozenAt ?? performance.now()) + later;

async function start(options: Partial<DingtalkSimulatorOptions> = {}, secret = app.clientSecret): Promise<void> {
  scene = await startDingtalkScene({ mode: 'stream', ...options });
  const { apiBase } = scene.simulator;
  const receive = async (change: ContactChange): Promise<void> => {
    changes.push(change);
    keepChange();
  };
  const stream = { changes: { receive }, steady, tickMs: 10 };
  door = await openDoor(scene.clock, { ...app, clientSecret: secret, robotCode: app.clientId, apiBase, sessionBase: apiBase, stream });
  door.answer = async () => null;
  connection = door.dingtalk.stream!;
  connection.start();
}
const live = (): Promise<void> => until('one connection is live', () => connection.live && scene.simulator.stream.live === 1);
const say = (text: string, chat = 'cidALL==') => scene.simulator.say({ from: 'dt-zhoulan', chat, text });
const botSaid = (chat = 'cidALL=='): string[] =>
  scene.simulator
    .groupMessages(chat)
    .filter(({ from }) => from === 'bot')
    .map(({ text }) => text);

beforeEach(() => {
  changes = [];
  keepChange = () => undefined;
  later = 0;
  frozenAt = null;
});
afterEach(async () => {
  await connection.stop();
  await until('no socket is left', () => scene.simulator.stream.open === 0);
  await door.close();
  await scene.close();
  expect(scene.faults).toEqual([]);
});

describe('messages over Stream', () => {
  beforeEach(async () => {
    await start();
    await live();
  });

  it('come in from a group and in private as they do by HTTP, and are acked when they are kept', async () => {
    expect(await say('@政协小助手 /记录 走访')).toMatchObject({ status: 200, attempts: 1 });
    expect(await say('/进度', 'private')).toMatchObject({ status: 200, attempts: 1 });
    const common = { platform: 'dingtalk', channel: 'bot', body: 'yunchuan', senderId: 'dt-zhoulan' };
    expect(door.received).toMatchObject([
      { ...common, chat: { kind: 'group', id: 'cidALL==' }, text: '/记录 走访', mentioned: true },
      { ...common, chat: { kind: 'private', id: 'dt-zhoulan' }, text: '/进度' },
    ]);
    expect(door.received.every(({ lateReply }) => lateReply?.url.includes('/robot/sendBySession'))).toBe(true);
    // The platform takes no answer over the socket.
    expect(door.allowed).toEqual([0, 0]);
  });

  it('are not acked before they are kept', async () => {
    let keep: () => void = () => undefined;
    door.answer = () => new Promise((resolve) => (keep = () => resolve(null)));
    let acked = false;
    const saying = say('/进度').then((delivery) => {
      acked = true;
      return delivery;
    });
    await until('the message is with the inbox', () => door.received.length === 1);
    expect(await scene.simulator.stream.ping()).toBe(true);
    expect(acked).toBe(false);
    keep();
    expect(await saying).toMatchObject({ status: 200, attempts: 1 });
  });

  it('carry the same id when they come twice under new frame ids', async () => {
    scene.simulator.faults.callback('duplicated');
    const { msgId } = await say('/进度');
    await until('both have come', () => door.received.length === 2);
    scene.simulator.faults.callback('lost-after');
    await say('/进度');
    await until('it has come once more', () => door.received.length === 4);
    expect(door.received.map(({ eventId }) => eventId)).toEqual([msgId, msgId, door.received[2]?.eventId, door.received[2]?.eventId]);
  });

  it('that could not be kept are told so at their session, once however often they come', async () => {
    door.answer = async () => ({ text: '请再发一次' });
    scene.simulator.faults.callback('duplicated');
    await say('/进度');
    door.answer = async () => {
      throw new AppError('UNEXPECTED', 'broken');
    };
    await say('/帮助');
    await until('both are told', () => botSaid().length === 2);
    expect(botSaid()).toEqual(['请再发一次', '请再发一次']);
    expect(door.received).toHaveLength(3);
  });

  it('of another robot or organisation, and what cannot be read, are refused and reach nobody', async () => {
    const { push } = { push: scene.simulator.stream.push.bind(scene.simulator.stream) };
    const message = { msgId: 'm', conversationType: '2', conversationId: 'c', msgtype: 'text', text: { content: 'x' }, senderStaffId: 'u' };
    const sent = async (data: unknown, topic = robotTopic) => (await push({ type: 'CALLBACK', topic, data }))?.code;
    expect(await sent({ ...message, robotCode: 'other' })).toBe(400);
    expect(await sent({ ...message, chatbotCorpId: 'other' })).toBe(400);
    expect(await sent({ msgId: 5 })).toBe(400);
    expect(await sent('text')).toBe(400);
    expect(await sent(message, '/v1.0/graph/api/invoke')).toBe(404);
    expect((await push({ type: 'SYSTEM', topic: 'KEEPALIVE', data: {} }))?.code).toBe(200);
    expect(door.received).toEqual([]);
    expect(await sent(message)).toBe(200);
    expect(door.received).toHaveLength(1);
  });

  it('still come after frames that are none, and after one that is larger than any', async () => {
    const { stream } = scene.simulator;
    const frame = (more: object): string => JSON.stringify({ type: 'CALLBACK', headers: { topic: robotTopic, messageId: 'x' }, ...more });
    for (const text of [
      '',
      'null',
      '[]',
      '{"type":"CALLBACK"}',
      '{'.repeat(5_000),
      frame({ data: 5 }),
      frame({ data: 'y'.repeat(70_000) }),
    ])
      stream.raw(text);
    stream.raw(Buffer.from([0xff, 0x00]));
    expect(await say('/进度')).toMatchObject({ status: 200 });
    expect(stream.asked).toBe(1);
    stream.raw('z'.repeat(1_100_000));
    await until('the connection is given up', () => stream.open === 0);
    later += 2_000;
    await live();
    expect(await say('/进度')).toMatchObject({ status: 200 });
    expect(door.received).toHaveLength(2);
  });
});

describe('events over Stream', () => {
  beforeEach(async () => {
    await start();
    await live();
  });

  it('change the address book, one change per person, and come again when they could not be kept', async () => {
    keepChange = () => {
      if (changes.length === 1) throw new AppError('STORE_UNAVAILABLE', 'away');
    };
    const status = await scene.simulator.event({
      eventType: 'user_leave_org',
      eventId: 'e1',
      data: { userId: ['dt-zhoulan', 'dt-hanlizhou'] },
    });
    expect(status).toBe('SUCCESS');
    const left = { body: 'yunchuan', platform: 'dingtalk', kind: 'left' };
    expect(changes).toMatchObject([
      { ...left, userId: 'dt-zhoulan', eventId: 'e1:dt-zhoulan' },
      { ...left, userId: 'dt-zhoulan', eventId: 'e1:dt-zhoulan' },
      { ...left, userId: 'dt-hanlizhou', eventId: 'e1:dt-hanlizhou' },
    ]);
  });

  it('of no concern are acked all the same', async () => {
    expect(await scene.simulator.event({ eventType: 'bpms_task_change', data: { staffId: 'x' } })).toBe('SUCCESS');
    expect(changes).toEqual([]);
  });
});

describe('the connection', () => {
  it('gives back the data of a ping', async () => {
    await start();
    await live();
    expect(await scene.simulator.stream.ping()).toBe(true);
  });

  it('opens a new one before the old one closes, when it is told to go', async () => {
    await start({ closeAfterMs: 60_000 });
    await live();
    const { stream } = scene.simulator;
    later += 61_000;
    stream.disconnect();
    expect(stream).toMatchObject({ live: 0, open: 1 });
    await live();
    await until('the old one is closed', () => stream.open === 1);
    expect(stream.asked).toBe(2);
    expect(await say('/进度')).toMatchObject({ status: 200, attempts: 1 });
  });

  it('is given up when nothing is heard of it, though it looks open', async () => {
    await start();
    await live();
    const { stream } = scene.simulator;
    later += 60_000;
    await until('it has asked for a sign of life and got one', async () => stream.ping());
    later += 20_000;
    stream.silence(true);
    // A pong that was under way still counts as a sign of life: time goes on until none comes any more.
    await until('it is given up for another', () => {
      later += 10_000;
      return stream.asked === 2;
    });
    stream.silence(false);
    await live();
    expect(stream.open).toBe(1);
  });

  it('is opened later and later while it does not last, and leaves no socket behind', async () => {
    frozenAt = performance.now();
    await start();
    const { stream } = scene.simulator;
    // Pauses of 0.5–1, 1–2, 2–4 and 4–8 s.
    for (const [round, pauseMs] of [1_000, 2_000, 4_000, 8_000].entries()) {
      await live();
      stream.drop();
      await until('the end is noticed', () => !connection.live);
      later += pauseMs / 2 - 1;
      // Meanwhile the connection has looked at the time several times.
      await scene.simulator.event({ eventType: 'nobody_is_there', data: {} });
      expect(stream.asked).toBe(round + 1);
      later += pauseMs / 2 + 1;
      await until('it is opened again', () => stream.asked === round + 2);
    }
    await live();
    expect(stream.open).toBe(1);
  });

  it('with a wrong secret asks again only after half a minute', async () => {
    frozenAt = performance.now();
    await start({}, 'wrongSecret-wrongSecret-wrongSecret');
    const { stream } = scene.simulator;
    await until('it has asked', () => stream.asked === 1);
    later += 29_000;
    await scene.simulator.event({ eventType: 'nobody_is_there', data: {} });
    expect(stream.asked).toBe(1);
    later += 32_000;
    await until('it asks again', () => stream.asked === 2);
    expect(connection.live).toBe(false);
  });

  it('comes back when the platform was away', async () => {
    await start();
    await live();
    await scene.simulator.faults.refuseConnections();
    await until('the end is noticed', () => !connection.live);
    later += 2_000;
    await scene.simulator.faults.acceptConnections();
    later += 120_000;
    await live();
    expect(await say('/进度')).toMatchObject({ status: 200 });
  });
});
