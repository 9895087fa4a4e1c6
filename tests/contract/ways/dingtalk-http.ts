import { ShiftableClock } from '../../../src/foundation/clock';
import { paths, startDingtalkApi } from '../../helpers/dingtalk-api';
import { type Door, knock, openDoor, robotJson, signedHeaders } from '../../helpers/dingtalk-door';
import type { Arrived, Line, Mood, Way } from './way';

const answersOf = {
  acts: [],
  refuses: [{ status: 400, json: { code: 'staffId.notExisted', message: 'not existed' } }],
  hangs: ['hang' as const],
  'is busy': [{ status: 429, json: { code: 'Forbidden.AccessDenied.QpsLimitForApi', message: 'qps' } }],
};

export const dingtalkHttp: Way = {
  name: 'DingTalk, HTTP',
  platform: 'dingtalk',
  person: 'dt-zhoulan',
  group: 'cidGROUP==',
  cannot: { person: 'see its own suite', buttons: 'see its own suite' },
  async open() {
    const clock = new ShiftableClock();
    clock.moveTo(new Date('2026-09-23T10:11:00+08:00'));
    const api = await startDingtalkApi();
    const door = await openDoor(clock, { apiBase: api.url, sessionBase: api.url });
    let frames = 0;
    const json = ({ text, group, event }: Line): object =>
      robotJson({
        msgId: event,
        conversationType: group ? '2' : '1',
        text: { content: group ? ` ${text}` : text },
        createAt: clock.now().getTime() + ++frames,
        sessionWebhook: `${api.url}${paths.session}?session=s-${encodeURIComponent(event)}`,
        sessionWebhookExpiredTime: clock.now().getTime() + 3_600_000,
      });
    const textOf = (call: { path: string; json: Record<string, unknown> }): string =>
      call.path === paths.session
        ? (call.json['text'] as { content: string }).content
        : (JSON.parse(String(call.json['msgParam'])) as { content: string }).content;
    return {
      clock,
      received: door.received,
      answers: (answer: Door['answer']) => void (door.answer = answer),
      sender: door.dingtalk.sender,
      mostBytes: 15_000,
      acting: /@|https?:\/\//u,
      mood: (mood: Mood) => {
        for (const path of [paths.send, paths.session]) api.script[path] = [...answersOf[mood]];
      },
      arrived: (): Arrived[] =>
        [...api.of(paths.send), ...api.of(paths.session)].map((call) => {
          const to = call.path === paths.session ? 'late' : String((call.json['userIds'] as string[])[0]);
          return { to, text: textOf(call), bytes: Buffer.byteLength(JSON.stringify({ content: textOf(call) })), mentions: [], buttons: [] };
        }),
      async deliver(line) {
        const { text } = await knock(door.url, json(line), signedHeaders(clock.now()));
        const heard = JSON.parse(text) as { msgtype: string; text?: { content: string } };
        return heard.text?.content ?? null;
      },
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
