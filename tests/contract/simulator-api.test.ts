import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { assertDemoOnly, startSimulator } from '../../packages/chat-simulator';
import { corpId, endScene, people, type Scene, secret, startScene } from './simulator-stand-in';

let scene: Scene;
beforeEach(async () => {
  scene = await startScene();
});
afterEach(() => endScene(scene));

type Answer = Record<string, unknown> & { errcode: number };

const get = async (path: string): Promise<Answer> => (await (await fetch(`${scene.simulator.apiBase}${path}`)).json()) as Answer;
const post = async (path: string, body: unknown): Promise<Answer> => {
  const response = await fetch(`${scene.simulator.apiBase}${path}`, {
    method: 'POST',
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return (await response.json()) as Answer;
};
const token = async (): Promise<string> => String((await get(`/cgi-bin/gettoken?corpid=${corpId}&corpsecret=${secret}`))['access_token']);
const textTo = (touser: string, content: string, more: Record<string, unknown> = {}) => ({
  touser,
  msgtype: 'text',
  agentid: 1000002,
  text: { content },
  ...more,
});
const send = async (body: unknown, used?: string): Promise<Answer> =>
  post(`/cgi-bin/message/send?access_token=${used ?? (await token())}`, body);
const shown = (userId = 'ZhouLan'): string[] => scene.simulator.privateMessages(userId).map((message) => message.text);

describe('access tokens', () => {
  it('are refused by name of what is wrong', async () => {
    expect(await get('/cgi-bin/gettoken?corpid=wrong&corpsecret=x')).toMatchObject({ errcode: 40013 });
    expect(await get(`/cgi-bin/gettoken?corpid=${corpId}&corpsecret=wrong`)).toMatchObject({ errcode: 40001 });
    expect(await get('/cgi-bin/getcallbackip')).toMatchObject({ errcode: 41001 });
    expect(await get('/cgi-bin/getcallbackip?access_token=guessed')).toMatchObject({ errcode: 40014 });
  });

  it('live 7200 s, and a newer one leaves the older valid until then', async () => {
    const first = await token();
    scene.clock.pass(3_600_000);
    const second = await token();
    scene.clock.pass(3_599_000);
    expect(await get(`/cgi-bin/getcallbackip?access_token=${first}`)).toMatchObject({ errcode: 0 });
    scene.clock.pass(1_000);
    expect(await get(`/cgi-bin/getcallbackip?access_token=${first}`)).toMatchObject({ errcode: 42001 });
    expect(await get(`/cgi-bin/getcallbackip?access_token=${second}`)).toMatchObject({ errcode: 0 });
  });

  it('can be ended early', async () => {
    const given = await token();
    scene.simulator.faults.expireTokens();
    expect(await send(textTo('ZhouLan', '早'), given)).toMatchObject({ errcode: 42001 });
    expect(await send(textTo('ZhouLan', '早'))).toMatchObject({ errcode: 0 });
  });

  it('are not given after 2000 failed calls in an hour', async () => {
    for (let hundred = 0; hundred < 20; hundred += 1)
      await Promise.all(Array.from({ length: 100 }, () => get(`/cgi-bin/gettoken?corpid=${corpId}&corpsecret=wrong`)));
    expect(await get(`/cgi-bin/gettoken?corpid=${corpId}&corpsecret=${secret}`)).toMatchObject({ errcode: 45009 });
    scene.clock.pass(3_600_000);
    expect(await get(`/cgi-bin/gettoken?corpid=${corpId}&corpsecret=${secret}`)).toMatchObject({ errcode: 0 });
  });
});

describe('message/send', () => {
  it('reaches members whatever the case of their id, and names the others in lower case', async () => {
    expect(await send(textTo('zhoulan|NoBody|XuZhiXia|AlsoNot', '温馨提示'))).toMatchObject({ errcode: 0, invaliduser: 'nobody|alsonot' });
    expect(shown('ZhouLan')).toEqual(['温馨提示']);
    expect(shown('XuZhiXia')).toEqual(['温馨提示']);
    expect(shown('HanLiZhou')).toEqual([]);
  });

  it.each([
    ['nobody reachable', textTo('NoBody', 'x'), 81013],
    ['a wrong agent', textTo('ZhouLan', 'x', { agentid: 7 }), 40056],
    ['an unknown kind', textTo('ZhouLan', 'x', { msgtype: 'poem' }), 40008],
    ['no words', textTo('ZhouLan', ' '), 44004],
    ['no receiver', textTo('', 'x'), 40035],
    ['1001 receivers', textTo(Array.from({ length: 1_001 }, (_, at) => `u${at}`).join('|'), 'x'), 40032],
    [
      '2049 bytes of markdown',
      { touser: 'ZhouLan', msgtype: 'markdown', agentid: 1000002, markdown: { content: 'x'.repeat(2_049) } },
      45002,
    ],
    ['no JSON', 'touser=ZhouLan', 47001],
    ['half of a picture as an escape', JSON.stringify(textTo('ZhouLan', 'X')).replace('X', '\\ud83d'), 40033],
  ])('refuses %s', async (_name, body, errcode) => {
    expect(await send(body)).toMatchObject({ errcode });
    expect(shown()).toEqual([]);
    // control: the same scene takes a right message
    expect(await send(textTo('ZhouLan', '早'))).toMatchObject({ errcode: 0 });
    expect(shown()).toEqual(['早']);
  });

  it('cuts a text at 2048 bytes between two characters', async () => {
    await send(textTo('ZhouLan', '云'.repeat(683)));
    expect(shown()).toEqual(['云'.repeat(682)]);
    expect(scene.faults).toEqual([expect.stringContaining('cut')]);
    await send(textTo('ZhouLan', `${'云'.repeat(682)}ab`));
    expect(shown().at(-1)).toBe(`${'云'.repeat(682)}ab`);
  });

  it('drops the 31st message of a minute to one member in silence', async () => {
    const used = await token();
    for (let at = 1; at <= 30; at += 1) await send(textTo('ZhouLan', `第${at}条`), used);
    // control: up to here everything arrived
    expect(shown()).toHaveLength(30);
    expect(await send(textTo('ZhouLan|XuZhiXia', '第31条'), used)).toMatchObject({ errcode: 0, invaliduser: '' });
    expect(shown()).toHaveLength(30);
    expect(shown('XuZhiXia')).toEqual(['第31条']);
    scene.clock.pass(60_000);
    await send(textTo('ZhouLan', '下一分钟'), used);
    expect(shown()).toHaveLength(31);
  });

  it('delivers a checked repeat once within its interval, and an unchecked one each time', async () => {
    const checked = textTo('ZhouLan', '提醒', { enable_duplicate_check: 1, duplicate_check_interval: 600 });
    const first = await send(checked);
    expect(await send(checked)).toEqual(first);
    expect(shown()).toEqual(['提醒']);
    scene.clock.pass(600_000);
    await send(checked);
    expect(shown()).toEqual(['提醒', '提醒']);
    await send(textTo('ZhouLan', '提醒'));
    await send(textTo('ZhouLan', '提醒'));
    expect(shown()).toHaveLength(4);
  });

  it('remarks on the full and the half hour, and keeps no token in its notes', async () => {
    await send(textTo('ZhouLan', '平常'));
    scene.clock.moveTo(new Date('2026-09-18T02:30:15Z'));
    await send(textTo('ZhouLan', '半点'));
    const sends = scene.simulator.calls.filter((call) => call.path.endsWith('message/send'));
    expect(sends.map((call) => call.remark ?? null)).toEqual([null, expect.stringContaining(':30')]);
    expect(sends[0]?.query).toEqual({ access_token: '***' });
    expect(JSON.stringify(scene.simulator.calls)).not.toContain(secret);
  });
});

describe('late answers', () => {
  const addressOf = async (): Promise<string> => {
    await scene.simulator.say({ from: 'ZhouLan', chat: 'wrGroupA', text: '/进度' });
    return (
      new URL(String(scene.webhook.arrived.at(-1)?.message['response_url'])).pathname +
      new URL(String(scene.webhook.arrived.at(-1)?.message['response_url'])).search
    );
  };
  const markdown = (content: string) => ({ msgtype: 'markdown', markdown: { content } });

  it('are taken once', async () => {
    const address = await addressOf();
    expect(await post(address, markdown('**补充**'))).toMatchObject({ errcode: 0 });
    expect(scene.simulator.groupMessages('wrGroupA').at(-1)).toMatchObject({ from: 'bot', text: '**补充**', quote: '@政协小助手 /进度' });
    expect(await post(address, markdown('又一次'))).not.toMatchObject({ errcode: 0 });
    expect(scene.simulator.groupMessages('wrGroupA')).toHaveLength(2);
  });

  it('are taken for an hour', async () => {
    const [inTime, tooLate] = [await addressOf(), await addressOf()];
    scene.clock.pass(3_600_000);
    expect(await post(inTime, markdown('刚好'))).toMatchObject({ errcode: 0 });
    scene.clock.pass(1);
    expect(await post(tooLate, markdown('晚了'))).not.toMatchObject({ errcode: 0 });
  });

  it('must be markdown of a documented size', async () => {
    const address = await addressOf();
    expect(await post(address, { msgtype: 'text', text: { content: 'x' } })).toMatchObject({ errcode: 40008 });
    expect(await post(address, markdown(''))).toMatchObject({ errcode: 44004 });
    expect(await post(address, markdown('x'.repeat(20_481)))).toMatchObject({ errcode: 45002 });
    expect(await post(address, markdown('x'.repeat(20_480)))).toMatchObject({ errcode: 0 });
  });
});

describe('converted user ids', () => {
  it('go out in callbacks and come back through the companion app', async () => {
    await endScene(scene);
    scene = await startScene({
      bot: {
        token: 'QDG6eK',
        aesKey: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C',
        botId: 'demo-bot',
        name: '政协小助手',
        encryptedUserIds: true,
      },
    });
    await scene.simulator.say({ from: 'ZhouLan', chat: 'private', text: '/进度' });
    const { userid } = scene.webhook.arrived[0]!.message['from'] as { userid: string };
    expect(userid).toMatch(/^wo/);
    expect(
      await post(`/cgi-bin/batch/openuserid_to_userid?access_token=${await token()}`, { open_userid_list: [userid, 'ZhouLan'] }),
    ).toMatchObject({
      errcode: 0,
      userid_list: [{ open_userid: userid, userid: 'ZhouLan' }],
      invalid_open_userid_list: ['ZhouLan'],
    });
  });
});

describe('faults of the way out', () => {
  it('a connection lost before acting shows nothing, one lost after acting does', async () => {
    const used = await token();
    scene.simulator.faults.api('lost-before', { path: 'message/send' });
    await expect(send(textTo('ZhouLan', '一'), used)).rejects.toThrow();
    expect(shown()).toEqual([]);
    scene.simulator.faults.api('lost-after', { path: 'message/send' });
    await expect(send(textTo('ZhouLan', '二'), used)).rejects.toThrow();
    expect(shown()).toEqual(['二']);
  });

  it('answers 502, 45009 or late when told so, and rightly afterwards', async () => {
    const used = await token();
    scene.simulator.faults.api('server-error');
    expect((await fetch(`${scene.simulator.apiBase}/cgi-bin/getcallbackip?access_token=${used}`)).status).toBe(502);
    scene.simulator.faults.api('rate-limited', { times: 2 });
    expect(await send(textTo('ZhouLan', 'x'), used)).toMatchObject({ errcode: 45009 });
    expect(await send(textTo('ZhouLan', 'x'), used)).toMatchObject({ errcode: 45009 });
    scene.simulator.faults.api('late', { ms: 20 });
    expect(await send(textTo('ZhouLan', 'x'), used)).toMatchObject({ errcode: 0 });
    expect(shown()).toEqual(['x']);
  });

  it('refuses connections and comes back at the same address', async () => {
    await scene.simulator.faults.refuseConnections();
    await expect(token()).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } });
    await scene.simulator.faults.acceptConnections();
    expect(await token()).not.toBe('undefined');
  });
});

describe('where it may run', () => {
  it.each([
    ['in production', { production: true }, 'production process'],
    ['with a corp id that could be real', { production: false, corpId: 'ww1234567890abcdef' }, 'corp id'],
    ['against the real API', { production: false, apiBase: 'https://qyapi.weixin.qq.com' }, 'API address'],
    ['against a name that only looks local', { production: false, apiBase: 'http://127.0.0.1.example.com' }, 'API address'],
  ])('not %s', (_name, settings, reason) => {
    expect(() => assertDemoOnly(settings)).toThrow(reason);
  });

  it('on this machine with a demo corp id', () => {
    expect(() => assertDemoOnly({ production: false, corpId, apiBase: 'http://127.0.0.1:4000' })).not.toThrow();
  });

  it('never starts for a corp id that could be real', async () => {
    await expect(
      startSimulator({
        clock: scene.clock,
        corpId: 'ww1',
        webhook: 'http://127.0.0.1:1',
        bot: { token: '', aesKey: '', botId: '', name: '' },
        app: { token: '', aesKey: '', agentId: 1, secret: '' },
        people,
        groups: [],
      }),
    ).rejects.toThrow("does not begin with 'demo'");
  });
});
