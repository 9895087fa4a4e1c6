import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ShiftableClock } from '../../src/foundation/clock';
import { AppError } from '../../src/foundation/errors';
import { open } from '../../src/transports/wecom/envelope';
import { readXml } from '../../src/transports/wecom/xml';
import { freshPrefix } from '../helpers/services';
import { startWecomApi, type WecomApi } from '../helpers/wecom-api';
import { aesKey, botJson, corpId, type Door, openDoor, secondsOf, signed, token } from '../helpers/wecom-door';

const convert = '/cgi-bin/batch/openuserid_to_userid';

describe('callbacks of WeCom', () => {
  let api: WecomApi;
  let door: Door;
  let clock: ShiftableClock;
  let prefix: string;

  beforeEach(async () => {
    clock = new ShiftableClock();
    api = await startWecomApi();
    api.script[convert] = [
      { errcode: 0, userid_list: [{ open_userid: 'woENCRYPTED', userid: 'xuzhixia' }], invalid_open_userid_list: ['zhoulan', 'ZhouLan'] },
    ];
    prefix = freshPrefix();
    door = await openDoor(clock, { apiBase: api.url, prefix });
  });
  afterEach(async () => {
    await door.close();
    await api.close();
  });

  async function bot(json: string, more: { nonce?: string } = {}) {
    const { encrypted, query } = signed(json, { timestamp: secondsOf(clock), ...more });
    const response = await fetch(`${door.url}/wecom/bot?${query.toString()}`, {
      method: 'POST',
      body: JSON.stringify({ encrypt: encrypted }),
    });
    const text = await response.text();
    const reply = text.startsWith('{')
      ? (JSON.parse(text) as { encrypt: string; msgsignature: string; timestamp: number; nonce: string })
      : null;
    const opened =
      reply &&
      open(
        { token, aesKey, receiver: '' },
        { signature: reply.msgsignature, timestamp: String(reply.timestamp), nonce: reply.nonce, encrypted: reply.encrypt },
        clock.now(),
      );
    return {
      status: response.status,
      text,
      nonce: reply?.nonce,
      reply: opened ? (JSON.parse(opened) as Record<string, { id?: string; finish?: boolean; content?: string }>) : null,
    };
  }

  async function app(fields: string) {
    const xml = `<xml><ToUserName><![CDATA[${corpId}]]></ToUserName><FromUserName><![CDATA[zhoulan]]></FromUserName><CreateTime>1</CreateTime>${fields}<AgentID>218</AgentID></xml>`;
    const { encrypted, query } = signed(xml, { receiver: corpId, timestamp: secondsOf(clock) });
    const body = `<xml><ToUserName><![CDATA[${corpId}]]></ToUserName><AgentID>218</AgentID><Encrypt><![CDATA[${encrypted}]]></Encrypt></xml>`;
    const response = await fetch(`${door.url}/wecom/app?${query.toString()}`, { method: 'POST', body });
    return { status: response.status, text: await response.text() };
  }

  it('answer a group message with one finished stream under the callback’s own nonce', async () => {
    const { status, reply, nonce } = await bot(botJson(), { nonce: 'theirNonce' });
    expect({ status, nonce }).toEqual({ status: 200, nonce: 'theirNonce' });
    expect(reply).toEqual({ msgtype: 'stream', stream: { id: expect.any(String), finish: true, content: '已记录' } });
    expect(door.received).toEqual([
      {
        platform: 'wecom',
        channel: 'bot',
        body: 'yunchuan',
        eventId: 'm1',
        senderId: 'zhoulan',
        chat: { kind: 'group', id: 'wrCHAT' },
        text: '@RobotA /记录 走访',
        mentioned: true,
      },
    ]);
  });

  it('give a redelivery the same stream, so that it replaces its bubble', async () => {
    const [first, again, other] = [await bot(botJson()), await bot(botJson(), { nonce: 'n2' }), await bot(botJson({ msgid: 'm2' }))];
    expect(again.reply?.['stream']?.id).toBe(first.reply?.['stream']?.id);
    expect(other.reply?.['stream']?.id).not.toBe(first.reply?.['stream']?.id);
  });

  it.each([
    [
      'text with a picture',
      {
        msgtype: 'mixed',
        text: undefined,
        mixed: {
          msg_item: [
            { msgtype: 'image', image: { url: 'https://x' } },
            { msgtype: 'text', text: { content: '/记录' } },
          ],
        },
      },
      { text: '/记录' },
    ],
    [
      'a voice message in private',
      { msgtype: 'voice', chattype: 'single', chatid: undefined, text: undefined, voice: { content: '记录走访' } },
      { text: '记录走访', chat: { kind: 'private', id: 'zhoulan' } },
    ],
    ['a quoted bot message', { quote: { msgtype: 'text', text: { content: '已为您记录（R1024）' } } }, { quoted: '已为您记录（R1024）' }],
    [
      'a quoted markdown',
      { quote: { msgtype: 'markdown', markdown: { content: '已为您记录（R1024）' } } },
      { quoted: '已为您记录（R1024）' },
    ],
    [
      'a quoted stream',
      { quote: { msgtype: 'stream', stream: { id: 's', content: '已为您记录（R1024）' } } },
      { quoted: '已为您记录（R1024）' },
    ],
    [
      'a quotation written into the text',
      { text: { content: '“政协小助手：\n已为您记录（R1024）”\n------\n@RobotA 更正 15人' } },
      { text: '@RobotA 更正 15人', quoted: '政协小助手：\n已为您记录（R1024）' },
    ],
    ['a line whose quotation is nothing', { quote: null }, { text: '@RobotA /记录 走访' }],
    [
      'a reply address',
      { response_url: 'https://qyapi.weixin.qq.com/cgi-bin/aibot/response?response_code=x' },
      { lateReply: { url: expect.stringContaining('response_code=x') } },
    ],
    ['a chat id in its own case', { chatid: 'wrAbCd' }, { chat: { kind: 'group', id: 'wrAbCd' } }],
  ] as const)('carry %s', async (_what, more, expected) => {
    await bot(botJson(more));
    expect(door.received[0]).toMatchObject(expected as object);
  });

  it.each([
    ['a stream poll', { msgtype: 'stream', text: undefined, stream: { id: 's1' } }],
    ['an unknown event', { msgtype: 'event', text: undefined, event: { eventtype: 'auth_change_event' } }],
  ])('answer %s with an empty 200 and tell nobody', async (_what, more) => {
    expect(await bot(botJson(more))).toMatchObject({ status: 200, text: '' });
    expect(door.received).toEqual([]);
  });

  it.each([
    ['a picture', { msgtype: 'image', image: { url: 'https://x' } }],
    ['a file', { msgtype: 'file', file: { url: 'https://x' } }],
    ['a video', { msgtype: 'video', video: { url: 'https://x' } }],
    ['pictures without a word', { msgtype: 'mixed', mixed: { msg_item: [{ msgtype: 'image', image: { url: 'https://x' } }] } }],
    ['speech that was not understood', { msgtype: 'voice', voice: { content: ' ' } }],
    ['a kind of tomorrow', { msgtype: 'hologram', hologram: {} }],
  ])('ask kindly for words when %s comes, and keep nothing', async (_what, more) => {
    const { reply } = await bot(botJson({ chattype: 'single', chatid: undefined, text: undefined, ...more }));
    expect(reply?.['stream']).toMatchObject({ finish: true, content: '我只看得懂文字' });
    expect(door.received).toEqual([]);
  });

  it('pass over a quoted picture and read the line that quotes it', async () => {
    await bot(botJson({ quote: { msgtype: 'image', image: { url: 'https://x' } } }));
    expect(door.received[0]).toMatchObject({ text: '@RobotA /记录 走访' });
    expect(door.received[0]).not.toHaveProperty('quoted');
  });

  it('welcome whoever opens the private chat: once, and again for a redelivery only', async () => {
    const enter = (msgid: string, userid = 'zhoulan') =>
      bot(botJson({ msgid, from: { userid }, msgtype: 'event', text: undefined, event: { eventtype: 'enter_chat' } }));
    const welcome = { msgtype: 'text', text: { content: '您好' } };
    expect((await enter('e1')).reply).toEqual(welcome);
    expect((await enter('e1')).reply).toEqual(welcome);
    expect(await enter('e2')).toMatchObject({ status: 200, text: '' });
    expect((await enter('e3', 'xuzhixia')).reply).toEqual(welcome);
  });

  it('count what people think of an answer, without their names or words', async () => {
    const says = (type: number) =>
      bot(
        botJson({
          msgtype: 'event',
          text: undefined,
          event: { eventtype: 'feedback_event', feedback_event: { id: 'f1', type, content: '不对' } },
        }),
      );
    for (const type of [1, 2, 2]) expect(await says(type)).toMatchObject({ status: 200, text: '' });
    expect(await door.redis.hgetall(`${prefix}:wecom:feedback`)).toEqual({ 1: '1', 2: '2' });
    expect(await bot(botJson({ msgtype: 'event', text: undefined, event: { eventtype: 'feedback_event' } }))).toMatchObject({
      status: 200,
    });
  });

  it('show members’ words as words: no mention, no link, no colour', async () => {
    door.answer = async () => ({ text: '<@zhoulan> [领奖](https://x.example) <font color="warning">急</font>' });
    expect((await bot(botJson())).reply?.['stream']?.content).toBe(
      '＜@zhoulan> [领奖］(https：//x.example) ＜font color="warning">急＜/font>',
    );
  });

  it('say nothing when the inbox says nothing', async () => {
    door.answer = async () => null;
    expect(await bot(botJson())).toMatchObject({ status: 200, text: '' });
  });

  it('ask the platform to try again when the inbox fails, without details', async () => {
    door.answer = async () => Promise.reject(new AppError('STORE_UNAVAILABLE', 'mongodb://secret@host'));
    expect(await bot(botJson())).toMatchObject({ status: 503, text: 'try again' });
  });

  it('cut a long answer at 20480 bytes on a character', async () => {
    door.answer = async () => ({ text: '🌉'.repeat(9_000) });
    const content = (await bot(botJson())).reply?.['stream']?.content ?? '';
    expect(Buffer.byteLength(content)).toBeLessThanOrEqual(20_480);
    expect(content).toMatch(/^(🌉)+\n后面还有$/u);
  });

  it('of the app say nothing at once where one message is too small for the answer: it follows as several', async () => {
    const line = '<MsgType><![CDATA[text]]></MsgType><Content><![CDATA[我的记录]]></Content><MsgId>77</MsgId>';
    door.answer = async () => ({ text: '联'.repeat(700) });
    expect(await app(line)).toEqual({ status: 200, text: '' });
    expect(door.unsaid.map(({ eventId }) => eventId)).toEqual(['77']);
    door.answer = async () => ({ text: '联'.repeat(600) });
    expect((await app(line)).text).toContain('<Encrypt>');
    expect(door.unsaid).toHaveLength(1);
  });

  it('convert an encrypted user id through the app, once', async () => {
    await bot(botJson({ from: { userid: 'woENCRYPTED' } }));
    await bot(botJson({ from: { userid: 'woENCRYPTED' }, msgid: 'm2' }));
    expect(door.received.map(({ senderId }) => senderId)).toEqual(['xuzhixia', 'xuzhixia']);
    expect(api.of(convert)).toHaveLength(1);
  });

  it('remember conversions in Redis for other processes', async () => {
    await bot(botJson({ from: { userid: 'woENCRYPTED' } }));
    const other = await openDoor(clock, { apiBase: 'http://127.0.0.1:9', redis: door.redis.duplicate(), prefix });
    const { encrypted, query } = signed(botJson({ from: { userid: 'woENCRYPTED' } }), { timestamp: secondsOf(clock) });
    await fetch(`${other.url}/wecom/bot?${query.toString()}`, { method: 'POST', body: JSON.stringify({ encrypt: encrypted }) });
    expect(other.received.map(({ senderId }) => senderId)).toEqual(['xuzhixia']);
    await other.close();
  });

  it('answer honestly and tell nobody when an id cannot be converted now', async () => {
    api.script[convert] = [{ errcode: -1 }];
    const { reply } = await bot(botJson({ from: { userid: 'woOTHER' } }));
    expect(reply?.['stream']?.content).toBe('暂时核对不了您的身份');
    expect(door.received).toEqual([]);
  });

  it('carry what is quoted in the app’s own conversation, where it stands in the text', async () => {
    const quoting = '「政协小助手：已为您记录（R1024）」\n- - - - - - - - - -\n更正 15人';
    await app(`<MsgType><![CDATA[text]]></MsgType><Content><![CDATA[${quoting}]]></Content><MsgId>77</MsgId>`);
    expect(door.received[0]).toMatchObject({ text: '更正 15人', quoted: '政协小助手：已为您记录（R1024）' });
  });

  it('carry a text of the app’s own conversation and answer in XML', async () => {
    const { status, text } = await app(
      '<MsgType><![CDATA[text]]></MsgType><Content><![CDATA[/进度 ]]]]><![CDATA[>]]></Content><MsgId>4561255354251345929</MsgId>',
    );
    expect(status).toBe(200);
    expect(door.received).toEqual([
      {
        platform: 'wecom',
        channel: 'app',
        body: 'yunchuan',
        eventId: '4561255354251345929',
        senderId: 'zhoulan',
        chat: { kind: 'private', id: 'zhoulan' },
        text: '/进度 ]]>',
      },
    ]);
    const { Encrypt, MsgSignature, TimeStamp, Nonce } = readXml(text);
    const plain = open(
      { token, aesKey, receiver: corpId },
      { signature: MsgSignature ?? '', timestamp: TimeStamp ?? '', nonce: Nonce ?? '', encrypted: Encrypt ?? '' },
      clock.now(),
    );
    expect(readXml(plain)).toMatchObject({ ToUserName: 'zhoulan', FromUserName: corpId, MsgType: 'text', Content: '已记录' });
  });

  it.each(['image', 'voice', 'video', 'location', 'link'])('ask kindly for words in the app’s own conversation too: %s', async (kind) => {
    const { text } = await app(`<MsgType><![CDATA[${kind}]]></MsgType><MediaId><![CDATA[m]]></MediaId><MsgId>1</MsgId>`);
    const { Encrypt, MsgSignature, TimeStamp, Nonce } = readXml(text);
    const plain = open(
      { token, aesKey, receiver: corpId },
      { signature: MsgSignature ?? '', timestamp: TimeStamp ?? '', nonce: Nonce ?? '', encrypted: Encrypt ?? '' },
      clock.now(),
    );
    expect(readXml(plain)).toMatchObject({ Content: '我只看得懂文字' });
    expect(door.received).toEqual([]);
  });

  it('leave the app’s events without an answer', async () => {
    expect(await app('<MsgType><![CDATA[event]]></MsgType><Event><![CDATA[enter_agent]]></Event>')).toEqual({ status: 200, text: '' });
    expect(door.received).toEqual([]);
  });

  it('accept a message exactly ten minutes old or ahead, and none beyond', async () => {
    const post = async (offset: number): Promise<number> => {
      const timestamp = String(Math.floor(clock.now().getTime() / 1000) + offset);
      const { encrypted, query } = signed(botJson({ msgid: `o${offset}` }), { timestamp });
      return (await fetch(`${door.url}/wecom/bot?${query.toString()}`, { method: 'POST', body: JSON.stringify({ encrypt: encrypted }) }))
        .status;
    };
    clock.moveTo(new Date(Math.floor(clock.now().getTime() / 1000) * 1000 + 200));
    expect([await post(-599), await post(599), await post(-602), await post(602)]).toEqual([200, 200, 403, 403]);
    expect(door.received).toHaveLength(2);
  });
});
