import { type Delivery, type Simulator, startSimulator } from '../../packages/chat-simulator';
import type { SimulatorClock } from '../../packages/chat-simulator/options';
import type { House } from '../../src/cli/house';
import { ShiftableClock } from '../../src/foundation/clock';
import type { Tempo } from '../../src/transports/ways';
import { closeHouse, openHouse } from './open-house';
import { body, groups, roster } from './roster';
import { until } from './wait';

export const secrets = {
  BODY_ID: body.id,
  WECOM_CORP_ID: 'demoTOWN0001',
  WECOM_BOT_ID: 'aibTOWN',
  WECOM_BOT_MENTIONS: body.mentions.join(','),
  WECOM_BOT_TOKEN: 'townBotToken',
  WECOM_BOT_AES_KEY: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C',
  WECOM_APP_AGENT_ID: '1000002',
  WECOM_APP_SECRET: 'townAppSecret-townAppSecret-townAppSecret',
  WECOM_APP_TOKEN: 'townAppToken',
  WECOM_APP_AES_KEY: 'aWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C',
};

const contacts = { WECOM_CONTACTS_TOKEN: 'townContactsToken', WECOM_CONTACTS_AES_KEY: 'cWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C' };
const botSecret = 'townBotSecret-townBotSecret-townBotSecret';
const { WECOM_BOT_TOKEN: _token, WECOM_BOT_AES_KEY: _aesKey, ...withoutCallback } = secrets;

/** The same tenant with its bot on the long connection instead of the callback. */
export const socketSecrets = (socketUrl: string) => ({
  ...withoutCallback,
  WECOM_BOT_SECRET: botSecret,
  WECOM_BOT_SOCKET_URL: socketUrl,
});

interface TownOptions {
  redisUrl?: string;
  mongodbUri?: string;
  /** The work group is not bound yet. */
  newGroup?: boolean;
  /** The bot comes by long connection. */
  longConnection?: boolean;
  /** The contact-sync helper tells what happens to the company's people. */
  contacts?: boolean;
  /** How long the simulated client waits for an answer before it counts as silence. */
  answerWithinMs?: number;
  tempo?: Tempo;
}

export interface Town {
  simulator: Simulator;
  house: House;
  clock: ShiftableClock;
  /** What a member types in the work group; resolves with what the bot answers there, null for nothing. */
  says(name: string, text: string, options?: { mention?: boolean; quote?: string; times?: number }): Promise<string | null>;
  /** What a member types to the bot in private. */
  whispers(name: string, text: string): Promise<string | null>;
  /** Texts that reached a member's private chat from the app, oldest first. */
  inbox(name: string): string[];
  /** Lets time pass until a local moment: the scheduled jobs run, then what is due is sent, until nothing more is. */
  wait(until: string): Promise<void>;
  /** Lets the ledger send what is due. */
  deliver(): Promise<void>;
  close(): Promise<void>;
}

export const userIdOf = (name: string): string => {
  const userId = roster.find((member) => member.name === name)?.identities[0]?.userId;
  if (!userId) throw new Error(`nobody is called ${name}`);
  return userId;
};

interface Played {
  faults?: string[];
  retryDelayMs?: number;
  longConnection?: boolean;
  contacts?: boolean;
  answerWithinMs?: number;
  /** Awaited before the platform delivers anything once more. */
  againWhen?: () => Promise<unknown>;
  /** With the chat page, and where the product's own pages stand. */
  page?: { pages: string; title: string };
}

/** Plays WeCom for `roster` with callbacks to `webhook`. */
export function townSimulator(clock: SimulatorClock, webhook: () => string, options: Played = {}): Promise<Simulator> {
  return startSimulator({
    clock,
    corpId: secrets.WECOM_CORP_ID,
    webhook,
    bot: {
      token: secrets.WECOM_BOT_TOKEN,
      aesKey: secrets.WECOM_BOT_AES_KEY,
      botId: secrets.WECOM_BOT_ID,
      name: '政协小助手',
      alsoNamed: ['履职助手', '联络小秘'],
      ...(options.longConnection ? { secret: botSecret, responseUrls: false } : {}),
    },
    app: {
      token: secrets.WECOM_APP_TOKEN,
      aesKey: secrets.WECOM_APP_AES_KEY,
      agentId: secrets.WECOM_APP_AGENT_ID,
      secret: secrets.WECOM_APP_SECRET,
    },
    ...(options.contacts ? { contacts: { token: contacts.WECOM_CONTACTS_TOKEN, aesKey: contacts.WECOM_CONTACTS_AES_KEY } } : {}),
    people: [
      ...roster.map((member) => ({ userId: member.identities[0]!.userId, name: member.name })),
      { userId: 'stranger', name: '陌生人' },
    ],
    groups: groups.map((group) => ({ ...group, members: [...group.members, 'stranger'] })),
    retryDelayMs: options.retryDelayMs ?? 100,
    ...(options.againWhen ? { againWhen: options.againWhen } : {}),
    ...(options.answerWithinMs ? { answerWithinMs: options.answerWithinMs } : {}),
    onFault: (line) => void options.faults?.push(line),
    ...(options.page ?? { page: false }),
  });
}

/** Runs the clock in steps of half an hour, nights in one step; at each the jobs look and what is due is sent. */
export async function passTime({ house, clock }: { house: House; clock: ShiftableClock }, until: Date): Promise<void> {
  const hour = 3_600_000;
  for (let at = clock.now().getTime(); at < until.getTime(); ) {
    const localHour = new Date(at + 8 * hour).getUTCHours();
    at += localHour >= 19 || localHour < 7 ? hour : hour / 2;
    clock.moveTo(new Date(Math.min(at, until.getTime())));
    if (localHour >= 19 || localHour < 7) continue;
    for (const job of house.app.jobs) await job.run({ body: body.id, occasion: 'test' });
    await house.app.outbox.deliverDue(body.id);
  }
}

/** The work group of everybody is bound, as after a first day of use. */
export async function bindWorkGroup(house: House, platform: 'wecom' | 'dingtalk', chatId: string, clock: ShiftableClock): Promise<void> {
  await house.app.features.organisation.chatGroups.bind(body.id, { platform, chatId, sectors: [] }, { by: 'S0001', at: clock.now() });
}

/** The whole product over truly encrypted payloads, with a small roster and a clock of its own. `now`: local time in Shanghai. */
export async function startTown(now: string, options: TownOptions = {}): Promise<Town> {
  const clock = new ShiftableClock();
  clock.moveTo(new Date(`${now}+08:00`));
  const faults: string[] = [];
  const running: { house?: House } = {};
  // By callback silence is an answer too, and nobody waits for it; over the long connection it can only be waited for.
  const answerWithinMs = options.answerWithinMs ?? (options.longConnection ? 10_000 : 60_000);
  const webhook = (): string => `http://127.0.0.1:${running.house?.web?.port}`;
  const simulator = await townSimulator(clock, webhook, { ...options, answerWithinMs, faults });
  const settings = {
    ...(options.longConnection ? socketSecrets(simulator.socketUrl) : secrets),
    ...(options.contacts ? contacts : {}),
    WECOM_API_BASE: simulator.apiBase,
  };
  const { mongodbUri, redisUrl, tempo } = options;
  const services = { ...(mongodbUri ? { mongodbUri } : {}), ...(redisUrl ? { redisUrl } : {}), ...(tempo ? { tempo } : {}) };
  const house = await openHouse({ settings, clock }, { ...services, longConnections: true });
  running.house = house;
  if (options.longConnection) await until('the bot is connected', () => simulator.longConnection.connected);
  if (!options.newGroup) await bindWorkGroup(house, 'wecom', 'wrALL', clock);
  const answer = ({ answer: said }: Delivery): string | null => said;
  return {
    simulator,
    house,
    clock,
    says: async (name, text, more) =>
      answer(await simulator.say({ from: name === '陌生人' ? 'stranger' : userIdOf(name), chat: 'wrALL', text, ...more })),
    whispers: async (name, text) => answer(await simulator.say({ from: userIdOf(name), chat: 'private', text })),
    inbox: (name) =>
      simulator
        .privateMessages(userIdOf(name))
        .filter((message) => message.from !== userIdOf(name))
        .map((message) => message.text),
    wait: (moment) => passTime({ house, clock }, new Date(`${moment}+08:00`)),
    deliver: async () => void (await house.app.outbox.deliverDue(body.id)),
    async close() {
      await closeHouse(house);
      await simulator.close();
      if (faults.length > 0) throw new Error(`the simulator saw faults:\n${faults.join('\n')}`);
    },
  };
}
