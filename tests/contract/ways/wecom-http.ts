import { ShiftableClock } from '../../../src/foundation/clock';
import { open as openEnvelope } from '../../../src/transports/wecom/envelope';
import { readXml } from '../../../src/transports/wecom/xml';
import { startWecomApi, type WecomApi } from '../../helpers/wecom-api';
import { aesKey, botJson, corpId, type Door, openDoor, secondsOf, signed, token } from '../../helpers/wecom-door';
import type { Arrived, Line, Mood, OpenWay, Way } from './way';

const sendPath = '/cgi-bin/message/send';
const replyPath = '/cgi-bin/aibot/response';

const bytes = (text: string): number => Buffer.byteLength(text);

function script(api: WecomApi, mood: Mood): void {
  const answers = { acts: [], refuses: [{ errcode: 60011 }], hangs: ['hang' as const], 'is busy': [{ errcode: 45009 }] };
  for (const path of [sendPath, replyPath]) api.script[path] = answers[mood];
}

function arrivedIn(api: WecomApi): Arrived[] {
  return [...api.of(sendPath), ...api.of(replyPath)].map(({ path, json }) => {
    const kind = String(json['msgtype']);
    const part = json[kind] as Record<string, string>;
    const text = part['content'] ?? '';
    return { to: path === replyPath ? 'late' : String(json['touser']), text, bytes: bytes(text), mentions: [] };
  });
}

/** What both ways of WeCom's HTTP share: the house behind its door, and a scripted API beside it. */
async function house(): Promise<{
  api: WecomApi;
  door: Door;
  clock: ShiftableClock;
  common: Omit<OpenWay, 'deliver' | 'distrusted' | 'oversized'>;
}> {
  const clock = new ShiftableClock();
  clock.moveTo(new Date('2026-09-23T10:11:00+08:00'));
  const api = await startWecomApi();
  api.script['/cgi-bin/batch/openuserid_to_userid'] = [{ errcode: 0, userid_list: [], invalid_open_userid_list: ['zhoulan'] }];
  const door = await openDoor(clock, { apiBase: api.url });
  const common = {
    clock,
    received: door.received,
    answers: (answer: Door['answer']) => void (door.answer = answer),
    sender: door.wecom.sender,
    mostBytes: 2_048,
    acting: /<@[^>]*>|<font|\]\(https?:|<a /u,
    press: async () => null,
    mood: (mood: Mood) => script(api, mood),
    arrived: () => arrivedIn(api),
    async close() {
      await door.close();
      await api.close();
    },
  };
  return { api, door, clock, common };
}

async function post(url: string, body: string): Promise<{ status: number; text: string }> {
  const response = await fetch(url, { method: 'POST', body });
  return { status: response.status, text: await response.text() };
}

const refused = ({ status, text }: { status: number; text: string }): 'refused' => {
  if (status !== 403 || text.includes('已记录')) throw new Error(`the forger heard ${status} ${text}`);
  return 'refused';
};

export const wecomBotHttp: Way = {
  name: 'WeCom bot, HTTP',
  platform: 'wecom',
  person: 'zhoulan',
  group: 'wrCHAT',
  cannot: { person: 'a passive reply documents no @ (wecom.md 1)', buttons: 'see its own suite' },
  async open() {
    const { api, door, clock, common } = await house();
    const knock = (json: string, more: { token?: string } = {}) => {
      const { encrypted, query } = signed(json, { timestamp: secondsOf(clock), nonce: `n${performance.now()}`, ...more });
      return post(`${door.url}/wecom/bot?${query.toString()}`, JSON.stringify({ encrypt: encrypted }));
    };
    const said = ({ text, group, event }: Line): string =>
      botJson({
        msgid: event,
        chattype: group ? 'group' : 'single',
        ...(group ? {} : { chatid: undefined }),
        text: { content: group ? `@政协小助手 ${text}` : text },
        response_url: `${api.url}${replyPath}?response_code=c-${encodeURIComponent(event)}`,
      });
    return {
      ...common,
      async deliver(line) {
        const { text } = await knock(said(line));
        if (!text.startsWith('{')) return null;
        const reply = JSON.parse(text) as { encrypt: string; msgsignature: string; timestamp: number; nonce: string };
        const { encrypt: encrypted, msgsignature: signature, timestamp, nonce } = reply;
        const plain = openEnvelope(
          { token, aesKey, receiver: '' },
          { signature, timestamp: String(timestamp), nonce, encrypted },
          clock.now(),
        );
        return (JSON.parse(plain) as { stream: { content: string } }).stream.content;
      },
      distrusted: async () => refused(await knock(said({ text: '/记录 走访', group: true, event: 'forged' }), { token: 'NotTheToken' })),
      oversized: async () => void (await knock(said({ text: '长'.repeat(400_000), group: true, event: 'huge' }))),
    };
  },
};

export const wecomApp: Way = {
  name: 'WeCom app',
  platform: 'wecom',
  person: 'zhoulan',
  group: 'wrCHAT',
  cannot: {
    group: 'an app hears nothing of ordinary groups (wecom.md 1)',
    mention: 'no groups, no mentions (wecom.md 1)',
    privately: 'no groups (wecom.md 1)',
    late: 'an app has no one-shot address: late answers are private messages (wecom.md 2.7)',
    person: 'no groups (wecom.md 1)',
    buttons: 'see its own suite',
  },
  async open() {
    const { door, clock, common } = await house();
    const knock = ({ text, event }: Line, more: { token?: string } = {}) => {
      const fields = `<MsgType><![CDATA[text]]></MsgType><Content><![CDATA[${text}]]></Content><MsgId>${event}</MsgId>`;
      const head = `<ToUserName><![CDATA[${corpId}]]></ToUserName><FromUserName><![CDATA[zhoulan]]></FromUserName><CreateTime>1</CreateTime>`;
      const { encrypted, query } = signed(`<xml>${head}${fields}<AgentID>218</AgentID></xml>`, {
        receiver: corpId,
        timestamp: secondsOf(clock),
        nonce: `n${performance.now()}`,
        ...more,
      });
      const body = `<xml><ToUserName><![CDATA[${corpId}]]></ToUserName><AgentID>218</AgentID><Encrypt><![CDATA[${encrypted}]]></Encrypt></xml>`;
      return post(`${door.url}/wecom/app?${query.toString()}`, body);
    };
    return {
      ...common,
      async deliver(line) {
        const outer = readXml((await knock(line)).text);
        if (!outer['Encrypt']) return null;
        const sealed = { encrypted: outer['Encrypt'], signature: outer['MsgSignature'] ?? '', nonce: outer['Nonce'] ?? '' };
        const plain = openEnvelope({ token, aesKey, receiver: corpId }, { ...sealed, timestamp: outer['TimeStamp'] ?? '' }, clock.now());
        return readXml(plain)['Content'] ?? null;
      },
      distrusted: async () => refused(await knock({ text: '/记录 走访', group: false, event: '1' }, { token: 'NotTheToken' })),
      oversized: async () => void (await knock({ text: '长'.repeat(400_000), group: false, event: '2' })),
    };
  },
};
