import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ShiftableClock } from '../../src/foundation/clock';
import { AppError } from '../../src/foundation/errors';
import { lasting } from '../helpers/tempo';
import { until } from '../helpers/wait';
import { eventFrame, type Frame, live, messageFrame, openSocketDoor, type SocketDoor } from '../helpers/wecom-socket';

const streamOf = (frame: Frame | undefined) => frame?.body['stream'] as { id: string; finish: boolean; content: string };

describe('messages of WeCom over the long connection', () => {
  let door: SocketDoor;

  beforeEach(async () => {
    door = await openSocketDoor(new ShiftableClock(), { limits: lasting });
    await live(door);
  });
  afterEach(() => door.close());

  const replies = () => door.wire.of('aibot_respond_msg');
  const replied = (count: number) => until(`there are ${count} answers`, () => replies().length >= count);

  it('subscribe once with id and secret, and ping every half a minute', async () => {
    expect(door.wire.frames).toEqual([
      { cmd: 'aibot_subscribe', headers: { req_id: expect.any(String) }, body: { bot_id: 'AIBOTID', secret: 'long-connection-secret' } },
    ]);
    expect(door.logged.join('')).not.toContain('long-connection-secret');
    door.steady.jump(31_000);
    await until('it pings', () => door.wire.of('ping').length === 1);
    expect(door.wire.clients.size).toBe(1);
  });

  it('are answered under their frame’s id with one finished stream', async () => {
    door.deliver('r1');
    await replied(1);
    expect(replies()[0]).toEqual({
      cmd: 'aibot_respond_msg',
      headers: { req_id: 'r1' },
      body: { msgtype: 'stream', stream: { id: expect.any(String), finish: true, content: '已记录' } },
    });
    expect(door.received).toEqual([
      {
        platform: 'wecom',
        channel: 'bot',
        body: 'yunchuan',
        eventId: 'msg-r1',
        senderId: 'zhoulan',
        chat: { kind: 'group', id: 'wrCHAT' },
        text: '@RobotA /记录 走访',
        mentioned: true,
      },
    ]);
  });

  it.each([
    [
      'text with a picture',
      {
        msgtype: 'mixed',
        text: undefined,
        mixed: {
          msg_item: [
            { msgtype: 'image', image: { url: 'https://x', aeskey: 'k' } },
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
      'a late-reply address, when there is one',
      { response_url: 'https://qyapi.weixin.qq.com/x' },
      { lateReply: { url: 'https://qyapi.weixin.qq.com/x' } },
    ],
    ['a chat id in its own case', { chatid: 'wrAbCd' }, { chat: { kind: 'group', id: 'wrAbCd' } }],
  ])('carry %s', async (_what, more, expected) => {
    door.deliver('r1', more);
    await replied(1);
    expect(door.received).toHaveLength(1);
    expect(door.received[0]).toMatchObject(expected);
  });

  it.each([
    ['a picture', { msgtype: 'image', image: { url: 'https://x', aeskey: 'k' } }],
    ['a file', { msgtype: 'file', file: { url: 'https://x', aeskey: 'k' } }],
  ])('that are %s are asked for in words', async (_what, more) => {
    door.deliver('r1', { chattype: 'single', chatid: undefined, text: undefined, ...more });
    await replied(1);
    expect(streamOf(replies()[0]).content).toBe('我只看得懂文字');
    expect(door.received).toEqual([]);
  });

  it('fill the same bubble when they come again under a new frame id', async () => {
    door.deliver('r1', { msgid: 'same' });
    await replied(1);
    door.deliver('r2', { msgid: 'same' });
    await replied(2);
    expect(replies().map(({ headers }) => headers.req_id)).toEqual(['r1', 'r2']);
    expect(streamOf(replies()[1]).id).toBe(streamOf(replies()[0]).id);
    expect(door.received.map(({ eventId }) => eventId)).toEqual(['same', 'same']);
  });

  it('get a long answer cut at 20480 bytes on a character', async () => {
    door.answer = async () => ({ text: '🌉'.repeat(9_000) });
    door.deliver('r1');
    await replied(1);
    const { content } = streamOf(replies()[0]);
    expect(Buffer.byteLength(content)).toBeLessThanOrEqual(20_480);
    expect(content).toMatch(/^(🌉)+\n后面还有$/u);
  });

  it('come from the person behind a converted user id', async () => {
    door.deliver('r1', { from: { userid: 'woENCRYPTED' } });
    door.deliver('r2', { from: { userid: 'woENCRYPTED' }, chattype: 'single', chatid: undefined });
    await replied(2);
    expect(door.received.map(({ senderId }) => senderId)).toEqual(['xuzhixia', 'xuzhixia']);
    // A push is addressed as the platform addressed us.
    expect(door.chats.known.get('xuzhixia')).toMatchObject({ kind: 'private', address: 'woENCRYPTED' });
  });

  it('are not answered when the inbox says nothing', async () => {
    door.answer = async ({ eventId }) => (eventId === 'msg-quiet' ? null : { text: '听见了' });
    door.deliver('quiet');
    door.deliver('control');
    await replied(1);
    expect(replies().map(({ headers }) => headers.req_id)).toEqual(['control']);
  });

  it('of another bot, or that break us, are passed over; the next is answered', async () => {
    door.deliver('other', { aibotid: 'SOMEBODY' });
    door.answer = async ({ eventId }) =>
      eventId === 'msg-poison' ? Promise.reject(new AppError('UNEXPECTED', 'mongodb://secret@host')) : { text: '好' };
    door.deliver('poison');
    door.deliver('healthy');
    await replied(1);
    expect(replies()[0]?.headers.req_id).toBe('healthy');
    expect(door.received.map(({ eventId }) => eventId)).toEqual(['msg-poison', 'msg-healthy']);
  });

  it('are welcomed when somebody opens the private chat', async () => {
    door.wire.send(eventFrame('e1', 'enter_chat', {}));
    await until('there is a welcome', () => door.wire.of('aibot_respond_welcome_msg').length === 1);
    expect(door.wire.of('aibot_respond_welcome_msg')[0]).toMatchObject({
      headers: { req_id: 'e1' },
      body: { msgtype: 'text', text: { content: '您好' } },
    });
  });

  it('tell what people think of an answer, without who and why', async () => {
    door.wire.send(eventFrame('e1', 'feedback_event', { id: 'f', type: 2, content: '不好用', inaccurate_reason_list: [2] }));
    door.deliver('control');
    await replied(1);
    expect(replies()).toHaveLength(1);
    const line = door.logged.find((each) => each.includes('feedback'));
    expect(line).toContain('"feedback":2');
    expect(line).not.toMatch(/zhoulan|不好用/);
  });

  describe('whose answer does not arrive', () => {
    const chatOfUnsaid = () => door.unsaid.map(({ eventId, chat }) => `${eventId} in ${chat.id}`);

    it('are answered late when WeCom refuses the answer', async () => {
      door.wire.ack = ({ cmd }) => (cmd === 'aibot_respond_msg' ? 846605 : 0);
      door.deliver('r1');
      await until('it follows late', () => door.unsaid.length === 1);
      expect(chatOfUnsaid()).toEqual(['msg-r1 in wrCHAT']);
    });

    it('are answered late when the connection is gone before the answer, and never over the next one', async () => {
      let finish = (): void => undefined;
      const working = new Promise<void>((resolve) => (finish = resolve));
      door.answer = async () => {
        await working;
        return { text: '办好了' };
      };
      door.deliver('r1');
      await until('the message is being worked on', () => door.received.length === 1);
      for (const client of door.wire.clients) client.terminate();
      await until('the connection is gone', () => !door.wecom.socket?.live);
      await live(door);
      finish();
      await until('it follows late', () => door.unsaid.length === 1);
      expect(replies()).toEqual([]);
    });

    it('are left alone when nobody knows whether the answer arrived', async () => {
      door.wire.ack = ({ cmd, headers }) => (cmd === 'aibot_respond_msg' && headers.req_id === 'unsure' ? null : 0);
      door.deliver('unsure');
      await replied(1);
      door.steady.jump(6_000);
      await until('it is reported', () => door.logged.some((each) => each.includes('ack timeout')));
      door.wire.ack = ({ cmd }) => (cmd === 'aibot_respond_msg' ? -1 : 0);
      door.deliver('control');
      await until('the control follows late', () => door.unsaid.length > 0);
      expect(chatOfUnsaid()).toEqual(['msg-control in wrCHAT']);
      expect(replies()).toHaveLength(2);
    });

    it('are answered late from the thirty-first in a minute on, and WeCom does not hear it', async () => {
      for (let said = 1; said <= 31; said += 1) door.deliver(`r${said}`);
      door.deliver('elsewhere', { chatid: 'wrOTHER' });
      await until('one follows late', () => door.unsaid.length === 1);
      await replied(31);
      expect(replies()).toHaveLength(31);
    });
  });

  describe('among frames that are none', () => {
    const hostile: [string, string | Buffer | object][] = [
      ['no JSON', 'hello'],
      ['nothing', ''],
      ['a number', '4711'],
      ['null', 'null'],
      ['a list', '[]'],
      ['no headers', { cmd: 'aibot_msg_callback', body: {} }],
      ['a number as id', { cmd: 'aibot_msg_callback', headers: { req_id: 5 }, body: {} }],
      ['an endless id', { cmd: 'aibot_msg_callback', headers: { req_id: 'x'.repeat(10_000) }, body: {} }],
      ['no body', { cmd: 'aibot_msg_callback', headers: { req_id: 'r' } }],
      ['a body of the wrong kind', { cmd: 'aibot_msg_callback', headers: { req_id: 'r' }, body: 'text' }],
      ['an operator as user', messageFrame('r', { from: { userid: { $ne: null } } })],
      ['an endless text', messageFrame('r', { text: { content: '字'.repeat(30_000) } })],
      ['an unknown command', { cmd: 'aibot_dance', headers: { req_id: 'r' }, body: {} }],
      ['an acknowledgement nobody waits for', { headers: { req_id: 'r' }, errcode: 0, errmsg: 'ok' }],
      ['bytes', Buffer.from([0, 255, 254, 3])],
      ['deep nesting', `${'['.repeat(50_000)}${']'.repeat(50_000)}`],
      ['a poisoned prototype', '{"cmd":"aibot_msg_callback","headers":{"req_id":"r"},"body":{"__proto__":{"aibotid":"AIBOTID"}}}'],
    ];

    it.each(hostile)('(%s) are passed over without a word of them in the log', async (_what, frame) => {
      door.wire.send(frame);
      door.deliver('after', { msgid: 'after' });
      await replied(1);
      expect(door.received.map(({ eventId }) => eventId)).toEqual(['after']);
      expect(door.logged.join('')).not.toMatch(/hello|dance|x{20}|字{20}/);
      expect(door.wire.of('aibot_subscribe')).toHaveLength(1);
    });

    it('(a hundred of them) the connection ends and is opened again', async () => {
      for (let sent = 0; sent < 150; sent += 1) door.wire.send('hello');
      await until('it subscribes again', () => door.wire.of('aibot_subscribe').length === 2);
      expect(door.logged.filter((line) => line.includes('could not be read'))).toHaveLength(100);
    });

    it('(a megabyte and more) the connection ends and is opened again', async () => {
      door.wire.send(`"${'x'.repeat(1_100_000)}"`);
      await until('it subscribes again', () => door.wire.of('aibot_subscribe').length === 2);
      await live(door);
      door.deliver('after');
      await replied(1);
    });
  });

  it('are not worked on more than two hundred at a time, and none is lost', async () => {
    // The user id is converted and known from here on.
    door.deliver('first');
    await replied(1);
    let working = 0;
    let most = 0;
    let open = (): void => undefined;
    const gate = new Promise<void>((resolve) => (open = resolve));
    door.answer = async () => {
      most = Math.max(most, (working += 1));
      await gate;
      working -= 1;
      return { text: '好' };
    };
    for (let each = 0; each < 1_000; each += 1) door.deliver(`r${each}`, { chatid: `wr${each}` });
    await until('two hundred are being worked on', () => working >= 200);
    open();
    await until('all are worked on', () => door.received.length === 1_001);
    await until('none is left', () => working === 0);
    // What stands in the same packet of the network as the two hundredth is still read.
    expect(most).toBeLessThan(700);
  });
});
