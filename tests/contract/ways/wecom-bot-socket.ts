import { ShiftableClock } from '../../../src/foundation/clock';
import { until } from '../../helpers/wait';
import { eventFrame, type Frame, live, messageFrame, openSocketDoor, type SocketDoor } from '../../helpers/wecom-socket';
import type { Arrived, Line, Way } from './way';
import { acting, arrivedIn, groupWebhooks, heardOf, setMood } from './wecom-common';

const answers = ['aibot_respond_msg', 'aibot_respond_update_msg'] as const;

export const wecomBotSocket: Way = {
  name: 'WeCom bot, socket',
  platform: 'wecom',
  person: 'zhoulan',
  group: 'wrCHAT',
  cannot: {},
  async open() {
    const clock = new ShiftableClock();
    clock.moveTo(new Date('2026-09-23T10:11:00+08:00'));
    const door: SocketDoor = await openSocketDoor(clock, { groupWebhooks });
    await live(door);
    let frames = 0;
    const answered = (reqId: string): Frame | undefined =>
      door.wire.frames.find(({ cmd, headers }) => headers.req_id === reqId && answers.some((each) => each === cmd));
    const heard = async (reqId: string): Promise<string | null> => {
      await until('the frame is answered', () => answered(reqId) !== undefined);
      return heardOf(answered(reqId)?.body ?? null).text;
    };
    const said = ({ text, group, event }: Line): object => ({
      msgid: event,
      ...(group ? {} : { chattype: 'single', chatid: undefined }),
      text: { content: group ? `@政协小助手 ${text}` : text },
    });
    const pushed = (): Arrived[] =>
      door.wire.of('aibot_send_msg').map(({ body }) => {
        const text = ((body['markdown'] ?? body['stream'] ?? body['text']) as { content: string } | undefined)?.content ?? '';
        return { to: String(body['chatid']), text, bytes: Buffer.byteLength(text), mentions: [] };
      });
    return {
      clock,
      received: door.received,
      answers: (answer) => void (door.answer = answer),
      sender: door.wecom.sender,
      mostBytes: 2_048,
      acting,
      mood: (mood) => setMood(door.api, mood),
      arrived: () => [...arrivedIn(door.api), ...pushed()],
      async deliver(line) {
        const reqId = `r${++frames}`;
        door.wire.send(messageFrame(reqId, said(line)));
        return heard(reqId);
      },
      async press() {
        // The buttons follow the words in a frame of their own.
        const keys = () => door.wire.of('aibot_respond_msg').flatMap(({ body }) => heardOf(body).key ?? []);
        await until('there are buttons', () => keys().length > 0);
        const key = keys().at(-1);
        const reqId = `p${++frames}`;
        door.wire.send(eventFrame(reqId, 'template_card_event', { event_key: key, task_id: 't1' }));
        return heard(reqId);
      },
      // The socket is ours and the platform's: what can come over it that is not to be trusted is nonsense.
      async distrusted() {
        const before = door.logged.length;
        door.wire.send('{"cmd":');
        door.wire.send({ cmd: 'aibot_msg_callback', headers: {}, body: { msgid: 'x' } });
        await until('the nonsense is noted', () => door.logged.length > before);
        return 'refused';
      },
      async oversized() {
        door.wire.send(messageFrame(`r${++frames}`, said({ text: '长'.repeat(400_000), group: true, event: 'huge' })));
        await until('the connection is given up', () => door.wecom.socket?.live === false);
        door.steady.jump(120_000);
        await live(door);
      },
      close: () => door.close(),
    };
  },
};
