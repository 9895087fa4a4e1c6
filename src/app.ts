import type Redis from 'ioredis';
import type { Connection } from 'mongoose';
import { type Settings, wecomIn } from '../config/schema';
import { deliverMessages } from '../jobs/deliver-messages';
import { finishMessages } from '../jobs/finish-messages';
import { finishPromotions } from '../jobs/finish-promotions';
import { planReminders, recheckReminder, reminderPurpose } from '../jobs/plan-reminders';
import { checkJobs, type ReadyJob, ready } from '../jobs/registry';
import { JobRunner } from '../jobs/runner';
import { activityCommands } from './activities/commands';
import { createActivities } from './activities/service';
import { createActivityStore } from './activities/store';
import { createDialogue, type Dialogue } from './chat/dialogue';
import { OutgoingMessages } from './chat/outgoing-messages';
import { Router, type RouterOptions } from './chat/router';
import { commonTexts } from './chat/texts';
import { type ConsoleParts, createConsole } from './console/console';
import { SessionStore } from './console/session-store';
import { completeRecord as completeRecordOf, contactCommands } from './contacts/commands';
import { createContacts } from './contacts/service';
import { createContactStore } from './contacts/store';
import type { ContactChanges } from './delivery/contact-change';
import { ContactChangesOnce } from './delivery/contact-changes-once';
import { DurableInbox } from './delivery/inbox';
import { MongoInboxStore } from './delivery/inbox-store';
import type { Inbox, Incoming, Platform, Said, Unsaid } from './delivery/incoming';
import { type KnownChats, MongoKnownChats } from './delivery/known-chats';
import { MonthlyUsage } from './delivery/monthly-usage';
import { DurableOutbox } from './delivery/outbox';
import { MongoOutboxStore } from './delivery/outbox-store';
import type { Sender } from './delivery/outgoing';
import { type Clock, type Steady, systemSteady } from './foundation/clock';
import type { Logger } from './foundation/logger';
import type { WorkingDays } from './foundation/working-days';
import { ChatGroupStore } from './organisation/chat-group-store';
import { bindingCommands } from './organisation/commands';
import { createChatGroups, createOrganisation, whereNow } from './organisation/service';
import { createOrganisationStore } from './organisation/store';
import { organisationTexts } from './organisation/texts';
import { quotaCommands } from './quotas/commands';
import { createQuotas, type Scheme } from './quotas/service';
import { createDingtalk, type Dingtalk, quotaAdvice } from './transports/dingtalk';
import type { LongConnection } from './transports/long-connection';
import type { Tempo, Ways } from './transports/ways';
import { createWecom, type Wecom, type WecomOptions } from './transports/wecom';

/** What the entries hand in: nothing here reads the environment or the clock by itself. */
export interface AppOptions {
  settings: AppSettings;
  connection: Connection;
  redis: { failFast: Redis; patient: Redis };
  clock: Clock;
  logger: Logger;
  reader: RouterOptions['reader'];
  schemes: ReadonlyMap<string, Scheme>;
  workingDays: WorkingDays;
  /** Pause of the safety net between two looks; default 3 s. */
  sweepMs?: number;
  /** For leases and silences; the system's unless a test brings its own. */
  steady?: Steady;
  tempo?: Tempo;
}

/** The part of the settings that the composition needs (config/schema.ts says what each is). */
export type AppSettings = Omit<Settings, 'NODE_ENV' | 'HOST' | 'PORT' | 'LOG_LEVEL' | 'MONGODB_URI' | 'REDIS_URL'>;

function features(options: AppOptions, reachesGroup: (platform: Platform, chatId: string) => boolean) {
  const { connection, clock, schemes } = options;
  const stores = {
    organisation: createOrganisationStore(connection),
    chatGroups: new ChatGroupStore(connection),
    contacts: createContactStore(connection),
    activities: createActivityStore(connection),
  };
  const organisation = createOrganisation(stores.organisation, clock);
  const chatGroups = createChatGroups(stores.chatGroups, clock);
  const contacts = createContacts({ store: stores.contacts, organisation });
  const activities = createActivities({ store: stores.activities, clock });
  const quotas = createQuotas({ contacts, organisation, schemes });
  const commands = [
    ...contactCommands({ contacts }),
    ...quotaCommands({ quotas, organisation, contacts }),
    ...activityCommands({ activities, organisation, chatGroups, reachesGroup }),
  ];
  const wordCommands = bindingCommands({ organisation, chatGroups, reachesGroup });
  return { stores, organisation, chatGroups, contacts, activities, quotas, commands, wordCommands };
}

/** Bodies that share a Redis share nothing in it: a queue in common would send one body's messages through another's apps. */
const prefixOf = ({ REDIS_PREFIX, BODY_ID }: AppSettings): string => `${REDIS_PREFIX}:${BODY_ID}`;

const waysOf = ({ settings, redis, clock, logger, tempo }: AppOptions, inbox: Inbox): Ways => ({
  body: settings.BODY_ID,
  inbox,
  redis: redis.failFast,
  clock,
  logger,
  zone: settings.TIME_ZONE,
  prefix: prefixOf(settings),
  cutShort: commonTexts.cutShort,
  ...tempo,
});

/** Null for a body that has DingTalk alone. */
function wecomOf(options: AppOptions, inbox: Inbox & Unsaid, { chats, changes }: Heard): Wecom | null {
  const { settings } = options;
  const own = wecomIn(settings);
  if (!own) return null;
  const { WECOM_CONTACTS_TOKEN: token, WECOM_CONTACTS_AES_KEY: aesKey } = settings;
  return createWecom({
    ...waysOf(options, inbox),
    corpId: own.WECOM_CORP_ID,
    apiBase: settings.WECOM_API_BASE,
    bot: botOf(options, own.WECOM_BOT_ID, chats),
    app: {
      token: own.WECOM_APP_TOKEN,
      aesKey: own.WECOM_APP_AES_KEY,
      agentId: own.WECOM_APP_AGENT_ID,
      secret: own.WECOM_APP_SECRET,
    },
    ...(token && aesKey ? { contacts: { token, aesKey } } : {}),
    changes,
    signIn: { openBase: settings.WECOM_OPEN_BASE, loginBase: settings.WECOM_LOGIN_BASE },
    groupWebhooks: settings.WECOM_GROUP_WEBHOOKS ?? new Map(),
    late: inbox,
    welcome: commonTexts.welcome,
    identityUnavailable: commonTexts.identityUnavailable,
    wordsOnly: commonTexts.wordsOnly,
  });
}

/** By long connection when its secret is given, else by callback (config/load.ts: exactly one of the two). */
function botOf({ settings, steady = systemSteady }: AppOptions, botId: string, chats: KnownChats): WecomOptions['bot'] {
  const { WECOM_BOT_SECRET: secret, WECOM_BOT_SOCKET_URL: socketUrl } = settings;
  if (secret) return { botId, secret, socketUrl, chats, steady };
  return { botId, token: settings.WECOM_BOT_TOKEN ?? '', aesKey: settings.WECOM_BOT_AES_KEY ?? '' };
}

/** What the month's plan of DingTalk has been charged for so far (dingtalk.md 3.9). */
export function dingtalkUsage({ connection, settings, clock, logger }: Pick<AppOptions, 'connection' | 'settings' | 'clock' | 'logger'>) {
  return new MonthlyUsage({
    connection,
    body: settings.BODY_ID,
    platform: 'dingtalk',
    zone: settings.TIME_ZONE,
    limits: { calls: settings.DINGTALK_MONTHLY_CALLS, pushes: settings.DINGTALK_MONTHLY_PUSHES },
    advice: quotaAdvice,
    clock,
    logger,
  });
}

/** Null when DingTalk is not configured (config/schema.ts: all of its settings or none). */
function dingtalkOf(options: AppOptions, inbox: Inbox, changes: ContactChanges): Dingtalk | null {
  const { settings } = options;
  const { DINGTALK_CLIENT_ID: clientId, DINGTALK_CLIENT_SECRET: clientSecret, DINGTALK_CORP_ID: corpId } = settings;
  const { DINGTALK_ROBOT_NAME: robotName, DINGTALK_ROBOT_CODE: robotCode } = settings;
  const { DINGTALK_EVENT_TOKEN: token, DINGTALK_EVENT_AES_KEY: aesKey } = settings;
  if (!clientId || !clientSecret || !corpId || !robotName) return null;
  return createDingtalk({
    ...waysOf(options, inbox),
    corpId,
    clientId,
    clientSecret,
    robotCode: robotCode ?? clientId,
    robotName,
    apiBase: settings.DINGTALK_API_BASE,
    sessionBase: settings.DINGTALK_SESSION_BASE,
    signIn: { loginBase: settings.DINGTALK_LOGIN_BASE, script: settings.DINGTALK_JSAPI_URL },
    ...(settings.DINGTALK_AGENT_ID ? { agentId: settings.DINGTALK_AGENT_ID } : {}),
    groupWebhooks: settings.DINGTALK_GROUP_WEBHOOKS ?? new Map(),
    buttons: settings.DINGTALK_CARD_BUTTONS,
    usage: dingtalkUsage(options),
    ...(settings.DINGTALK_MODE === 'stream' ? { stream: { changes, steady: options.steady ?? systemSteady } } : {}),
    ...(token && aesKey ? { events: { token, aesKey, changes } } : {}),
    texts: { ...commonTexts, unavailable: commonTexts.storeUnavailable },
  });
}

type Rooms = ReturnType<typeof features>;

/** What the reminder's job and its last check ask. */
const reminderDeps = (options: AppOptions, { quotas, organisation }: Rooms, ledger: DurableOutbox) => ({
  quotas,
  organisation,
  ledger,
  workingDays: options.workingDays,
  clock: options.clock,
});

function outboxOf(
  options: AppOptions,
  rooms: Rooms,
  store: MongoOutboxStore,
  ways: { senders: Partial<Record<Platform, Sender>>; ring(body: string): void },
): DurableOutbox {
  const { clock, logger } = options;
  const outbox: DurableOutbox = new DurableOutbox({
    store,
    senders: ways.senders,
    rechecks: { [reminderPurpose]: (row, now) => recheckReminder(reminderDeps(options, rooms, outbox))(row, now) },
    whereNow: ({ body, memberId, platform, to }) => whereNow(rooms.organisation, { body, memberId, platform, userId: to.userId }),
    ring: (body) => ways.ring(body),
    clock,
    logger,
  });
  return outbox;
}

function routerOf(options: AppOptions, rooms: Rooms, dialogue: Dialogue, privately: OutgoingMessages): Router {
  const { reader, settings, clock } = options;
  const { organisation, chatGroups, commands, wordCommands, contacts } = rooms;
  const completeRecord: RouterOptions['completeRecord'] = (context, { recordId }, reading) =>
    completeRecordOf(contacts, context, recordId, reading);
  const { WECOM_BOT_MENTIONS: names = [], DINGTALK_ROBOT_NAME: robotName } = settings;
  const mentions = [...new Set([...names, ...(robotName ? [robotName] : [])])];
  const hint: RouterOptions['hint'] = async ({ body, platform, chat, eventKey }) =>
    (await chatGroups.mayHint(body, platform, chat.id, eventKey)) ? organisationTexts.bindHint : null;
  return new Router({ reader, organisation, commands, wordCommands, dialogue, privately, completeRecord, hint, mentions, clock });
}

function runnerOf(options: AppOptions, jobs: readonly ReadyJob[]): JobRunner {
  const { settings, redis, clock, logger } = options;
  return new JobRunner({
    jobs: checkJobs(jobs),
    bodies: [settings.BODY_ID],
    zone: settings.TIME_ZONE,
    redis: { add: redis.failFast, work: redis.patient },
    prefix: prefixOf(settings),
    clock,
    logger,
    sweepMs: options.sweepMs ?? 3_000,
    swept: [finishMessages.name, deliverMessages.name],
  });
}

/** What the platforms tell beside messages: which chats there are, and who came or left. */
interface Heard {
  chats: KnownChats;
  changes: ContactChanges;
}

/** Every way in and out, by platform. */
function platformsOf(options: AppOptions, inbox: Inbox & Unsaid, heard: Heard) {
  const wecom = wecomOf(options, inbox, heard);
  const dingtalk = dingtalkOf(options, inbox, heard.changes);
  const senders: Partial<Record<Platform, Sender>> = {
    ...(wecom ? { wecom: wecom.sender } : {}),
    ...(dingtalk ? { dingtalk: dingtalk.sender } : {}),
  };
  const ways: ConsoleParts['ways'] = {
    ...(wecom ? { wecom: wecom.signIn } : {}),
    ...(dingtalk ? { dingtalk: dingtalk.signIn } : {}),
  };
  const routers = [wecom, dingtalk].flatMap((each) => (each ? [each.router] : []));
  const longConnections: LongConnection[] = [wecom?.socket ?? null, dingtalk?.stream ?? null].filter((each) => each !== null);
  return { wecom, dingtalk, senders, routers, longConnections, ways };
}

/** The pages for people; none without the address at which browsers reach us. */
function consoleOf({ settings, clock, logger }: AppOptions, rooms: Rooms, ways: ConsoleParts['ways'], sessions: SessionStore) {
  const { PUBLIC_URL: publicUrl, BODY_ID: body } = settings;
  const { organisation, quotas, contacts } = rooms;
  return publicUrl ? [createConsole({ body, publicUrl, ways, sessions, organisation, quotas, contacts, clock, logger })] : [];
}

/** The only composition root: features, delivery, transports and jobs, wired by plain parameters. Listens to nothing by itself. */
export function createApp(options: AppOptions) {
  const { connection, clock, logger, tempo } = options;
  const rooms = features(options, (platform, chatId) => senders[platform]?.reachesGroup?.(chatId) ?? false);
  const delivery = {
    inbox: new MongoInboxStore(connection),
    outbox: new MongoOutboxStore(connection),
    chats: new MongoKnownChats(connection),
    dialogue: createDialogue(connection),
  };
  const changes = new ContactChangesOnce(connection, rooms.organisation);
  const knock: Inbox & Unsaid = {
    receive: (...message) => inbox.receive(...message),
    unsaid: (incoming) => inbox.unsaid(incoming),
  };
  const platforms = platformsOf(options, knock, { chats: delivery.chats, changes });
  const { senders } = platforms;
  const ring = (body: string): void => runner.ring(deliverMessages.name, body);
  const outbox = outboxOf(options, rooms, delivery.outbox, { senders, ring });
  const privately = new OutgoingMessages({ organisation: rooms.organisation, ledger: outbox, now: () => clock.now() });
  const handler = routerOf(options, rooms, delivery.dialogue, privately);
  const answerLate = lateAnswer(outbox, (platform) => senders[platform]?.answersInChats === true, clock);
  const inbox: DurableInbox = new DurableInbox({ store: delivery.inbox, handler, answerLate, texts: commonTexts, clock, logger, ...tempo });
  const planPrivate: OutgoingMessages['plan'] = (body, messages) => privately.plan(body, messages);
  const jobs = [
    ready(deliverMessages, { outbox }),
    ready(finishMessages, { inbox }),
    ready(planReminders, reminderDeps(options, rooms, outbox)),
    ready(finishPromotions, { activities: rooms.activities, planPrivate }),
  ];
  const runner = runnerOf(options, jobs);
  const stores = { ...delivery, ...rooms.stores, changes, sessions: new SessionStore(connection) };
  const routers = [...platforms.routers, ...consoleOf(options, rooms, platforms.ways, stores.sessions)];
  return { ...rooms, ...platforms, routers, stores, inbox, outbox, jobs, runner, ensureIndexes: () => ensureIndexes(stores) };
}

export type App = ReturnType<typeof createApp>;

async function ensureIndexes(stores: Record<string, { ensureIndexes(): Promise<void> }>): Promise<void> {
  for (const store of Object.values(stores)) await store.ensureIndexes();
}

/**
 * An answer that missed its response goes to the message's own address while that lives, else to the chat where the platform
 * lets the bot speak there, else to the person in private.
 */
function lateAnswer(outbox: DurableOutbox, answersInChats: (platform: Platform) => boolean, clock: Clock) {
  return async (incoming: Incoming, key: string, { text, card }: Said): Promise<void> => {
    const { body, platform, lateReply, senderId, chat, channel } = incoming;
    const now = clock.now();
    const usable = lateReply && lateReply.expiresAt > now ? lateReply : null;
    const inChat = channel === 'bot' && answersInChats(platform) ? { chatId: chat.id, orUserId: senderId } : { userId: senderId };
    const where = chat.kind === 'private' ? { inPrivate: true as const } : {};
    const to = usable ? { lateReply: usable.url, orUserId: senderId, ...where } : inChat;
    await outbox.plan({
      body,
      key: `late:${key}`,
      purpose: 'late_reply',
      memberId: null,
      platform,
      to,
      format: 'userId' in to ? 'text' : 'markdown',
      text,
      ...(card ? { card } : {}),
      dueAt: now,
    });
  };
}
