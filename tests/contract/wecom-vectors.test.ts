import { afterEach, describe, expect, it } from '@jest/globals';
import { getJsApiSignature } from '@wecom/crypto';
import { ShiftableClock } from '../../src/foundation/clock';
import { open, seal } from '../../src/transports/wecom/envelope';
import { readXml } from '../../src/transports/wecom/xml';
import { startWecomApi } from '../helpers/wecom-api';
import { aesKey, corpId, type Door, openDoor, token } from '../helpers/wecom-door';

const at = (seconds: number): Date => new Date(seconds * 1000);
const app = { token, aesKey, receiver: corpId };
const bot = { token, aesKey, receiver: '' };

const v1 = {
  signed: {
    signature: '5c45ff5e21c57e6ad56bac8758b79b1d9ac89fd3',
    timestamp: '1409659589',
    nonce: '263014780',
    encrypted: 'P9nAzCzyDtyTWESHep1vC5X9xho/qYX3Zpb4yKa9SKld1DsH3Iyt3tP3zNdtp+4RPcs8TgAE7OaBO+FZXvnaqQ==',
  },
  message: '1616140317555161061',
};

const v2 = {
  signed: {
    signature: '477715d11cdb4164915debcba66cb864d751f3e6',
    timestamp: '1409659813',
    nonce: '1372623149',
    encrypted:
      'RypEvHKD8QQKFhvQ6QleEB4J58tiPdvo+rtK1I9qca6aM/wvqnLSV5zEPeusUiX5L5X/0lWfrf0QADHHhGd3QczcdCUpj911L3vg3W/sYYvuJTs3TUUkSUXxaccAS0qhxchrRYt66wiSpGLYL42aM6A8dTT+6k4aSknmPj48kzJs8qLjvd4Xgpue06DOdnLxAUHzM6+kDZ+HMZfJYuR+LtwGc2hgf5gsijff0ekUNXZiqATP7PF5mZxZ3Izoun1s4zG4LUMnvw2r+KqCKIw+3IQH03v+BCA9nMELNqbSf6tiWSrXJB3LAVGUcallcrw8V2t9EL4EhzJWrQUax5wLVMNS0+rUPA3k22Ncx4XXZS9o0MBH27Bo6BpNelZpS+/uh9KsNlY6bHCmJU9p8g7m3fVKn28H3KDYA5Pl/T8Z1ptDAVe0lXdQ2YoyyH2uyPIGHBZZIs2pDBS8R07+qN+E7Q==',
  },
  message: [
    '<xml><ToUserName><![CDATA[wx5823bf96d3bd56c7]]></ToUserName>',
    '<FromUserName><![CDATA[mycreate]]></FromUserName>',
    '<CreateTime>1409659813</CreateTime>',
    '<MsgType><![CDATA[text]]></MsgType>',
    '<Content><![CDATA[hello]]></Content>',
    '<MsgId>4561255354251345929</MsgId>',
    '<AgentID>218</AgentID>',
    '</xml>',
  ].join('\n'),
};

const v3 = {
  signed: {
    signature: '0623cbc5a8cbee5bcc137c70de99575366fc2af3',
    timestamp: '1409659813',
    nonce: '1372623149',
    encrypted:
      'CZWs4CWRpI4VolQlvn4dlEC1alN2MUEY2VklGehgBVLBrlVF7SyT+SV+Toj43l4ayJ9UMGKphktKKmP7B2j/P1ey67XB8PBgS7Wr5/8+w/yWriZv3Vmoo/MH3/1HsIWZrPQ3N2mJrelStIfI2Y8kLKXA7EhfZgZX4o+ffdkZDM76SEl79Ib9mw7TGjZ9Aw/x/A2VjNbV1E8BtEbRxYYcQippYNw7hr8sFfa3nW1xLdxokt8QkRX83vK3DFP2F6TQFPL2Tu98UwhcUpPvdJBuu1/yiOQIScppV3eOuLWEsko=',
  },
  message:
    '{"ToUserName":"wx5823bf96d3bd56c7","FromUserName":"mycreate","CreateTime": 1409659813,"MsgType":"text","Content":"hello","MsgId":4561255354251345929,"AgentID": 218}',
};

const v5 = {
  message:
    '{"msgid":"m1","aibotid":"AIBOTID","chatid":"CHATID","chattype":"group","from":{"userid":"USERID"},"msgtype":"text","text":{"content":"@RobotA /记录 走访"}}',
  stamp: { timestamp: '1641002400', nonce: 'nonce1' },
  encrypted:
    'sKqRbbiSUnDhFHOvPjtUMaX+dFN4U7ke6oltL59K//9xrRZ3N3mmtXzpKLJOAnGCmPf8sh95BJbNL0HJEgwHuG5h1WF4qtmcH/g3XQB/mMKwZvvo+y3fbiCCIWs002h6jJesvgQp094WQVIQryahKAndJh/ShUp/HqQ9dEMY0nZJN+l2pe/zCWF3IfhlJ4XuHbb/z98V2Xv0GVq25m3iYKEgWVkBpja6YjAz2XclQAqgNbx6k2hfnPGfN2nPrBR2',
  signature: '1443a9ad2ef8f643bb06ca0011beed046282786d',
  reply: '{"msgtype":"stream","stream":{"id":"s1","finish":true,"content":"已记录"}}',
  replyEncrypted:
    'sKqRbbiSUnDhFHOvPjtUMXYQqFZ+ZpnodfvpoBQlWzJEWz9jUcmRmvQEba79RGADiddnd5omr/MYkcU7pyKnSf39q8fPXZjXzhum0KcogHQfkPJsOUK+khKAepwhzmE/RzOAm+CZgcMJarDqDcHT4yuoBGQlKBJSz+xV5xrR7JY=',
  replySignature: '5b7bf5d1e3072591cd6495de691c6a4435ed3826',
};

describe('the official test vectors of WeCom', () => {
  it.each([
    ['V1 (official, URL verification)', v1, 'c41b64491c2468d0'],
    ['V2 (official, XML message)', v2, '0960688932c47ef1'],
    ['V3 (official, JSON message)', v3, 'EDH75AiKExevY8L3'],
  ] as const)('%s opens and seals again byte for byte', (_name, { signed, message }, random) => {
    expect(open(app, signed, at(Number(signed.timestamp)))).toBe(message);
    const { timestamp, nonce } = signed;
    expect(seal(app, message, { timestamp, nonce }, Buffer.from(random))).toEqual({
      encrypted: signed.encrypted,
      signature: signed.signature,
    });
  });

  it('V2: ids stay the strings they are', () => {
    expect(readXml(v2.message)).toMatchObject({ MsgId: '4561255354251345929', AgentID: '218', CreateTime: '1409659813' });
  });

  it('V4 (official, JS-SDK signature)', () => {
    const ticket = 'sM4AOVdWfPE4DxkXGEs8VMCPGGVi4C3VM0P37wVUCFvkVAy_90u5h9nbSlYy3-Sl-HhTdfl2fzFy1AOcHKP7qg';
    const { signature } = getJsApiSignature({
      url: 'http://mp.weixin.qq.com?params=value',
      ticket,
      nonceStr: 'Wm3WZYTPz0wzccnW',
      timestamp: '1414587457',
    });
    expect(signature).toBe('0f9de62fce790f9a083d5c99e95740ceb90c27ed');
  });

  it('V5 (ours, AI bot with an empty receiver) both ways', () => {
    const random = Buffer.from('0123456789abcdef');
    expect(seal(bot, v5.message, v5.stamp, random)).toEqual({ encrypted: v5.encrypted, signature: v5.signature });
    expect(seal(bot, v5.reply, v5.stamp, random)).toEqual({ encrypted: v5.replyEncrypted, signature: v5.replySignature });
    expect(open(bot, { ...v5.stamp, signature: v5.signature, encrypted: v5.encrypted }, at(1_641_002_400))).toBe(v5.message);
  });
});

describe('the vectors over HTTP', () => {
  let door: Door;
  afterEach(() => door.close());
  const clockAt = (seconds: number): ShiftableClock => {
    const clock = new ShiftableClock();
    clock.moveTo(at(seconds));
    return clock;
  };
  const query = ({ signature, timestamp, nonce }: typeof v1.signed, more: Record<string, string> = {}): string =>
    new URLSearchParams({ msg_signature: signature, timestamp, nonce, ...more }).toString();

  it('V1: the URL check is answered with the 19 digits and nothing else', async () => {
    door = await openDoor(clockAt(1_409_659_589));
    const response = await fetch(`${door.url}/wecom/app?${query(v1.signed, { echostr: v1.signed.encrypted })}`);
    expect(response.status).toBe(200);
    expect(Buffer.from(await response.arrayBuffer()).toString('hex')).toBe(Buffer.from(v1.message).toString('hex'));
  });

  it('V2: the XML message reaches the inbox with its 64-bit id intact', async () => {
    door = await openDoor(clockAt(1_409_659_813));
    const body = `<xml><ToUserName><![CDATA[${corpId}]]></ToUserName><AgentID>218</AgentID><Encrypt><![CDATA[${v2.signed.encrypted}]]></Encrypt></xml>`;
    const response = await fetch(`${door.url}/wecom/app?${query(v2.signed)}`, { method: 'POST', body });
    expect(response.status).toBe(200);
    expect(door.received).toEqual([
      {
        platform: 'wecom',
        channel: 'app',
        body: 'yunchuan',
        eventId: '4561255354251345929',
        senderId: 'mycreate',
        chat: { kind: 'private', id: 'mycreate' },
        text: 'hello',
      },
    ]);
  });

  it('V5: the bot message reaches the inbox; the answer opens with the same key and nonce', async () => {
    const api = await startWecomApi();
    api.script['/cgi-bin/batch/openuserid_to_userid'] = [{ errcode: 0, userid_list: [], invalid_open_userid_list: ['USERID'] }];
    door = await openDoor(clockAt(1_641_002_400), { apiBase: api.url });
    const url = `${door.url}/wecom/bot?${new URLSearchParams({ msg_signature: v5.signature, ...v5.stamp }).toString()}`;
    const response = await fetch(url, { method: 'POST', body: JSON.stringify({ encrypt: v5.encrypted }) });
    expect(response.status).toBe(200);
    const reply = (await response.json()) as { encrypt: string; msgsignature: string; timestamp: number; nonce: string };
    expect(reply.nonce).toBe('nonce1');
    const plain = open(
      bot,
      { signature: reply.msgsignature, timestamp: String(reply.timestamp), nonce: reply.nonce, encrypted: reply.encrypt },
      at(1_641_002_400),
    );
    expect(JSON.parse(plain)).toMatchObject({ msgtype: 'stream', stream: { finish: true, content: '已记录' } });
    expect(door.received).toMatchObject([{ eventId: 'm1', senderId: 'USERID', text: '@RobotA /记录 走访' }]);
    await api.close();
  });
});
