import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Logger, type TextMessage, WSClient, type WsFrame } from '@wecom/aibot-node-sdk';
import WebSocket from 'ws';
import type { Simulator } from '../../packages/chat-simulator';
import { ShiftableClock } from '../../src/foundation/clock';
import { townSimulator } from '../helpers/town';
import { until } from '../helpers/wait';

const botId = 'aibTOWN';
const secret = 'townBotSecret-townBotSecret-townBotSecret';
const silent: Logger = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
const line = { from: 'zhoulan', chat: 'wrALL', text: '/帮助' };

/** What WeCom's own client makes of our simulator: it knows nothing of us, so it cannot share our mistakes. */
describe('the official WeCom client against the simulator', () => {
  let simulator: Simulator;
  let faults: string[];
  const clients: WSClient[] = [];

  const client = (more: Partial<ConstructorParameters<typeof WSClient>[0]> = {}): WSClient => {
    const made = new WSClient({ botId, secret, wsUrl: simulator.socketUrl, logger: silent, reconnectInterval: 20, ...more });
    clients.push(made);
    return made;
  };
  const connected = async (more: Partial<ConstructorParameters<typeof WSClient>[0]> = {}): Promise<WSClient> => {
    const made = client(more);
    const ready = happens(made, 'authenticated');
    made.connect();
    await ready;
    return made;
  };
  const happens = (emitter: WSClient, event: Parameters<WSClient['once']>[0]): Promise<unknown> =>
    new Promise((resolve) => emitter.once(event, (...told) => resolve(told[0])));
  const onText = (made: WSClient, answer: (frame: WsFrame<TextMessage>) => unknown): void => {
    made.on('message.text', (frame) => void Promise.resolve(answer(frame)).catch((error: unknown) => faults.push(JSON.stringify(error))));
  };

  beforeEach(async () => {
    faults = [];
    simulator = await townSimulator(new ShiftableClock(), () => 'http://127.0.0.1:9', {
      faults,
      longConnection: true,
      answerWithinMs: 8_000,
    });
  });

  afterEach(async () => {
    for (const each of clients.splice(0)) if (each.isConnected) each.disconnect();
    await simulator.close();
  });

  it('connects and is told apart from one with a wrong secret', async () => {
    expect((await connected()).isConnected).toBe(true);
    expect(simulator.longConnection.connected).toBe(true);
    const wrong = client({ secret: 'wrong', maxAuthFailureAttempts: 0 });
    const errors: Error[] = [];
    wrong.on('error', (error) => errors.push(error));
    wrong.connect();
    await until('it has given up', () => errors.length >= 2);
    expect(errors[0]?.message).toContain('853000');
    expect(simulator.longConnection.connected).toBe(true);
  });

  it('uploads a file in pieces, whose id the app may send then', async () => {
    const made = await connected();
    const bytes = Buffer.alloc(600_000, 7);
    const { media_id: mediaId, type } = await made.uploadMedia(bytes, { type: 'file', filename: '通知.pdf' });
    expect([type, typeof mediaId]).toEqual(['file', 'string']);
    const raw = await new Promise<WebSocket>((resolve) => {
      const socket: WebSocket = new WebSocket(simulator.socketUrl);
      socket.once('open', () => resolve(socket));
    });
    const says = (cmd: string, body: object): Promise<{ errcode: number; body?: Record<string, unknown> }> =>
      new Promise((resolve) => {
        raw.once('message', (data: Buffer) => resolve(JSON.parse(data.toString()) as { errcode: number }));
        raw.send(JSON.stringify({ cmd, headers: { req_id: `r-${cmd}` }, body }));
      });
    for (const each of clients.splice(0)) each.disconnect();
    expect(await says('aibot_subscribe', { bot_id: botId, secret })).toMatchObject({ errcode: 0 });
    const begun = await says('aibot_upload_media_init', { type: 'image', filename: 'a.png', total_size: 6, total_chunks: 2 });
    const id = begun.body?.['upload_id'];
    const piece = (index: number, text: string) =>
      says('aibot_upload_media_chunk', { upload_id: id, chunk_index: index, base64_data: Buffer.from(text).toString('base64') });
    expect(await piece(0, 'abc')).toMatchObject({ errcode: 0 });
    expect(await says('aibot_upload_media_finish', { upload_id: id })).toMatchObject({ errcode: 40035 });
    expect(await piece(1, 'def')).toMatchObject({ errcode: 0 });
    expect(await says('aibot_upload_media_finish', { upload_id: id })).toMatchObject({
      errcode: 0,
      body: { type: 'image', media_id: expect.any(String) },
    });
    expect(await says('aibot_upload_media_init', { type: 'hologram', filename: 'a', total_size: 6, total_chunks: 1 })).toMatchObject({
      errcode: 40035,
    });
    raw.close();
  });

  it('fetches a picture with the key that came beside its address', async () => {
    const made = await connected();
    const bytes = Buffer.from('89504e470d0a1a0a', 'hex');
    const fetched = new Promise<Buffer>((resolve, reject) => {
      made.on('message.image', (frame) => {
        const { url, aeskey } = frame.body?.image ?? { url: '' };
        made.downloadFile(url, aeskey).then(({ buffer }) => resolve(buffer), reject);
      });
    });
    const sending = simulator.send({ from: 'zhoulan', chat: 'private', media: { kind: 'picture', bytes } });
    expect(await fetched).toEqual(bytes);
    for (const each of clients.splice(0)) each.disconnect();
    await sending;
  });

  it('receives what is said to the bot, and its stream grows in one bubble', async () => {
    const made = await connected();
    onText(made, async (frame) => {
      expect(frame.body).toMatchObject({
        msgid: 'm-1/=+',
        aibotid: botId,
        chatid: 'wrALL',
        chattype: 'group',
        from: { userid: 'zhoulan' },
      });
      await made.replyStream(frame, 'stream1', '正在查');
      await made.replyStream(frame, 'stream1', '正在查……查好了', true);
    });
    expect(await simulator.say({ ...line, msgId: 'm-1/=+' })).toMatchObject({ status: 200, answer: '正在查……查好了' });
    expect(simulator.groupMessages('wrALL').map(({ from, text }) => `${from} ${text}`)).toEqual([
      'zhoulan @政协小助手 /帮助',
      'bot 正在查……查好了',
    ]);
    expect(faults).toEqual([]);
  });

  it('answers with markdown, with a card, and with what the card becomes when it is pressed', async () => {
    const made = await connected();
    onText(made, (frame) => made.reply(frame, { msgtype: 'markdown', markdown: { content: '**好**' } }));
    expect((await simulator.say(line)).answer).toBe('**好**');
    made.removeAllListeners('message.text');
    const card = (title: string) => ({
      card_type: 'button_interaction',
      main_title: { title },
      button_list: [{ text: '报名', key: 'k1' }],
      task_id: 'task-1',
    });
    onText(made, (frame) => made.replyTemplateCard(frame, card('重阳关爱')));
    expect((await simulator.say(line)).answer).toContain('重阳关爱');
    const pressed = new Promise<unknown>((resolve) => {
      made.on('event.template_card_event', (frame) => {
        const [first, second] = [card('已报名'), { ...card('别的'), task_id: 'task-2' }];
        void made
          .updateTemplateCard(frame, second)
          .catch((refused: unknown) => made.updateTemplateCard(frame, first).then(() => resolve([frame.body, refused])));
      });
    });
    expect((await simulator.press({ from: 'zhoulan', chat: 'wrALL', label: '报名' })).answer).toContain('已报名');
    expect(await pressed).toMatchObject([
      { from: { userid: 'zhoulan' }, event: { template_card_event: { event_key: 'k1', task_id: 'task-1' } } },
      { errcode: expect.any(Number) },
    ]);
    expect(simulator.groupMessages('wrALL').at(-1)?.card).toMatchObject({ taskId: 'task-1' });
  });

  it('speaks unasked only where somebody has spoken to the bot', async () => {
    const made = await connected();
    onText(made, (frame) => made.replyStream(frame, 's', '好', true));
    const push = { msgtype: 'markdown' as const, markdown: { content: '今天三点集合' } };
    await expect(made.sendMessage('wrALL', push)).rejects.toMatchObject({ errcode: 93001 });
    await expect(made.sendMessage('wrall', push)).rejects.toMatchObject({ errcode: 93006 });
    await simulator.say(line);
    await expect(made.sendMessage('wrALL', push)).resolves.toMatchObject({ errcode: 0 });
    expect(simulator.groupMessages('wrALL').at(-1)).toMatchObject({ from: 'bot', text: '今天三点集合' });
    // The kind is documented as refused, so the typings do not even offer it.
    const text = { msgtype: 'text', text: { content: '不行' } } as unknown as typeof push;
    await expect(made.sendMessage('wrALL', text)).rejects.toMatchObject({ errcode: 40008 });
  });

  it('welcomes, hears a judgement, and may answer an event only as an event', async () => {
    const made = await connected();
    const welcomed = new Promise((resolve) => {
      made.on('event.enter_chat', (frame) => {
        void made
          .reply(frame, { msgtype: 'markdown', markdown: { content: '错' } })
          .catch((refused: unknown) =>
            made.replyWelcome(frame, { msgtype: 'text', text: { content: '您好' } }).then(() => resolve(refused)),
          );
      });
    });
    expect((await simulator.enterChat('zhoulan')).answer).toBe('您好');
    expect(await welcomed).toMatchObject({ errcode: 846605 });
    const judged = happens(made, 'event.feedback_event');
    expect(simulator.longConnection.giveFeedback('zhoulan', 2)).toBe(true);
    expect(await judged).toMatchObject({ body: { event: { feedback_event: { type: 2 } } } });
  });

  it('is refused what is too long, and more than thirty answers a minute', async () => {
    const made = await connected();
    const refusals: unknown[] = [];
    onText(made, async (frame) => {
      await made.replyStream(frame, 's1', '字'.repeat(6_827), true).catch((frameOf: unknown) => refusals.push(frameOf));
      for (let said = 1; said <= 31; said += 1) {
        await made.replyStream(frame, 's2', `第${said}次`, said === 31).catch((frameOf: unknown) => refusals.push(frameOf));
      }
      await made.replyStream(frame, 's2', '好', true).catch((frameOf: unknown) => refusals.push(frameOf));
    });
    await simulator.say({ ...line, text: '/帮助' });
    await until('every frame is answered', () => refusals.length === 3);
    expect(refusals).toMatchObject([{ errcode: 45002 }, { errcode: 45009 }, { errcode: 45009 }]);
    expect(simulator.groupMessages('wrALL').at(-1)?.text).toBe('第30次');
  });

  it('is told when another connection takes the bot over, and stays away', async () => {
    const older = await connected();
    const told = happens(older, 'event.disconnected_event');
    const ended = happens(older, 'disconnected');
    const newer = await connected();
    await told;
    await ended;
    onText(newer, (frame) => newer.replyStream(frame, 's', '新的', true));
    expect((await simulator.say(line)).answer).toBe('新的');
    expect(older.isConnected).toBe(false);
    expect(newer.isConnected).toBe(true);
  });

  it('comes back after a broken connection, and after one that has gone silent', async () => {
    const made = await connected({ heartbeatInterval: 40 });
    let back = happens(made, 'authenticated');
    simulator.longConnection.drop();
    await back;
    back = happens(made, 'authenticated');
    simulator.longConnection.silence(true);
    await happens(made, 'disconnected');
    simulator.longConnection.silence(false);
    await back;
    onText(made, (frame) => made.replyStream(frame, 's', '还在', true));
    expect((await simulator.say(line)).answer).toBe('还在');
  });

  it('learns nothing of an answer whose acknowledgement is lost, though it is shown', async () => {
    const made = await connected();
    const outcome = new Promise((resolve) => {
      onText(made, (frame) => made.replyStream(frame, 's', '到了', true).then(resolve, resolve));
    });
    simulator.faults.api('lost-after', { path: 'aibot_respond_msg' });
    expect((await simulator.say(line)).answer).toBe('到了');
    expect(String(await outcome)).toContain('ack timeout');
  });

  it('gets a message twice under new frame ids, late, or after the next one', async () => {
    const made = await connected();
    const heard: { id: string; frame: string }[] = [];
    onText(made, (frame) => {
      heard.push({ id: frame.body?.msgid ?? '', frame: frame.headers.req_id });
      return made.replyStream(frame, `s${frame.body?.msgid}`, '好', true);
    });
    simulator.faults.callback('duplicated');
    await simulator.say({ ...line, msgId: 'twice' });
    expect(heard.map(({ id }) => id)).toEqual(['twice', 'twice']);
    expect(new Set(heard.map(({ frame }) => frame)).size).toBe(2);
    simulator.faults.callback('overtaken');
    await Promise.all([simulator.say({ ...line, msgId: 'first' }), simulator.say({ ...line, msgId: 'second' })]);
    expect(heard.slice(2).map(({ id }) => id)).toEqual(['second', 'first']);
    simulator.faults.callback('lost-before');
    expect(await simulator.say({ ...line, msgId: 'lost' })).toMatchObject({ status: 0, answer: null });
    expect(heard).toHaveLength(4);
  });
});
