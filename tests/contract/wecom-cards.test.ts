import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Outgoing } from '../../src/delivery/outgoing';
import { ShiftableClock } from '../../src/foundation/clock';
import { open } from '../../src/transports/wecom/envelope';
import { templateCard } from '../../src/transports/wecom/template-card';
import { until } from '../helpers/wait';
import { startWecomApi, type WecomApi } from '../helpers/wecom-api';
import { aesKey, botJson, corpId, type Door, openDoor, secondsOf, signed, token } from '../helpers/wecom-door';

const card = {
  title: '红柳社区协商议事会',
  buttons: [
    { label: '报名', says: '/报名 A23' },
    { label: '看详情', says: '/活动 A23' },
  ],
};
const keys = templateCard(card, 'send-1')!.button_list.map(({ key }) => key);
const convert = '/cgi-bin/batch/openuserid_to_userid';
const updatePath = '/cgi-bin/message/update_template_card';
const sendPath = '/cgi-bin/message/send';

let api: WecomApi;
let door: Door;
const clock = new ShiftableClock();

beforeEach(async () => {
  clock.moveTo(new Date('2026-09-23T10:11:00+08:00'));
  api = await startWecomApi();
  api.script[convert] = [
    { errcode: 0, userid_list: [{ open_userid: 'woENCRYPTED', userid: 'xuzhixia' }], invalid_open_userid_list: ['zhoulan'] },
  ];
  door = await openDoor(clock, { apiBase: api.url });
});
afterEach(async () => {
  await door.close();
  await api.close();
});

describe('cards of the bot', () => {
  async function bot(json: string): Promise<Record<string, unknown> | null> {
    const { encrypted, query } = signed(json, { timestamp: secondsOf(clock) });
    const url = `${door.url}/wecom/bot?${query.toString()}`;
    const text = await (await fetch(url, { method: 'POST', body: JSON.stringify({ encrypt: encrypted }) })).text();
    if (text === '') return null;
    const reply = JSON.parse(text) as { encrypt: string; msgsignature: string; timestamp: number; nonce: string };
    const { msgsignature: signature, timestamp, nonce, encrypt: encrypted_ } = reply;
    return JSON.parse(
      open({ token, aesKey, receiver: '' }, { signature, timestamp: String(timestamp), nonce, encrypted: encrypted_ }, clock.now()),
    ) as Record<string, unknown>;
  }
  const press = (more: object = {}, told: object = {}): string =>
    botJson({
      msgtype: 'event',
      text: undefined,
      event: { eventtype: 'template_card_event', template_card_event: { event_key: keys[0], task_id: 'reply-1', ...told } },
      ...more,
    });

  it('stand beside the words of an answer, the same for a redelivery', async () => {
    door.answer = async () => ({ text: '已发起活动', card });
    const first = await bot(botJson());
    expect(first).toMatchObject({
      msgtype: 'stream_with_template_card',
      stream: { finish: true, content: '已发起活动' },
      template_card: {
        card_type: 'button_interaction',
        main_title: { title: card.title },
        button_list: [{ text: '报名' }, { text: '看详情' }],
      },
    });
    expect(await bot(botJson())).toEqual(first);
  });

  it('pressed in a group, say the sentence for the presser and show the answer to the presser only', async () => {
    door.answer = async () => ({ text: '周岚委员，已为您报名A23' });
    expect(
      await bot(press({ from: { userid: 'woENCRYPTED' }, response_url: `${api.url}/cgi-bin/aibot/response?response_code=x` })),
    ).toEqual({
      response_type: 'update_template_card',
      userids: ['woENCRYPTED'],
      template_card: { ...templateCard(card, 'reply-1'), sub_title_text: '周岚委员，已为您报名A23' },
    });
    expect(door.received).toMatchObject([
      {
        channel: 'bot',
        eventId: 'm1',
        senderId: 'xuzhixia',
        chat: { kind: 'group', id: 'wrCHAT' },
        text: '/报名 A23',
        mentioned: true,
        lateReply: { url: expect.stringContaining('response_code=x') },
      },
    ]);
  });

  it('pressed in private, are replaced for the one person there is', async () => {
    expect(await bot(press({ chattype: 'single', chatid: undefined }, { event_key: keys[1] }))).not.toHaveProperty('userids');
    expect(door.received).toMatchObject([{ chat: { kind: 'private', id: 'zhoulan' }, text: '/活动 A23' }]);
  });

  it('show the buttons of the answer where it has its own', async () => {
    door.answer = async () => ({ text: '还剩3个名额', card: { title: '议事会', buttons: [{ label: '取消报名', says: '/取消报名 A23' }] } });
    expect(await bot(press())).toMatchObject({ template_card: { main_title: { title: '议事会' }, button_list: [{ text: '取消报名' }] } });
  });

  it('answer honestly when the presser cannot be identified now, and tell nobody', async () => {
    api.script[convert] = [{ errcode: -1 }];
    expect(await bot(press())).toMatchObject({ template_card: { sub_title_text: '暂时核对不了您的身份' } });
    expect(door.received).toEqual([]);
  });

  it.each([
    ['a button that is not ours', press({}, { event_key: 'button_key_1' })],
    ['an event without its part', press({ event: { eventtype: 'template_card_event' } })],
    ['a key that is too long', press({}, { event_key: 'x'.repeat(1_025) })],
  ])('leave %s alone', async (_what, json) => {
    expect(await bot(json)).toBeNull();
    expect(door.received).toEqual([]);
  });
});

describe('cards of the app', () => {
  async function press(more: Record<string, string> = {}): Promise<string> {
    const fields = {
      CreateTime: '1790000000',
      EventKey: keys[0]!,
      TaskId: 'send-1',
      CardType: 'button_interaction',
      ResponseCode: 'rc1',
      ...more,
    };
    const inner = Object.entries(fields).map(([name, value]) => `<${name}><![CDATA[${value}]]></${name}>`);
    const xml = `<xml><ToUserName><![CDATA[${corpId}]]></ToUserName><FromUserName><![CDATA[zhoulan]]></FromUserName><MsgType><![CDATA[event]]></MsgType><Event><![CDATA[template_card_event]]></Event>${inner.join('')}<SelectedItems><SelectedItem><QuestionKey><![CDATA[q]]></QuestionKey></SelectedItem></SelectedItems><AgentID>218</AgentID></xml>`;
    const { encrypted, query } = signed(xml, { receiver: corpId, timestamp: secondsOf(clock) });
    const body = `<xml><ToUserName><![CDATA[${corpId}]]></ToUserName><Encrypt><![CDATA[${encrypted}]]></Encrypt><AgentID>218</AgentID></xml>`;
    const response = await fetch(`${door.url}/wecom/app?${query.toString()}`, { method: 'POST', body });
    expect(response.status).toBe(200);
    return response.text();
  }

  it('pressed, say the sentence and are updated with the press’s own code', async () => {
    expect(await press()).toBe('');
    await until('the card is updated', () => api.of(updatePath).length === 1);
    expect(api.of(updatePath)[0]?.json).toEqual({
      userids: ['zhoulan'],
      agentid: 218,
      response_code: 'rc1',
      template_card: { ...templateCard(card, 'send-1'), sub_title_text: '已记录' },
    });
    expect(door.received).toMatchObject([{ channel: 'app', senderId: 'zhoulan', chat: { kind: 'private' }, text: '/报名 A23' }]);
  });

  it('are one event when it is delivered again, and another when they are pressed again', async () => {
    await press();
    await press();
    await press({ ResponseCode: 'rc2' });
    const [first, again, second] = door.received.map(({ eventId }) => eventId);
    expect(again).toBe(first);
    expect(second).not.toBe(first);
  });

  it('let the answer follow another way when the update was refused, and not when it may have arrived', async () => {
    api.script[updatePath] = [{ errcode: 40035 }, { httpStatus: 504 }, { errcode: 0 }];
    await press();
    await until('the answer goes another way', () => door.unsaid.length === 1);
    await press({ ResponseCode: 'rc2' });
    await press({ ResponseCode: 'rc3' });
    await until('every card was tried', () => api.of(updatePath).length === 3);
    expect(door.unsaid).toEqual([door.received[0]]);
  });

  const message = (more: Partial<Outgoing> = {}): Outgoing => ({
    body: 'yunchuan',
    platform: 'wecom',
    to: { userId: 'zhoulan' },
    format: 'text',
    text: '有名额空出来了，已为您补上。',
    card,
    key: 'yunchuan:promoted:A23',
    asked: true,
    ...more,
  });

  it('carry short words and the same task id for each try, different ones for different messages', async () => {
    for (const more of [{}, {}, { key: 'yunchuan:promoted:A24' }]) expect((await door.wecom.sender.send(message(more))).kind).toBe('sent');
    const [first, again, other] = api.of(sendPath);
    expect(first?.json).toMatchObject({
      touser: 'zhoulan',
      msgtype: 'template_card',
      template_card: { sub_title_text: '有名额空出来了，已为您补上。', button_list: [{ text: '报名' }, { text: '看详情' }] },
      enable_duplicate_check: 1,
    });
    expect(again?.raw).toBe(first?.raw);
    const taskId = (json: unknown): unknown => (json as { template_card: { task_id: string } }).template_card.task_id;
    expect(taskId(other?.json)).not.toBe(taskId(first?.json));
  });

  it.each([
    ['long words', { text: '联'.repeat(161) }],
    ['a message without a key of its own', { key: undefined }],
  ])('make way for plain words: %s', async (_what, more) => {
    await door.wecom.sender.send(message(more as Partial<Outgoing>));
    expect(api.of(sendPath)).toMatchObject([{ json: { msgtype: 'text' } }]);
  });

  it('make way for plain words when the platform refuses them, not when nobody could be reached', async () => {
    api.script[sendPath] = [{ errcode: 40058 }, { errcode: 0, msgid: 'words' }, { errcode: 81013 }];
    expect(await door.wecom.sender.send(message())).toEqual({ kind: 'sent', platformId: 'words' });
    expect(await door.wecom.sender.send(message())).toMatchObject({ kind: 'refused', code: '81013' });
    expect(api.of(sendPath).map(({ json }) => json['msgtype'])).toEqual(['template_card', 'text', 'template_card']);
  });
});
