import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { DingtalkSimulatorOptions } from '../../packages/chat-simulator/dingtalk';
import type { ContactChange } from '../../src/delivery/contact-change';
import type { Outgoing, SendOutcome } from '../../src/delivery/outgoing';
import { AppError } from '../../src/foundation/errors';
import type { DingtalkOptions } from '../../src/transports/dingtalk';
import { type Door, openDoor } from '../helpers/dingtalk-door';
import { app, call, type DingtalkScene, groups, startDingtalkScene, tokenOf } from '../helpers/dingtalk-stage';

const asyncsend = '/topapi/message/corpconversation/asyncsend_v2';
const getresult = '/topapi/message/corpconversation/getsendresult';
const batchSend = '/v1.0/robot/oToMessages/batchSend';
const group = 'cidALL==';
const secret = 'SECsimulated';
const keys = { token: 'simulatedToken', aesKey: '4g5j64qlyl3zvetqxz5jiocdr586fn2zvjpa8zls3ij' };
const textOf = (content: string): object => ({ msgtype: 'text', text: { content } });

describe('the product and the simulated DingTalk, face to face', () => {
  let scene: DingtalkScene;
  let door: Door;
  let changes: ContactChange[];
  let storeAway: boolean;

  /** Both sides, with whatever misbehaviour the test needs. */
  async function meet(theirs: Partial<DingtalkSimulatorOptions> = {}, ours: Partial<DingtalkOptions> = {}): Promise<void> {
    changes = [];
    storeAway = false;
    const receive = async (change: ContactChange): Promise<void> => {
      if (storeAway) throw new AppError('STORE_UNAVAILABLE', 'away');
      changes.push(change);
    };
    scene = await startDingtalkScene({
      agentId: '8401',
      webhooks: [{ accessToken: 'tokALL', chatId: group, secret }],
      events: keys,
      eventPausesMs: [20, 20],
      webhook: () => door.url,
      ...theirs,
    });
    const { apiBase } = scene.simulator;
    door = await openDoor(scene.clock, {
      ...app,
      robotCode: app.clientId,
      apiBase,
      sessionBase: apiBase,
      agentId: '8401',
      groupWebhooks: new Map([[group, { url: `${apiBase}/robot/send?access_token=tokALL`, secret }]]),
      events: { ...keys, changes: { receive } },
      ...ours,
    });
  }
  beforeEach(() => meet());
  afterEach(async () => {
    await door.close();
    await scene.close();
  });
  const again = async (theirs: Partial<DingtalkSimulatorOptions>, ours: Partial<DingtalkOptions> = {}): Promise<void> => {
    await door.close();
    await scene.close();
    await meet(theirs, ours);
  };

  const message = (to: Outgoing['to'], more: Partial<Outgoing> = {}): Outgoing => ({
    body: 'yunchuan',
    platform: 'dingtalk',
    to,
    format: 'text',
    text: '温馨提示',
    asked: true,
    key: 'k1',
    ...more,
  });
  const send = (to: Outgoing['to'], more: Partial<Outgoing> = {}): Promise<SendOutcome> => door.dingtalk.sender.send(message(to, more));
  const inGroup = (): string[] => scene.simulator.groupMessages(group).map(({ text }) => text);
  const inPrivate = (userId = 'dt-zhoulan'): string[] =>
    scene.simulator.privateMessages(userId).map(({ from, text }) => `${from}: ${text}`);

  it('shows in the group what the robot says there', async () => {
    expect(await send({ chatId: group })).toMatchObject({ kind: 'sent' });
    expect(await send({ chatId: 'cidNONE==' })).toMatchObject({ kind: 'refused', code: 'invalid.openConversationId' });
    expect(inGroup()).toEqual(['温馨提示']);
  });

  it('mentions real people through the signed address, and nobody who is not in the group', async () => {
    expect(await send({ chatId: group }, { mentions: ['dt-zhoulan', 'dt-stranger'], text: '请看，@dt-hanlizhou' })).toEqual({
      kind: 'sent',
    });
    expect(inGroup()).toEqual(['请看，＠dt-hanlizhou\n@周岚 @dt-stranger']);
  });

  it('shows a message once whose answer was lost after it was taken', async () => {
    scene.simulator.faults.api('lost-after', { path: '/robot/send' });
    expect(await send({ chatId: group }, { mentions: ['dt-zhoulan'] })).toEqual({ kind: 'sent' });
    expect(inGroup()).toHaveLength(1);
  });

  it('refuses an address without its signature', async () => {
    await again({}, { groupWebhooks: new Map() });
    const { apiBase } = scene.simulator;
    await door.close();
    door = await openDoor(scene.clock, {
      ...app,
      apiBase,
      sessionBase: apiBase,
      groupWebhooks: new Map([[group, { url: `${apiBase}/robot/send?access_token=tokALL` }]]),
    });
    expect(await send({ chatId: group }, { mentions: ['dt-zhoulan'] })).toMatchObject({ kind: 'refused', code: '310000' });
    expect(inGroup()).toEqual([]);
  });

  it('throttles an address for ten minutes after more than 20 in one', async () => {
    const post = async (): Promise<unknown> => {
      const timestamp = String(scene.clock.now().getTime());
      const sign = createHmac('sha256', secret).update(`${timestamp}\n${secret}`).digest('base64');
      const query = new URLSearchParams({ access_token: 'tokALL', timestamp, sign });
      return (await call(scene.simulator, `/robot/send?${query.toString()}`, textOf('x'))).json['errcode'];
    };
    for (let at = 0; at < 20; at += 1) expect(await post()).toBe(0);
    expect(await post()).toBe(410100);
    const pass = (ms: number): void => scene.clock.moveTo(new Date(scene.clock.now().getTime() + ms));
    pass(120_000);
    expect(await post()).toBe(410100);
    pass(600_000);
    expect(await post()).toBe(0);
  });

  it('shows a link by its title, words and address, from the address of a group and from the robot, and refuses one without address', async () => {
    const signed = (): string => {
      const timestamp = String(scene.clock.now().getTime());
      const sign = createHmac('sha256', secret).update(`${timestamp}\n${secret}`).digest('base64');
      return `/robot/send?${new URLSearchParams({ access_token: 'tokALL', timestamp, sign }).toString()}`;
    };
    const link = { title: '座谈通知', text: '周五上午', messageUrl: 'https://example.test/a', picUrl: '' };
    expect((await call(scene.simulator, signed(), { msgtype: 'link', link })).json).toMatchObject({ errcode: 0 });
    expect((await call(scene.simulator, signed(), { msgtype: 'link', link: { ...link, messageUrl: '' } })).json['errcode']).not.toBe(0);
    const token = await tokenOf(scene);
    const toAll = (msgParam: object) =>
      call(
        scene.simulator,
        '/v1.0/robot/groupMessages/send',
        { robotCode: app.clientId, openConversationId: group, msgKey: 'sampleLink', msgParam: JSON.stringify(msgParam) },
        token,
      );
    expect(await toAll(link)).toMatchObject({ status: 200, json: { processQueryKey: expect.any(String) } });
    expect(await toAll({ ...link, messageUrl: '' })).toMatchObject({ status: 400, json: { code: 'invalidParameter.msgParam.invalid' } });
    expect(inGroup()).toEqual(['周五上午', '周五上午']);
  });

  describe('a member who has never opened the robot', () => {
    beforeEach(() => again({ strangers: ['dt-zhoulan'], notifyTakesMs: 60_000 }));
    const resolve = (ticket: string): Promise<SendOutcome> | undefined => door.dingtalk.sender.resolve?.(ticket);
    const pass = (ms: number): void => scene.clock.moveTo(new Date(scene.clock.now().getTime() + ms));

    it('gets a work notification, whose result is known a little later', async () => {
      const outcome = await send({ userId: 'dt-zhoulan' });
      expect(outcome).toMatchObject({ kind: 'taken' });
      const ticket = outcome.kind === 'taken' ? outcome.ticket : '';
      expect(await resolve(ticket)).toMatchObject({ kind: 'taken', ticket });
      pass(61_000);
      expect(await resolve(ticket)).toMatchObject({ kind: 'sent' });
      expect(inPrivate()).toEqual(['app: 温馨提示\n（此刻）']);
    });

    it('gets it once when the answer was lost: the repetition is dropped, and its result says why', async () => {
      scene.simulator.faults.api('lost-after', { path: asyncsend });
      const outcome = await send({ userId: 'dt-zhoulan' });
      pass(61_000);
      expect(await resolve(outcome.kind === 'taken' ? outcome.ticket : '')).toMatchObject({ kind: 'sent' });
      expect(inPrivate()).toEqual(['app: 温馨提示\n（此刻）']);
      const sends = scene.simulator.calls.filter(({ path }) => path === asyncsend);
      expect(sends).toHaveLength(2);
    });

    it('is written to by the robot from the moment they speak to it', async () => {
      await scene.simulator.say({ from: 'dt-zhoulan', chat: 'private', text: '/帮助' });
      expect(await send({ userId: 'dt-zhoulan' })).toMatchObject({ kind: 'sent', platformId: expect.any(String) });
      expect(inPrivate()).toContain('bot: 温馨提示');
    });
  });

  describe('work notifications', () => {
    const old = async (path: string, body: object): Promise<Record<string, unknown>> => {
      const token = await tokenOf(scene);
      return (await call(scene.simulator, `${path}?access_token=${token}`, body)).json;
    };
    const notify = (content: string, more: object = {}): Promise<Record<string, unknown>> =>
      old(asyncsend, { agent_id: 8401, userid_list: 'dt-zhoulan', msg: textOf(content), ...more });
    const resultOf = async ({ task_id }: Record<string, unknown>): Promise<unknown> =>
      (await old(getresult, { agent_id: 8401, task_id }))['send_result'];

    it('are all taken; the second of the same words and whoever is unknown are dropped in silence', async () => {
      await notify('一');
      const second = await notify('一', { userid_list: 'dt-zhoulan,dt-nobody' });
      expect(second).toMatchObject({ errcode: 0 });
      expect(await resultOf(second)).toMatchObject({
        unread_user_id_list: [],
        invalid_user_id_list: ['dt-nobody'],
        forbidden_list: [{ code: '143106', userid: 'dt-zhoulan' }],
      });
      expect(inPrivate()).toEqual(['app: 一']);
    });

    it.each<[string, object]>([
      ['another app', { agent_id: 1 }],
      ['nobody', { userid_list: '' }],
      ['more than a hundred', { userid_list: Array.from({ length: 101 }, (_, at) => `u${at}`).join(',') }],
      ['too long a message', { msg: textOf('长'.repeat(700)) }],
      ['no message', { msg: undefined }],
    ])('refuse %s', async (_what, more) => {
      expect(await notify('二', more)).toMatchObject({ errcode: 40035 });
      expect(await notify('二')).toMatchObject({ errcode: 0 });
    });

    it('can be asked for during 24 hours', async () => {
      const task = await notify('三');
      expect(await resultOf(task)).toMatchObject({ unread_user_id_list: ['dt-zhoulan'] });
      scene.clock.moveTo(new Date(scene.clock.now().getTime() + 86_400_001));
      expect(await resultOf(task)).toBeUndefined();
    });
  });

  describe('a month that is used up', () => {
    it('refuses further calls in both families until the next one, and what was refused is not charged', async () => {
      await again({ plan: { calls: 2, pushes: 3_000 } });
      for (let at = 0; at < 2; at += 1) expect(await send({ userId: 'dt-zhoulan' })).toMatchObject({ kind: 'sent' });
      const refused = { kind: 'refused', code: 'Forbidden.AccessDenied.ApiCountLimitForOrg' };
      expect(await send({ userId: 'dt-zhoulan' })).toMatchObject(refused);
      const token = await tokenOf(scene);
      expect((await call(scene.simulator, `${asyncsend}?access_token=${token}`, {})).json).toMatchObject({ errcode: 90020 });
      expect(scene.simulator.usage()).toEqual({ calls: 2, pushes: 0 });
      expect(await send({ chatId: group })).toEqual({ kind: 'sent' });
      scene.clock.moveTo(new Date(scene.clock.now().getTime() + 32 * 86_400_000));
      expect(await send({ userId: 'dt-zhoulan' })).toMatchObject({ kind: 'sent' });
    });

    it('withholds the words of what is said to the robot, and the speaker is told', async () => {
      await again({ plan: { calls: 5_000, pushes: 1 } });
      door.answer = async () => ({ text: '记好了' });
      expect(await scene.simulator.say({ from: 'dt-zhoulan', chat: 'private', text: '一' })).toMatchObject({ answer: '记好了' });
      expect(await scene.simulator.say({ from: 'dt-zhoulan', chat: 'private', text: '二' })).toMatchObject({ answer: '额度用完了' });
      expect(door.received.map(({ text }) => text)).toEqual(['一']);
    });

    it('is counted alike on both sides', async () => {
      const counted = { calls: 0, pushes: 0 };
      const usage: DingtalkOptions['usage'] = {
        add: async (kind, times = 1) => void (counted[kind] += times),
        scarce: async () => false,
        month: async () => ({ month: '', used: counted, limits: counted }),
      };
      await again({ strangers: ['dt-hanlizhou'] }, { usage });
      await scene.simulator.say({ from: 'dt-zhoulan', chat: group, text: '/进度' });
      await send({ userId: 'dt-zhoulan' });
      await send({ chatId: group });
      await send({ chatId: group }, { mentions: ['dt-zhoulan'] });
      await send({ userId: 'dt-hanlizhou' });
      scene.simulator.faults.api('rate-limited', { path: batchSend });
      expect(await send({ userId: 'dt-zhoulan' })).toMatchObject({ kind: 'later' });
      expect(counted).toEqual(scene.simulator.usage());
      expect(counted).toEqual({ calls: 4, pushes: 2 });
    });
  });

  describe('a button', () => {
    const card = {
      title: '读书会',
      buttons: [
        { label: '报名', says: '/报名 A23' },
        { label: '看详情', says: '/活动 A23' },
      ],
    };
    const heard = (): unknown[] => door.received.map(({ text, senderId, chat }) => [text, senderId, chat.kind]);

    it('in private says its line in the presser’s name', async () => {
      await send({ userId: 'dt-zhoulan' }, { card, text: '读书会 9月30日\n*自愿*' });
      door.answer = async () => ({ text: '报上了', card });
      expect(await scene.simulator.press({ from: 'dt-zhoulan', chat: 'private', label: '报名' })).toMatchObject({ answer: '报上了' });
      expect(heard()).toEqual([['/报名 A23', 'dt-zhoulan', 'private']]);
      expect(inPrivate()).toEqual(['bot: 读书会 9月30日\n＊自愿＊', 'dt-zhoulan: /报名 A23', 'bot: 报上了']);
      await scene.simulator.press({ from: 'dt-zhoulan', chat: 'private', label: '看详情' });
      expect(heard()).toHaveLength(2);
      expect(scene.faults).toEqual([]);
    });

    it('in a group reaches the robot only if pressing mentions it: therefore there is none by default', async () => {
      await send({ chatId: group }, { card });
      await expect(scene.simulator.press({ from: 'dt-zhoulan', chat: group, label: '报名' })).rejects.toThrow('sees no button');
      for (const [pressesMention, reached] of [
        [false, 0],
        [true, 1],
      ] as const) {
        await again({ pressesMention }, { buttons: 'everywhere' });
        await send({ chatId: group }, { card });
        await scene.simulator.press({ from: 'dt-hanlizhou', chat: group, label: '报名' });
        expect(heard()).toEqual(reached === 0 ? [] : [['/报名 A23', 'dt-hanlizhou', 'group']]);
      }
    });
  });

  describe('events by HTTP', () => {
    it('are acknowledged, the test of the address too', async () => {
      expect(await scene.simulator.checkEventUrl()).toBe(true);
      expect(await scene.simulator.event({ eventType: 'user_leave_org', data: { userId: ['dt-zhoulan'] }, eventId: 'ev1' })).toBe(
        'SUCCESS',
      );
      expect(changes).toMatchObject([{ kind: 'left', userId: 'dt-zhoulan', eventId: 'ev1:dt-zhoulan', body: 'yunchuan' }]);
      expect(scene.faults).toEqual([]);
    });

    it('come again until they are kept', async () => {
      storeAway = true;
      const event = scene.simulator.event({ eventType: 'user_add_org', data: { userId: ['dt-zhoulan'] } });
      expect(await event).toBeNull();
      storeAway = false;
      expect(await scene.simulator.event({ eventType: 'user_add_org', data: { userId: ['dt-zhoulan'] } })).toBe('SUCCESS');
      expect(changes).toHaveLength(1);
    });

    it('are refused under another token, and the console says that the address may not be saved', async () => {
      await again({ events: { ...keys, token: 'anotherToken' } });
      expect(await scene.simulator.checkEventUrl()).toBe(false);
      expect(groups).toHaveLength(1);
    });
  });
});
