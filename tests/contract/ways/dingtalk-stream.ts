import type { DingtalkCall } from '../../../packages/chat-simulator/dingtalk/api-calls';
import { type Door, openDoor } from '../../helpers/dingtalk-door';
import { app, startDingtalkScene } from '../../helpers/dingtalk-stage';
import { until } from '../../helpers/wait';
import { type Arrived, type Line, type Mood, type OpenWay, type Way } from './way';

const person = 'dt-zhoulan';
const group = 'cidALL==';
const paths = { send: '/v1.0/robot/oToMessages/batchSend', session: '/robot/sendBySession', webhook: '/robot/send' } as const;

/** The words, and the mentions beside them, of one call. */
function arrivedAs({ path, body }: DingtalkCall): Arrived[] {
  if (!body || !Object.values<string>(paths).includes(path)) return [];
  const param = path === paths.send ? (JSON.parse(String(body['msgParam'])) as { content?: string }) : null;
  const text = param?.content ?? (body['text'] as { content: string } | undefined)?.content ?? '';
  const at = body['at'] as { atUserIds: string[] } | undefined;
  const to = path === paths.send ? String((body['userIds'] as string[])[0]) : path === paths.webhook ? group : 'late';
  return [{ to, text, bytes: Buffer.byteLength(JSON.stringify({ content: text })), mentions: at?.atUserIds ?? [] }];
}

/** Over the simulated gateway: what the platform pushes is acked, and the answer goes to the message's session. */
export const dingtalkStream: Way = {
  name: 'DingTalk, Stream',
  platform: 'dingtalk',
  person,
  group,
  refused: 'dt-nobody',
  cannot: {},
  async open(): Promise<OpenWay> {
    const webhooks = [{ accessToken: 't', chatId: group, secret: 'SECsecret' }];
    // No point asks how fast may be sent: neither side of the way counts.
    const scene = await startDingtalkScene({ mode: 'stream', webhooks, callsPerSecond: 1_000 });
    const { simulator, clock } = scene;
    const { apiBase } = simulator;
    let later = 0;
    const stream = { changes: { receive: async () => undefined }, steady: () => performance.now() + later, tickMs: 10 };
    const groupWebhooks = new Map([[group, { url: `${apiBase}${paths.webhook}?access_token=t`, secret: 'SECsecret' }]]);
    const ours = { ...app, robotCode: app.clientId, apiBase, sessionBase: apiBase, groupWebhooks, stream };
    const door = await openDoor(clock, ours);
    const connection = door.dingtalk.stream;
    if (!connection) throw new Error('no Stream');
    connection.start();
    const live = (): Promise<void> => until('one connection is live', () => connection.live && simulator.stream.live === 1);
    await live();

    const said = new Set<string>();
    let answer: Door['answer'] = async () => null;
    // As the inbox does where nothing can be answered in the response: at the message's own address, once per event.
    door.answer = async (incoming) => {
      const words = await answer(incoming);
      const { body, platform, lateReply, senderId, chat, eventId } = incoming;
      const to = { lateReply: lateReply?.url ?? '', orUserId: senderId, ...(chat.kind === 'private' ? { inPrivate: true as const } : {}) };
      if (words && !said.has(eventId)) await door.dingtalk.sender.send({ body, platform, to, format: 'markdown', asked: true, ...words });
      said.add(eventId);
      return null;
    };
    const bubbles = (alone: boolean): string[] =>
      (alone ? simulator.privateMessages(person) : simulator.groupMessages(group)).flatMap(({ from, text }) =>
        from === 'bot' ? [text] : [],
      );
    const answered = async (alone: boolean, act: () => Promise<unknown>): Promise<string | null> => {
      const before = bubbles(alone).length;
      await act();
      await until('the answer is shown', () => bubbles(alone).length > before);
      return bubbles(alone).at(-1) ?? null;
    };
    const deliver = async ({ text, group: inGroup, event }: Line): Promise<string | null> => {
      const message = { from: person, chat: inGroup ? group : 'private', text: inGroup ? `@${app.robotName} ${text}` : text, msgId: event };
      if (!said.has(event)) return answered(!inGroup, () => simulator.say(message));
      await simulator.deliverAgain(event);
      return bubbles(!inGroup).at(-1) ?? null;
    };
    const moods: Record<Mood, () => void> = {
      acts: () => simulator.faults.clear(),
      refuses: () => simulator.faults.clear(),
      'is busy': () => simulator.faults.api('rate-limited', { path: paths.send }),
      hangs: () => simulator.faults.api('lost-after', { path: paths.send, times: 2 }),
    };
    return {
      clock,
      received: door.received,
      answers: (next) => void (answer = next),
      deliver,
      press: () => answered(true, () => simulator.press({ from: person, chat: 'private', label: '报名' })),
      async distrusted() {
        for (const text of ['{"type":', '[]', '{"specVersion":"1.0","type":"CALLBACK","headers":{},"data":"{}"}'])
          simulator.stream.raw(text);
        await live();
        return 'refused';
      },
      async oversized() {
        const before = simulator.stream.asked;
        simulator.stream.raw('长'.repeat(2_000_000));
        await until('the connection is given up and asked for anew', () => {
          later += 1_000;
          return simulator.stream.asked > before;
        });
        await live();
      },
      sender: door.dingtalk.sender,
      mostBytes: 15_000,
      acting: /@|https?:\/\//u,
      mood: (mood) => moods[mood](),
      arrived: () => simulator.calls.flatMap(arrivedAs),
      async close() {
        await connection.stop();
        await door.close();
        await scene.close();
      },
    };
  },
};
