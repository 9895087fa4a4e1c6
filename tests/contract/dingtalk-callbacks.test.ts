import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ShiftableClock } from '../../src/foundation/clock';
import { AppError } from '../../src/foundation/errors';
import { checkSignature, signatureOf } from '../../src/transports/dingtalk/signature';
import { clientSecret, type Door, knock, openDoor, robotJson, signedHeaders, texts } from '../helpers/dingtalk-door';

const said = (content: string) => ({ msgtype: 'text', text: { content } });

describe('callbacks of the DingTalk robot', () => {
  let door: Door;
  let clock: ShiftableClock;

  beforeEach(async () => {
    clock = new ShiftableClock();
    clock.moveTo(new Date('2026-09-21T10:00:00+08:00'));
    door = await openDoor(clock);
  });
  afterEach(() => door.close());

  async function hears(more: object = {}) {
    const { status, text } = await knock(door.url, robotJson(more), signedHeaders(clock.now()));
    return { status, reply: JSON.parse(text) as unknown };
  }

  it('answer a group message in the response, within what the platform waits', async () => {
    expect(await hears()).toEqual({ status: 200, reply: said('已记录') });
    expect(door.allowed).toEqual([1_500]);
    expect(door.received).toEqual([
      {
        platform: 'dingtalk',
        channel: 'bot',
        body: 'yunchuan',
        eventId: 'msgONE==',
        senderId: 'dt-zhoulan',
        chat: { kind: 'group', id: 'cidGROUP==' },
        text: '/记录 走访',
        mentioned: true,
        lateReply: {
          url: 'https://oapi.dingtalk.com/robot/sendBySession?session=abc',
          expiresAt: new Date(1_790_000_000_000 - 60_000),
        },
      },
    ]);
  });

  it.each([
    [' /记录 走访', '/记录 走访'],
    ['@政协小助手 /记录 走访', '/记录 走访'],
    ['@政协小助手/记录 走访', '/记录 走访'],
    ['＠政协小助手\u2005／记录 走访', '／记录 走访'],
    ['\u200b@bot \u00a0@周岚\u200b 我也报名', '我也报名'],
    ['帮助@政协小助手', '帮助@政协小助手'],
    ['@政协小助手', ''],
    ['邮箱a@b.cn 在这里', '邮箱a@b.cn 在这里'],
  ])('take the mention off the beginning of %j', async (content, text) => {
    await hears({ text: { content } });
    expect(door.received[0]?.text).toBe(text);
  });

  it('leave a private line as it is, and know its chat by the person', async () => {
    await hears({ conversationType: '1', conversationId: 'cidPRIVATE==', text: { content: '@周岚 一起走访' } });
    expect(door.received[0]).toMatchObject({ chat: { kind: 'private', id: 'dt-zhoulan' }, text: '@周岚 一起走访' });
    expect(door.received[0]).not.toHaveProperty('mentioned');
  });

  it.each([
    [
      'text with pictures, the words in their order',
      {
        msgtype: 'richText',
        content: { richText: [{ text: '/记录 走访' }, { text: '红柳社区' }, { type: 'picture', downloadCode: 'x' }, { text: '12人' }] },
      },
      '/记录 走访红柳社区 12人',
    ],
    [
      'text with a mention part',
      { msgtype: 'richText', content: { richText: [{ type: 'at', atName: '政协小助手' }, { text: '@政协小助手 /进度' }] } },
      '/进度',
    ],
    [
      'a voice message made out',
      { msgtype: 'audio', conversationType: '1', content: { duration: 4000, recognition: '记录走访红柳社区' } },
      '记录走访红柳社区',
    ],
    ['text at the top, as one sample has it', { text: undefined, content: '/记录 走访' }, '/记录 走访'],
    [
      'numbers written as text and the other way round',
      { createAt: '1789994600000', sessionWebhookExpiredTime: '1790000000000' },
      '/记录 走访',
    ],
    [
      'a body without the optional fields',
      { robotCode: undefined, chatbotCorpId: undefined, senderCorpId: undefined, sessionWebhook: undefined },
      '/记录 走访',
    ],
  ])('read %s', async (_what, more, text) => {
    const { text: _text, ...rest } = robotJson();
    const body = 'content' in more ? { ...rest, ...more } : robotJson(more);
    await knock(door.url, body, signedHeaders(clock.now()));
    expect(door.received[0]).toMatchObject({ text, senderId: 'dt-zhoulan' });
  });

  const answer = '已为您记录（R1024）';
  it.each([
    ['a text', { msgId: 'm0', msgType: 'text', content: { text: answer } }],
    ['a text inside its content', { msgType: 'text', content: { content: answer } }],
    ['a bare string', { msgType: 'text', content: answer }],
    ['packed JSON', { msgType: 'text', content: JSON.stringify({ content: answer }) }],
    ['a markdown message', { msgType: 'markdown', content: { title: '政协小助手', text: answer } }],
    ['rich text', { msgType: 'richText', content: { richText: [{ type: 'at', atName: '周岚' }, { text: answer }] } }],
    ['a card', { msgType: 'interactiveCard', content: { cardContent: answer } }],
    ['a card beside its content', { msgType: 'interactiveCard', content: {}, cardContent: { content: answer } }],
  ])('carry what was quoted: %s', async (_kind, repliedMsg) => {
    await hears({ text: { content: ' 更正 15人', isReplyMsg: true, repliedMsg } });
    expect(door.received[0]).toMatchObject({ text: '更正 15人', quoted: answer });
  });

  it('carry what a client writes into the text as its quotation', async () => {
    await hears({ text: { content: `「政协小助手：${answer}」\n- - - - - - - - - - -\n@政协小助手 更正 15人` } });
    expect(door.received[0]).toMatchObject({ text: '更正 15人', quoted: `政协小助手：${answer}` });
  });

  it('pass over a quoted picture and read the line that quotes it', async () => {
    await hears({ text: { content: '/记录 走访', repliedMsg: { msgType: 'picture', content: { downloadCode: 'x' } } } });
    expect(door.received[0]).toMatchObject({ text: '/记录 走访' });
    expect(door.received[0]).not.toHaveProperty('quoted');
  });

  it.each([
    ['a picture', { msgtype: 'picture', content: { downloadCode: 'x' } }],
    ['a file', { msgtype: 'file', content: { fileName: '名单.xlsx', downloadCode: 'x' } }],
    ['silence', { msgtype: 'audio', content: { duration: 900, recognition: '' } }],
    ['a kind that does not exist yet', { msgtype: 'hologram', content: null }],
    ['words of the wrong type', { msgtype: 'text', text: { content: 7 } }],
  ])('say what can be read when %s comes, and keep nothing', async (_what, more) => {
    expect(await hears({ text: undefined, ...more })).toEqual({ status: 200, reply: said(texts.wordsOnly) });
    expect(door.received).toEqual([]);
  });

  it.each([
    ['no staff id', { senderStaffId: undefined }],
    ['an empty one', { senderStaffId: '' }],
    ['one of another organisation', { senderCorpId: 'dingOTHER' }],
  ])('tell a sender with %s whom to ask, whatever encrypted id comes along', async (_what, more) => {
    expect(await hears(more)).toEqual({ status: 200, reply: said(texts.identityMissing) });
    expect(door.received).toEqual([]);
  });

  it('say that the quota is used up when the platform withholds the words', async () => {
    const withheld = { text: undefined, msgtype: undefined, errorCode: 20001, errorMessage: 'over quota' };
    expect(await hears(withheld)).toEqual({ status: 200, reply: said(texts.quotaSpent) });
    expect(door.received).toEqual([]);
  });

  it.each([
    'http://oapi.dingtalk.com/robot/sendBySession?session=abc',
    'https://oapi.dingtalk.com.evil.example/robot/sendBySession',
    'https://user:word@oapi.dingtalk.com/robot/sendBySession',
    'https://oapi.dingtalk.com/robot/send?access_token=x',
    'http://169.254.169.254/robot/sendBySession',
    'not an address',
  ])('keep no address for a late answer that is not DingTalk’s: %s', async (sessionWebhook) => {
    expect((await hears({ sessionWebhook })).status).toBe(200);
    expect(door.received[0]).not.toHaveProperty('lateReply');
  });

  it('say nothing when the inbox says nothing, and to a signed empty probe', async () => {
    door.answer = async () => null;
    expect(await hears()).toEqual({ status: 200, reply: { msgtype: 'empty' } });
    expect(await knock(door.url, '', signedHeaders(clock.now()))).toMatchObject({ status: 200, text: '{"msgtype":"empty"}' });
  });

  it('ask the person to send it again when the inbox fails, without details', async () => {
    door.answer = async () => Promise.reject(new AppError('STORE_UNAVAILABLE', 'mongodb://secret@host'));
    expect(await hears()).toEqual({ status: 200, reply: said(texts.unavailable) });
  });

  it('never let words of the answer mention somebody or open something', async () => {
    door.answer = async () => ({
      text: '已记录“@所有人 [看](https://evil.example) www.evil.example dtmd://dingtalkclient/sendMessage?content=x”',
    });
    const { reply } = await hears();
    expect(reply).toEqual(
      said('已记录“＠所有人 [看](https：//evil.example) www．evil.example dtmd：//dingtalkclient/sendMessage?content=x”'),
    );
  });

  it('cut a long answer on a character to the bytes allowed', async () => {
    door.answer = async () => ({ text: '🌉\n"'.repeat(9_000) });
    const { text } = await knock(door.url, robotJson(), signedHeaders(clock.now()));
    const { content } = (JSON.parse(text) as ReturnType<typeof said>).text;
    expect(Buffer.byteLength(JSON.stringify({ content }))).toBeLessThanOrEqual(15_000);
    expect(Buffer.byteLength(JSON.stringify({ content }))).toBeGreaterThan(14_970);
    expect(content).toMatch(/^(🌉|\n|")+\n后面还有$/u);
  });
});

describe('the signature of the DingTalk robot', () => {
  const now = new Date(1_577_262_236_757);
  const vector = { timestamp: '1577262236757', sign: 'DJrE6qdyVGCQz9z5r2MDuNcNAhwYnuAkyj13cx169CA=' };
  const why = (signed: { timestamp: unknown; sign: unknown }, secret = 'this is a secret', at = now): string => {
    try {
      checkSignature(signed, secret, at);
    } catch (error) {
      return (error as Error).message;
    }
    return 'accepted';
  };

  it('agrees with the published vectors', () => {
    expect(signatureOf(vector.timestamp, 'this is a secret')).toBe(vector.sign);
    expect(signatureOf(vector.timestamp, 'this is secret')).toBe('hmPWwU+7lVdm3ZZz0r9tSfx0L4Q26jWOZr9+Gs6EZQM=');
    expect(why(vector)).toBe('accepted');
  });

  it('holds for five minutes and not longer, either way', () => {
    const after = (ms: number): string => why(vector, undefined, new Date(now.getTime() + ms));
    expect([after(300_000), after(-300_000), after(300_001), after(-300_001)]).toEqual(['accepted', 'accepted', 'freshness', 'freshness']);
  });

  it('is refused with another secret, another time, another spelling of the same bytes, or as a list', () => {
    expect(why(vector, 'this is secret')).toBe('signature');
    expect(why({ ...vector, timestamp: '1577262236758' })).toBe('signature');
    const respelt = vector.sign.replace(/A=$/, 'B=');
    expect(Buffer.from(respelt, 'base64')).toEqual(Buffer.from(vector.sign, 'base64'));
    expect(why({ ...vector, sign: respelt })).toBe('signature');
    expect(why({ ...vector, sign: [vector.sign] })).toBe('headers');
    expect(why({ timestamp: undefined, sign: undefined })).toBe('headers');
    expect(signedHeaders(now)['sign']).toBe(signatureOf(String(now.getTime()), clientSecret));
  });
});
