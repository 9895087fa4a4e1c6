import { ShiftableClock } from '../../../src/foundation/clock';
import { open as openEnvelope } from '../../../src/transports/wecom/envelope';
import { readXml } from '../../../src/transports/wecom/xml';
import { until } from '../../helpers/wait';
import { startWecomApi, type WecomApi } from '../../helpers/wecom-api';
import { aesKey, botJson, corpId, type Door, openDoor, secondsOf, signed, token } from '../../helpers/wecom-door';
import type { Line, Mood, OpenWay, Way } from './way';
import { acting, arrivedIn, convertPath, groupWebhooks, heardOf, replyPath, sendPath, setMood, updatePath } from './wecom-common';

type Shared = Omit<OpenWay, 'deliver' | 'distrusted' | 'oversized' | 'press'>;

/** What both ways of WeCom's HTTP share: the house behind its door, and a scripted API beside it. */
async function house(): Promise<{ api: WecomApi; door: Door; clock: ShiftableClock; shared: Shared }> {
  const clock = new ShiftableClock();
  clock.moveTo(new Date('2026-09-23T10:11:00+08:00'));
  const api = await startWecomApi();
  api.script[convertPath] = [{ errcode: 0, userid_list: [], invalid_open_userid_list: ['zhoulan'] }];
  const door = await openDoor(clock, { apiBase: api.url, groupWebhooks });
  const shared = {
    clock,
    received: door.received,
    answers: (answer: Door['answer']) => void (door.answer = answer),
    sender: door.wecom.sender,
    mostBytes: 2_048,
    acting,
    mood: (mood: Mood) => setMood(api, mood),
    arrived: () => arrivedIn(api),
    async close() {
      await door.close();
      await api.close();
    },
  };
  return { api, door, clock, shared };
}

interface Heard {
  status: number;
  text: string;
}

async function post(url: string, body: string): Promise<Heard> {
  const response = await fetch(url, { method: 'POST', body });
  return { status: response.status, text: await response.text() };
}

const refused = ({ status, text }: Heard): 'refused' => {
  if (status !== 403 || text.includes('已记录')) throw new Error(`the forger heard ${status} ${text}`);
  return 'refused';
};

export const wecomBotHttp: Way = {
  name: 'WeCom bot, HTTP',
  platform: 'wecom',
  person: 'zhoulan',
  group: 'wrCHAT',
  cannot: {},
  async open() {
    const { api, door, clock, shared } = await house();
    let key: string | null = null;
    let frames = 0;
    const knock = (json: string, more: { token?: string } = {}): Promise<Heard> => {
      const { encrypted, query } = signed(json, { timestamp: secondsOf(clock), nonce: `n${++frames}`, ...more });
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
    const heard = ({ text }: Heard): string | null => {
      if (!text.startsWith('{')) return null;
      const reply = JSON.parse(text) as { encrypt: string; msgsignature: string; timestamp: number; nonce: string };
      const { encrypt: encrypted, msgsignature: signature, timestamp, nonce } = reply;
      const envelope = { signature, timestamp: String(timestamp), nonce, encrypted };
      const plain = openEnvelope({ token, aesKey, receiver: '' }, envelope, clock.now());
      const said = heardOf(JSON.parse(plain) as Record<string, unknown>);
      key = said.key ?? key;
      return said.text;
    };
    const pressed = (): string =>
      botJson({
        msgid: `pressed${++frames}`,
        msgtype: 'event',
        text: undefined,
        event: { eventtype: 'template_card_event', template_card_event: { event_key: key, task_id: 't1' } },
      });
    return {
      ...shared,
      deliver: async (line) => heard(await knock(said(line))),
      press: async () => heard(await knock(pressed())),
      distrusted: async () => refused(await knock(said({ text: '/记录 走访', group: true, event: 'forged' }), { token: 'NotTheToken' })),
      oversized: async () => void (await knock(said({ text: '长'.repeat(400_000), group: true, event: 'huge' }))),
    };
  },
};

const cdata = (fields: Record<string, string>): string =>
  Object.entries(fields)
    .map(([name, value]) => `<${name}><![CDATA[${value}]]></${name}>`)
    .join('');

export const wecomApp: Way = {
  name: 'WeCom app',
  platform: 'wecom',
  person: 'zhoulan',
  group: 'wrCHAT',
  cannot: {
    group: 'an app hears nothing of ordinary groups',
    mention: 'no groups, no mentions',
    privately: 'no groups',
    late: 'an app has no one-shot address: late answers are private messages',
    person: 'an app hears nothing of ordinary groups, and the webhook of a group belongs to the bot’s row',
  },
  async open() {
    const { api, door, clock, shared } = await house();
    let frames = 0;
    const knock = (fields: Record<string, string>, more: { token?: string } = {}): Promise<Heard> => {
      const head = { ToUserName: corpId, FromUserName: 'zhoulan', CreateTime: '1', AgentID: '218' };
      const { encrypted, query } = signed(`<xml>${cdata({ ...head, ...fields })}</xml>`, {
        receiver: corpId,
        timestamp: secondsOf(clock),
        nonce: `n${++frames}`,
        ...more,
      });
      const body = `<xml>${cdata({ ToUserName: corpId, AgentID: '218', Encrypt: encrypted })}</xml>`;
      return post(`${door.url}/wecom/app?${query.toString()}`, body);
    };
    const said = ({ text, event }: Pick<Line, 'text' | 'event'>) => ({ MsgType: 'text', Content: text, MsgId: event });
    const heard = ({ text }: Heard): string | null => {
      const outer = text === '' ? {} : readXml(text);
      if (!outer['Encrypt']) return null;
      const sealed = { encrypted: outer['Encrypt'], signature: outer['MsgSignature'] ?? '', nonce: outer['Nonce'] ?? '' };
      const plain = openEnvelope({ token, aesKey, receiver: corpId }, { ...sealed, timestamp: outer['TimeStamp'] ?? '' }, clock.now());
      return readXml(plain)['Content'] ?? null;
    };
    /** The app shows buttons under its own messages, not under an answer; a pressed card is updated. */
    const press = async (): Promise<string | null> => {
      const card = { title: '重阳关爱', buttons: [{ label: '报名', says: '/报名 A23' }] };
      const message = { body: 'yunchuan', platform: 'wecom', to: { userId: 'zhoulan' }, format: 'text', asked: true } as const;
      await door.wecom.sender.send({ ...message, text: '已发起活动A23', card, key: 'yunchuan:announced:A23' });
      const cards = api.of(sendPath).flatMap(({ json }) => (json['template_card'] as { button_list: { key: string }[] } | undefined) ?? []);
      const fields = { MsgType: 'event', Event: 'template_card_event', EventKey: cards.at(-1)?.button_list[0]?.key ?? '', TaskId: 't1' };
      await knock({ ...fields, CardType: 'button_interaction', ResponseCode: 'rc1', CreateTime: String(++frames) });
      await until('the card is updated', () => api.of(updatePath).length > 0);
      return heardOf(api.of(updatePath).at(-1)?.json ?? null).text;
    };
    return {
      ...shared,
      deliver: async (line) => heard(await knock(said(line))),
      press,
      distrusted: async () => refused(await knock(said({ text: '/记录 走访', event: '1' }), { token: 'NotTheToken' })),
      oversized: async () => void (await knock(said({ text: '长'.repeat(400_000), event: '2' }))),
    };
  },
};
