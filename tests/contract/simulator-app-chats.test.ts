import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ChatLog, privateChat } from '../../packages/chat-simulator/chat-log';
import { SignInCodes } from '../../packages/chat-simulator/sign-in-codes';
import { corpId, endScene, people, type Scene, secret, startScene } from './simulator-stand-in';

type Answer = Record<string, unknown> & { errcode: number };

describe('groups of the app', () => {
  let scene: Scene;
  let token: string;
  const [one = '', two = '', three = ''] = people.map(({ userId }) => userId);
  beforeEach(async () => {
    scene = await startScene();
    token = String((await get(`/cgi-bin/gettoken?corpid=${corpId}&corpsecret=${secret}`))['access_token']);
  });
  afterEach(() => endScene(scene));

  const get = async (path: string): Promise<Answer> => (await (await fetch(`${scene.simulator.apiBase}${path}`)).json()) as Answer;
  const call = async (name: string, body: object): Promise<Answer> => {
    const response = await fetch(`${scene.simulator.apiBase}/cgi-bin/appchat/${name}?access_token=${token}`, {
      method: 'POST',
      body: JSON.stringify(body),
    });
    return (await response.json()) as Answer;
  };
  const info = (chatid: string): Promise<Answer> => get(`/cgi-bin/appchat/get?access_token=${token}&chatid=${chatid}`);

  it('are made, looked at, changed and written to as the page says, with an empty chatid too', async () => {
    const made = await call('create', { name: '教育界别组', owner: one, userlist: [one, two], chatid: '' });
    expect(made).toMatchObject({ errcode: 0, chatid: expect.stringMatching(/^[0-9A-Za-z]{1,32}$/) });
    const chatid = String(made['chatid']);
    expect(await call('create', { name: '', userlist: [one, two], chatid: 'edu2026' })).toEqual({
      errcode: 0,
      errmsg: 'ok',
      chatid: 'edu2026',
    });
    expect(await call('update', { chatid, name: '教育组', owner: two, add_user_list: [three], del_user_list: [one] })).toMatchObject({
      errcode: 0,
    });
    expect(await info(chatid)).toMatchObject({
      errcode: 0,
      chat_info: { chatid, name: '教育组', owner: two, userlist: [two, three] },
    });
    const text = { chatid, msgtype: 'text', text: { content: '周五座谈', mentioned_list: [two] }, safe: 0 };
    expect(await call('send', text)).toEqual({ errcode: 0, errmsg: 'ok' });
    expect(await call('send', { chatid, msgtype: 'markdown', markdown: { content: '**改到周四**' } })).toMatchObject({ errcode: 0 });
    expect(scene.simulator.groupMessages(chatid).map((message) => message.text)).toEqual([`周五座谈\n@${two}`, '**改到周四**']);
  });

  it.each<[string, string, object, number]>([
    ['a taken or bad chatid', 'create', { name: 'x', userlist: [0, 1], chatid: 'with space' }, 86001],
    ['a name of more than 50', 'create', { name: '长'.repeat(51), userlist: [0, 1] }, 86004],
    ['an owner who is no member', 'create', { name: 'x', owner: 'nobody', userlist: [0, 1] }, 86005],
    ['one member alone', 'create', { name: 'x', userlist: [0] }, 86006],
    ['a member nobody knows', 'create', { name: 'x', userlist: [0, 'nobody'] }, 86007],
    ['no list of members', 'create', { name: 'x' }, 40035],
    ['a group of somebody else, changed', 'update', { chatid: 'wrOTHER', name: 'x' }, 86003],
    ['a group of somebody else, written to', 'send', { chatid: 'wrOTHER', msgtype: 'text', text: { content: 'x' } }, 86003],
    ['a card', 'send', { chatid: 'own', msgtype: 'template_card', template_card: {} }, 40008],
    ['an empty text', 'send', { chatid: 'own', msgtype: 'text', text: { content: ' ' } }, 44004],
    ['a text of more than 2048 bytes', 'send', { chatid: 'own', msgtype: 'text', text: { content: '长'.repeat(683) } }, 45002],
    ['a picture that was never uploaded', 'send', { chatid: 'own', msgtype: 'image', image: { media_id: 'none' } }, 40007],
  ])('are refused by their code: %s', async (_what, name, body, errcode) => {
    await call('create', { name: 'x', userlist: [one, two], chatid: 'own' });
    const named = JSON.parse(JSON.stringify(body), (key, value: unknown) =>
      key !== '' && typeof value === 'number' ? [one, two][value] : value,
    ) as object;
    expect(await call(name, named)).toMatchObject({ errcode });
  });

  it('are nobody’s without a token, and GET is refused where the page says POST', async () => {
    expect(await get('/cgi-bin/appchat/get?chatid=own')).toMatchObject({ errcode: 41001 });
    expect(await get(`/cgi-bin/appchat/create?access_token=${token}`)).toMatchObject({ errcode: 43002 });
  });
});

describe('what the simulator remembers has an end', () => {
  const clock = { now: () => new Date('2026-09-23T02:11:00Z') };

  it('of a chat the newest 2000 bubbles stay, and what was read stays read', () => {
    const log = new ChatLog(clock);
    const chat = privateChat('zhoulan');
    const show = (from: number, to: number): void => {
      for (let at = from; at < to; at += 1) log.show({ chat, from: 'app', text: `第${at}条`, format: 'text' });
    };
    show(0, 2_500);
    log.markSeen('zhoulan', chat);
    show(2_500, 2_503);
    expect(log.messages(chat)).toHaveLength(2_000);
    expect(log.messages(chat).at(-1)?.text).toBe('第2502条');
    expect(log.unread('zhoulan', chat)).toBe(3);
  });

  it('of sign-in codes that nobody used the newest stay good', () => {
    const codes = new SignInCodes(clock);
    const given = Array.from({ length: 1_500 }, (_, at) => codes.issue(`person${at}`));
    expect(codes.take(given.at(-1))).toBe('person1499');
    expect(codes.take(given[0])).toBeNull();
  });
});
