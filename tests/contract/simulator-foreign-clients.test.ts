import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Simulator, startSimulator } from '../../packages/chat-simulator';
import { readAck } from '../../packages/chat-simulator/dingtalk/frames';
import { Gateway } from '../../packages/chat-simulator/dingtalk/gateway';
import { systemClock } from '../../src/foundation/clock';

const key = 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C';

describe('the simulated WeCom, called as clients in other languages do', () => {
  let simulator: Simulator;
  let token: string;
  const call = async (path: string, body?: string | FormData): Promise<Record<string, unknown>> => {
    const address = new URL(`/cgi-bin/${path}`, simulator.apiBase);
    address.searchParams.set('access_token', token);
    const response = await fetch(address, body === undefined ? {} : { method: 'POST', body });
    return (await response.json()) as Record<string, unknown>;
  };
  const send = (message: object): Promise<Record<string, unknown>> => call('message/send', JSON.stringify({ agentid: 1, ...message }));

  beforeAll(async () => {
    simulator = await startSimulator({
      clock: systemClock,
      corpId: 'demoFOREIGN',
      webhook: 'http://127.0.0.1:9',
      bot: { token: 't', aesKey: key, botId: 'aib', name: '助手' },
      app: { token: 't', aesKey: key, agentId: 1, secret: 'secret' },
      people: [
        { userId: 'zhoulan', name: '周岚' },
        { userId: 'outsider', name: '常柏声' },
      ],
      groups: [],
      outside: ['outsider'],
      page: false,
    });
    const given = await fetch(`${simulator.apiBase}/cgi-bin/gettoken?corpid=demoFOREIGN&corpsecret=secret`);
    token = ((await given.json()) as { access_token: string }).access_token;
  });
  afterAll(() => simulator.close());

  it.each([
    ['Chinese as escapes', '{"touser":"zhoulan","agentid":1,"msgtype":"text","text":{"content":"\\u8d70\\u8bbf"}}', 0],
    ['a picture as its pair', '{"touser":"zhoulan","agentid":1,"msgtype":"text","text":{"content":"\\ud83d\\ude00"}}', 0],
    ['< and & as escapes', '{"touser":"zhoulan","agentid":1,"msgtype":"text","text":{"content":"a\\u003cb\\u0026c"}}', 0],
    ['half a picture', '{"touser":"zhoulan","agentid":1,"msgtype":"text","text":{"content":"x\\ud83d"}}', 40033],
    ['a control character', '{"touser":"zhoulan","agentid":1,"msgtype":"text","text":{"content":"x\\u0001"}}', 40033],
  ])('reads %s', async (_what, body, errcode) => expect(await call('message/send', body)).toMatchObject({ errcode }));

  it('sends to nobody outside the app’s range, and tells so', async () => {
    expect(await send({ touser: 'outsider', msgtype: 'text', text: { content: '您好' } })).toMatchObject({ errcode: 81013 });
    expect(await send({ touser: 'zhoulan|outsider', msgtype: 'text', text: { content: '二位好' } })).toMatchObject({
      errcode: 0,
      invaliduser: 'outsider',
    });
  });

  it('sends to a department, and cards and files', async () => {
    expect(await send({ toparty: '1|7', msgtype: 'text', text: { content: '大家好' } })).toMatchObject({ errcode: 0, invalidparty: '7' });
    const textcard = { title: '通知', description: '<div class="gray">9月26日</div>', url: 'https://example.org' };
    expect(await send({ touser: 'zhoulan', msgtype: 'textcard', textcard })).toMatchObject({ errcode: 0 });
    const form = new FormData();
    form.append('media', new Blob([Buffer.from('GIF89a-picture')]), 'picture.png');
    const { media_id } = await call('media/upload?type=image', form);
    expect(media_id).toEqual(expect.any(String));
    expect(await send({ touser: 'zhoulan', msgtype: 'image', image: { media_id } })).toMatchObject({ errcode: 0 });
    expect(await send({ touser: 'zhoulan', msgtype: 'file', file: { media_id: 'nosuch' } })).toMatchObject({ errcode: 40007 });
  });

  it('has the whole address book, apps and tickets', async () => {
    expect(await call('user/get?userid=zhoulan')).toMatchObject({ errcode: 0, order: [0], department: [1] });
    expect(await call('user/list?department_id=1')).toMatchObject({ userlist: [{ userid: 'zhoulan', order: [0] }] });
    expect(await call('department/list')).toMatchObject({ department: [{ id: 1, parentid: 0 }] });
    expect(await call('agent/list')).toMatchObject({ agentlist: [{ agentid: 1 }] });
    expect(await call('get_jsapi_ticket')).toMatchObject({ errcode: 0, expires_in: 7_200 });
    // Only the secret of the contact-sync helper may.
    expect(await call('user/list_id', '{}')).toMatchObject({ errcode: 48002 });
  });
});

describe('the simulated DingTalk gateway, as official clients speak to it', () => {
  it('gives a ticket to whoever asks for SYSTEM frames as well', () => {
    const app = { clientId: 'ding1', clientSecret: 's' } as never;
    const gateway = new Gateway({
      app,
      clock: systemClock,
      base: () => 'http://127.0.0.1:1',
      on: true,
      ackWithinMs: 100,
      pingEveryMs: 1e9,
      closeAfterMs: 1,
      fault: () => undefined,
    });
    const subscriptions = [
      { type: 'SYSTEM', topic: '*' },
      { type: 'SYSTEM', topic: 'disconnect' },
      { type: 'CALLBACK', topic: '/v1.0/im/bot/messages/get' },
    ];
    expect(gateway.openConnection({ clientId: 'ding1', clientSecret: 's', subscriptions })).toMatchObject({
      status: 200,
      json: { ticket: expect.any(String) },
    });
    gateway.close();
  });

  it.each([
    ['no data', {}],
    ['an empty text', { data: '' }],
    ['what it was sent', { data: '{"msgId":"m1"}' }],
    ['no JSON', { data: 'ok' }],
  ])('takes an ack with %s', (_what, more) => {
    const text = JSON.stringify({ code: 200, headers: { messageId: 'f1', contentType: 'application/json' }, message: 'OK', ...more });
    expect(readAck(text)).toMatchObject({ messageId: 'f1', ack: { code: 200 } });
  });
});
