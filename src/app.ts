import type Redis from 'ioredis';
import type { Connection } from 'mongoose';
import { deliverMessages } from '../jobs/deliver-messages';
import { finishMessages } from '../jobs/finish-messages';
import { finishPromotions } from '../jobs/finish-promotions';
import { planReminders, recheckReminder } from '../jobs/plan-reminders';
import { checkJobs, type ReadyJob, ready } from '../jobs/registry';
import { JobRunner } from '../jobs/runner';
import { activityCommands } from './activities/commands';
import { createActivities } from './activities/service';
import { createActivityStore } from './activities/store';
import { createDialogue } from './chat/dialogue';
import { PrivateMessages } from './chat/private-messages';
import { Router, type RouterOptions } from './chat/router';
import { commonTexts } from './chat/texts/common';
import { completeRecord as completeRecordOf, contactCommands } from './contacts/commands';
import { createContacts } from './contacts/service';
import { createContactStore } from './contacts/store';
import { DurableInbox } from './delivery/inbox';
import { MongoInboxStore } from './delivery/inbox-store';
import type { Incoming } from './delivery/incoming';
import { DurableOutbox } from './delivery/outbox';
import { MongoOutboxStore } from './delivery/outbox-store';
import type { Clock } from './foundation/clock';
import type { Logger } from './foundation/logger';
import type { WorkingDays } from './foundation/working-days';
import { createOrganisation } from './organisation/service';
import { createOrganisationStore } from './organisation/store';
import { quotaCommands } from './quotas/commands';
import { createQuotas, type Scheme } from './quotas/service';
import { createWecom } from './transports/wecom';

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
}

/** The part of the settings that the composition needs (config/schema.ts says what each is). */
export interface AppSettings {
  BODY_ID: string;
  TIME_ZONE: string;
  REDIS_PREFIX: string;
  WECOM_API_BASE: string;
  WECOM_CORP_ID: string;
  WECOM_BOT_ID: string;
  WECOM_BOT_MENTIONS: string[];
  WECOM_BOT_TOKEN: string;
  WECOM_BOT_AES_KEY: string;
  WECOM_APP_AGENT_ID: string;
  WECOM_APP_SECRET: string;
  WECOM_APP_TOKEN: string;
  WECOM_APP_AES_KEY: string;
}

function features(options: AppOptions) {
  const { connection, clock, schemes } = options;
  const stores = {
    organisation: createOrganisationStore(connection),
    contacts: createContactStore(connection),
    activities: createActivityStore(connection),
  };
  const organisation = createOrganisation(stores.organisation, clock);
  const contacts = createContacts({ store: stores.contacts, organisation });
  const activities = createActivities({ store: stores.activities, clock });
  const quotas = createQuotas({ contacts, organisation, schemes });
  const commands = [
    ...contactCommands({ contacts }),
    ...quotaCommands({ quotas, organisation, contacts }),
    ...activityCommands({ activities, organisation }),
  ];
  return { stores, organisation, contacts, activities, quotas, commands };
}

function wecomOf(options: AppOptions, receive: (incoming: Incoming) => ReturnType<DurableInbox['receive']>) {
  const { settings, redis, clock, logger } = options;
  return createWecom({
    body: settings.BODY_ID,
    corpId: settings.WECOM_CORP_ID,
    apiBase: settings.WECOM_API_BASE,
    bot: {
      token: settings.WECOM_BOT_TOKEN,
      aesKey: settings.WECOM_BOT_AES_KEY,
      botId: settings.WECOM_BOT_ID,
    },
    app: {
      token: settings.WECOM_APP_TOKEN,
      aesKey: settings.WECOM_APP_AES_KEY,
      agentId: settings.WECOM_APP_AGENT_ID,
      secret: settings.WECOM_APP_SECRET,
    },
    inbox: { receive },
    redis: redis.failFast,
    clock,
    logger,
    zone: settings.TIME_ZONE,
    prefix: settings.REDIS_PREFIX,
    welcome: commonTexts.welcome,
    identityUnavailable: commonTexts.identityUnavailable,
  });
}

/** The only composition root: features, delivery, transports and jobs, wired by plain parameters. Listens to nothing by itself. */
export function createApp(options: AppOptions) {
  const { settings, connection, redis, clock, logger } = options;
  const rooms = features(options);
  const stores = {
    inbox: new MongoInboxStore(connection),
    outbox: new MongoOutboxStore(connection),
    dialogue: createDialogue(connection),
    ...rooms.stores,
  };
  const wecom = wecomOf(options, (incoming) => inbox.receive(incoming));
  const recheck = { quotas: rooms.quotas, organisation: rooms.organisation, workingDays: options.workingDays, clock };
  const outbox = new DurableOutbox({
    store: stores.outbox,
    senders: { wecom: wecom.sender },
    rechecks: { reminder: (row, now) => recheckReminder({ ...recheck, ledger: outbox })(row, now) },
    ring: (body) => runner.ring(deliverMessages.name, body),
    clock,
    logger,
  });
  const privately = new PrivateMessages({ organisation: rooms.organisation, ledger: outbox, now: () => clock.now() });
  const completeRecord: RouterOptions['completeRecord'] = (context, question, reading) =>
    completeRecordOf(rooms.contacts, context, question.recordId, reading);
  const { organisation, commands } = rooms;
  const handler = new Router({
    reader: options.reader,
    organisation,
    commands,
    dialogue: stores.dialogue,
    privately,
    completeRecord,
    mentions: settings.WECOM_BOT_MENTIONS,
    clock,
  });
  const inbox = new DurableInbox({
    store: stores.inbox,
    handler,
    answerLate: lateAnswer(outbox, clock),
    texts: commonTexts,
    clock,
    logger,
  });
  const jobs = allJobs(
    ready(deliverMessages, { outbox }),
    ready(finishMessages, { inbox }),
    ready(planReminders, { ...recheck, ledger: outbox }),
    ready(finishPromotions, { activities: rooms.activities, planPrivate: (body, messages) => privately.plan(body, messages) }),
  );
  const runner = new JobRunner({
    jobs,
    bodies: [settings.BODY_ID],
    zone: settings.TIME_ZONE,
    redis: { add: redis.failFast, work: redis.patient },
    prefix: settings.REDIS_PREFIX,
    clock,
    logger,
    sweepMs: options.sweepMs ?? 3_000,
    swept: [finishMessages.name, deliverMessages.name],
  });
  return { ...rooms, stores, wecom, inbox, outbox, runner, ensureIndexes: () => ensureIndexes(stores) };
}

export type App = ReturnType<typeof createApp>;

const allJobs = (...jobs: ReadyJob[]): ReadonlyMap<string, ReadyJob> => checkJobs(jobs);

async function ensureIndexes(stores: Record<string, { ensureIndexes(): Promise<void> }>): Promise<void> {
  for (const store of Object.values(stores)) await store.ensureIndexes();
}

/** An answer that missed its response goes to the one-shot address while that lives, else to the person in private. */
function lateAnswer(outbox: DurableOutbox, clock: Clock) {
  return async (incoming: Incoming, key: string, text: string): Promise<void> => {
    const { body, platform, lateReply, senderId } = incoming;
    const now = clock.now();
    const usable = lateReply && lateReply.expiresAt > now ? lateReply : null;
    const to = usable ? { lateReply: usable.url } : { userId: senderId };
    const expiry = usable ? { expiresAt: usable.expiresAt } : {};
    await outbox.plan({
      body,
      key: `late:${key}`,
      purpose: 'late_reply',
      memberId: null,
      platform,
      to,
      format: usable ? 'markdown' : 'text',
      text,
      dueAt: now,
      ...expiry,
    });
  };
}
