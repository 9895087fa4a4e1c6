import type { Said } from '../../packages/chat-simulator';
import { type DingtalkCall, type DingtalkSimulator, startDingtalkSimulator } from '../../packages/chat-simulator/dingtalk';
import type { House } from '../../src/cli/house';
import { ShiftableClock } from '../../src/foundation/clock';
import type { Tempo } from '../../src/transports/ways';
import { paths } from './dingtalk-api';
import { dingtalkPeople, dingtalkSecrets, shownOnDingtalk, shownText, staffIdOf } from './dingtalk-town';
import { closeHouse, openHouse } from './open-house';
import type { Stage } from './play-dialogue';
import { body, roster } from './roster';
import { unhurried } from './tempo';
import { bindWorkGroup, passTime, secrets } from './town';
import { until } from './wait';

/** A tenant that the simulator may play: its CorpId begins with 'demo'. */
export const streamSecrets = (apiBase: string) => ({
  ...dingtalkSecrets,
  DINGTALK_CORP_ID: 'demoDINGTOWN',
  DINGTALK_MODE: 'stream',
  DINGTALK_API_BASE: apiBase,
  DINGTALK_SESSION_BASE: apiBase,
});

/** Plays DingTalk for the town, in Stream mode. */
export function streamTownSimulator(
  clock: ShiftableClock,
  faults: string[],
  timing: { redeliverAfterMs?: number; answerWithinMs?: number; callsPerSecond?: number; againWhen?: () => Promise<unknown> } = {},
): Promise<DingtalkSimulator> {
  const people = [...roster.map(({ name }) => name), '陌生人'].map((name) => ({ userId: staffIdOf(name), name }));
  return startDingtalkSimulator({
    clock,
    corpId: 'demoDINGTOWN',
    clientId: dingtalkSecrets.DINGTALK_CLIENT_ID,
    clientSecret: dingtalkSecrets.DINGTALK_CLIENT_SECRET,
    robotName: dingtalkSecrets.DINGTALK_ROBOT_NAME,
    mode: 'stream',
    people,
    groups: [{ chatId: 'cidALL==', name: '委员工作群', members: people.map(({ userId }) => userId) }],
    ...timing,
    onFault: (line) => faults.push(line),
  });
}

type Form = { msgParam?: string; userIds?: string[]; text?: { content: string }; actionCard?: { text: string } };
const bodyOf = ({ body: form }: DingtalkCall): Form => (form ?? {}) as Form;

interface StreamTown extends Stage {
  house: House;
  clock: ShiftableClock;
  simulator: DingtalkSimulator;
  /** Texts that were posted to the session of a message. */
  answers(): string[];
  close(): Promise<void>;
}

/** The whole product with the simulated DingTalk in front of it, over Stream. `now`: local time in Shanghai. */
export async function startStreamTown(
  now: string,
  { newGroup = false, tempo = unhurried }: { newGroup?: boolean; tempo?: Tempo } = {},
): Promise<StreamTown> {
  const clock = new ShiftableClock();
  clock.moveTo(new Date(`${now}+08:00`));
  const faults: string[] = [];
  const simulator = await streamTownSimulator(clock, faults, { answerWithinMs: 60_000, callsPerSecond: 1_000 });
  const settings = { BODY_ID: secrets.BODY_ID, ...streamSecrets(simulator.apiBase) };
  const house = await openHouse({ settings, clock, members: dingtalkPeople(false) }, { longConnections: true, tempo });
  await until('the robot is connected', () => simulator.stream.live === 1);
  if (!newGroup) await bindWorkGroup(house, 'dingtalk', 'cidALL==', clock);
  const called = (path: string): Form[] => simulator.calls.filter((call) => call.path === path && call.code === null).map(bodyOf);
  const answers = (): string[] => called(paths.session).map(({ text, actionCard }) => shownText(text ?? actionCard ?? {}));
  const deliver = async (): Promise<void> => void (await house.app.outbox.deliverDue(body.id));
  const inbox = house.connection.collection('inbox');
  let last = '';
  /** The line is acked when it is kept; its answer follows when it has been handled. */
  const answerTo = async (work: () => Promise<{ status: number; msgId: string }>): Promise<string | null> => {
    const before = answers().length;
    const { status, msgId } = await work();
    if (status !== 200) throw new Error(`the message was acked with ${status}`);
    last = msgId;
    const unfinished = { 'incoming.eventId': msgId, state: 'claimed' };
    await until('the message is handled', async () => (await inbox.countDocuments(unfinished)) === 0);
    await deliver();
    return answers().slice(before).at(-1) ?? null;
  };
  const said = ({ name, private: alone, text, quote }: Parameters<Stage['hear']>[0]): Said => ({
    from: staffIdOf(name),
    chat: alone ? 'private' : 'cidALL==',
    text,
    ...(quote ? { quote } : {}),
  });
  return {
    house,
    clock,
    simulator,
    answers,
    deliver,
    hear: (line) => answerTo(() => simulator.say(said(line))),
    // The answer stands in the chat already: a redelivery adds nothing to it.
    async hearAgain() {
      if ((await answerTo(() => simulator.deliverAgain(last))) !== null) throw new Error('a redelivery was answered again');
      return answers().at(-1) ?? null;
    },
    inbox: (name) =>
      called(paths.send)
        .filter(({ userIds }) => userIds?.includes(staffIdOf(name)))
        .map(({ msgParam }) => shownText(JSON.parse(msgParam ?? '{}') as { content?: string; text?: string })),
    shown: shownOnDingtalk,
    wait: (moment) => passTime({ house, clock }, new Date(`${moment}+08:00`)),
    async close() {
      await closeHouse(house);
      await simulator.close();
      if (faults.length > 0) throw new Error(`the simulator saw faults:\n${faults.join('\n')}`);
    },
  };
}
