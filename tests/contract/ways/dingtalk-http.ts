import { ShiftableClock } from '../../../src/foundation/clock';
import { type ApiCall, type DingtalkApi, paths, startDingtalkApi } from '../../helpers/dingtalk-api';
import { type Door, knock, openDoor, robotJson, signedHeaders } from '../../helpers/dingtalk-door';
import type { Arrived, Line, Mood, Way } from './way';

const group = 'cidGROUP==';
const webhook = '/robot/send';

const answersOf = {
  acts: [],
  refuses: [{ status: 400, json: { code: 'staffId.notExisted', message: 'not existed' } }],
  hangs: ['hang' as const],
  'is busy': [{ status: 429, json: { code: 'Forbidden.AccessDenied.QpsLimitForApi', message: 'qps' } }],
};

/** The words, and the mentions beside them, in any of the forms we send. */
function arrivedAs({ path, json }: ApiCall): Arrived {
  const param = path === paths.send ? (JSON.parse(String(json['msgParam'])) as { content: string }) : null;
  const text = param?.content ?? (json['text'] as { content: string }).content;
  const at = json['at'] as { atUserIds: string[] } | undefined;
  const to = path === paths.send ? String((json['userIds'] as string[])[0]) : path === webhook ? group : 'late';
  return { to, text, bytes: Buffer.byteLength(JSON.stringify({ content: text })), mentions: at?.atUserIds ?? [] };
}

const arrivedIn = (api: DingtalkApi): Arrived[] => [paths.send, paths.session, webhook].flatMap((path) => api.of(path).map(arrivedAs));

/** What stands in a response: the words, and the line that the first button says. */
function heardIn(response: string): { text: string | null; says: string | null } {
  const { text, actionCard } = JSON.parse(response) as { text?: { content: string }; actionCard?: { text: string } };
  const link = /dtmd:\/\/dingtalkclient\/sendMessage\?content=([^"]+)/u.exec(response)?.[1];
  return { text: text?.content ?? actionCard?.text ?? null, says: link ? decodeURIComponent(link) : null };
}

export const dingtalkHttp: Way = {
  name: 'DingTalk, HTTP',
  platform: 'dingtalk',
  person: 'dt-zhoulan',
  group,
  cannot: {},
  async open() {
    const clock = new ShiftableClock();
    clock.moveTo(new Date('2026-09-23T10:11:00+08:00'));
    const api = await startDingtalkApi();
    const groupWebhooks = new Map([[group, { url: `${api.url}${webhook}?access_token=t`, secret: 'SECsecret' }]]);
    const door = await openDoor(clock, { apiBase: api.url, sessionBase: api.url, groupWebhooks });
    let frames = 0;
    let button: string | null = null;
    const json = ({ text, group, event }: Line): object =>
      robotJson({
        msgId: event,
        conversationType: group ? '2' : '1',
        text: { content: group ? ` ${text}` : text },
        createAt: clock.now().getTime() + ++frames,
        sessionWebhook: `${api.url}${paths.session}?session=s-${encodeURIComponent(event)}`,
        sessionWebhookExpiredTime: clock.now().getTime() + 3_600_000,
      });
    const deliver = async (line: Line): Promise<string | null> => {
      const heard = heardIn((await knock(door.url, json(line), signedHeaders(clock.now()))).text);
      button = heard.says;
      return heard.text;
    };
    return {
      clock,
      received: door.received,
      answers: (answer: Door['answer']) => void (door.answer = answer),
      sender: door.dingtalk.sender,
      mostBytes: 15_000,
      acting: /@|https?:\/\//u,
      mood: (mood: Mood) => {
        for (const path of [paths.send, paths.session]) api.script[path] = [...answersOf[mood]];
        api.script[webhook] = [{ json: { errcode: 0, errmsg: 'ok' } }];
      },
      arrived: () => arrivedIn(api),
      deliver,
      // The client says the line in that chat as if it had been typed.
      press: () => deliver({ text: button ?? '', group: false, event: `pressed${++frames}` }),
      async distrusted() {
        const { status, text } = await knock(
          door.url,
          json({ text: '/记录 走访', group: true, event: 'forged' }),
          signedHeaders(clock.now(), 'x'),
        );
        if (status !== 403 || text.includes('已记录')) throw new Error(`the forger heard ${status} ${text}`);
        return 'refused';
      },
      oversized: async () =>
        void (await knock(door.url, json({ text: '长'.repeat(400_000), group: true, event: 'huge' }), signedHeaders(clock.now()))),
      async close() {
        await door.close();
        await api.close();
      },
    };
  },
};
