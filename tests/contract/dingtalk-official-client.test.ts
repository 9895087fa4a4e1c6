import { afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
// Of the official client, not ours: its gateway address is built in, and this is how it is led to the simulator.
import axios from 'axios';
import { DWClient, type DWClientDownStream, EventAck, type RobotMessage, TOPIC_ROBOT } from 'dingtalk-stream';
import { app, type DingtalkScene, startDingtalkScene } from '../helpers/dingtalk-stage';
import { until } from '../helpers/wait';

let scene: DingtalkScene;
let client: DWClient;
const led: string[] = [];

beforeAll(() => {
  axios.interceptors.request.use((config) => {
    const address = config.url ?? '';
    led.push(new URL(address).origin + new URL(address).pathname);
    return { ...config, url: address.replace(/^https:\/\/(api|oapi)\.dingtalk\.com/, scene.simulator.apiBase) };
  });
  // It prints what it does.
  for (const name of ['info', 'warn', 'error'] as const) jest.spyOn(console, name).mockImplementation(() => undefined);
});
beforeEach(async () => {
  scene = await startDingtalkScene({ mode: 'stream' });
  client = new DWClient({ clientId: app.clientId, clientSecret: app.clientSecret });
});
afterEach(async () => {
  client.disconnect();
  await scene.close();
  expect(scene.faults).toEqual([]);
});

const live = (count = 1): Promise<void> => until(`${count} connections are live`, () => scene.simulator.stream.live === count);

/** A robot as the official samples write it: acks, then answers at the session. */
function answering(answer: (words: string) => string): DWClientDownStream[] {
  const heard: DWClientDownStream[] = [];
  client.registerCallbackListener(TOPIC_ROBOT, (frame) => {
    heard.push(frame);
    const message = JSON.parse(frame.data) as RobotMessage;
    client.socketCallBackResponse(frame.headers.messageId, { ok: true });
    void axios.post(message.sessionWebhook, { msgtype: 'text', text: { content: answer(message.text.content) } });
  });
  return heard;
}
const group = () => scene.simulator.groupMessages('cidALL==').map(({ from, text }) => `${from}: ${text}`);

describe('the official client, unmodified, with the simulated gateway', () => {
  it('opens a connection, hears a message, acks it and answers at its session', async () => {
    const heard = answering((words) => `收到${words}`);
    await client.connect();
    await live();
    expect(led).toContain('https://api.dingtalk.com/v1.0/gateway/connections/open');
    const delivery = await scene.simulator.say({ from: 'dt-zhoulan', chat: 'cidALL==', text: '/记录 走访' });
    expect(delivery).toMatchObject({ status: 200, attempts: 1 });
    await until('the answer is shown', () => group().length === 2);
    expect(group()).toEqual(['dt-zhoulan: @政协小助手 /记录 走访', 'bot: 收到 /记录 走访']);
    expect(heard[0]).toMatchObject({
      specVersion: '1.0',
      type: 'CALLBACK',
      headers: { topic: TOPIC_ROBOT, contentType: 'application/json' },
    });
  });

  it('is told once more, under a new frame id and with the same message, when it does not ack', async () => {
    const heard: DWClientDownStream[] = [];
    client.registerCallbackListener(TOPIC_ROBOT, (frame) => {
      heard.push(frame);
      if (heard.length === 2) client.socketCallBackResponse(frame.headers.messageId, {});
    });
    await client.connect();
    await live();
    const again = await startedWith(2_000, () => scene.simulator.say({ from: 'dt-zhoulan', chat: 'private', text: '在吗' }));
    expect(again).toMatchObject({ status: 200, attempts: 2 });
    const [first, second] = heard;
    expect(second?.headers.messageId).not.toBe(first?.headers.messageId);
    expect((JSON.parse(second?.data ?? '') as RobotMessage).msgId).toBe((JSON.parse(first?.data ?? '') as RobotMessage).msgId);
  });

  it('gets an event with its headers, and gets it again after LATER', async () => {
    const events: DWClientDownStream[] = [];
    client.registerAllEventListener((frame) => {
      events.push(frame);
      return { status: events.length === 1 ? EventAck.LATER : EventAck.SUCCESS, message: 'seen' };
    });
    await client.connect();
    await live();
    const status = await scene.simulator.event({ eventType: 'user_leave_org', eventId: 'e1', data: { userId: ['dt-zhoulan'] } });
    expect(status).toBe('SUCCESS');
    expect(events.map(({ headers }) => [headers.eventType, headers.eventId, headers.eventCorpId])).toEqual([
      ['user_leave_org', 'e1', app.corpId],
      ['user_leave_org', 'e1', app.corpId],
    ]);
    expect(JSON.parse(events[0]?.data ?? '')).toEqual({ userId: ['dt-zhoulan'] });
  });

  it('gives the data of a ping back, survives a disconnect, and a broken network', async () => {
    const heard = answering((words) => words);
    await client.connect();
    await live();
    expect(await scene.simulator.stream.ping()).toBe(true);
    scene.simulator.stream.disconnect();
    expect(scene.simulator.stream.live).toBe(0);
    await live();
    scene.simulator.stream.drop();
    await until('it asks for its third connection', () => scene.simulator.stream.asked === 3);
    await live();
    expect((await scene.simulator.say({ from: 'dt-zhoulan', chat: 'cidALL==', text: '还在吗' })).status).toBe(200);
    expect(heard).toHaveLength(1);
    await until('the answer is shown', () => group().length === 2);
  });

  it('gets a token with its own helper', async () => {
    expect(await client.getAccessToken()).toMatch(/^[0-9a-f]{32}$/);
  });
});

/** The scene anew with a shorter wait for acks, the client connected to it. */
async function startedWith<T>(answerWithinMs: number, act: () => Promise<T>): Promise<T> {
  const before = scene;
  client.disconnect();
  scene = await startDingtalkScene({ mode: 'stream', answerWithinMs });
  await before.close();
  await client.connect();
  await live();
  return act();
}
