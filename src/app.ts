import type { Connection } from 'mongoose';
import type { BodySettings } from '../config/schema';
import { deliverMessages } from '../jobs/deliver-messages';
import { finishMessages } from '../jobs/finish-messages';
import { ready } from '../jobs/registry';
import { createDialogue } from './chat/dialogue';
import { Router } from './chat/router';
import { commonPurpose, commonTexts } from './chat/texts';
import { type ConsoleParts, createConsole } from './console/console';
import { SessionStore } from './console/session-store';
import { declarationsOf } from './declared';
import { createLateAnswers } from './delivery/answer-late';
import { ContactChangesOnce } from './delivery/contact-changes-once';
import { DurableInbox, type InboxOptions } from './delivery/inbox';
import { MongoInboxStore } from './delivery/inbox-store';
import { MongoKnownChats } from './delivery/known-chats';
import { MongoKnownUserIds } from './delivery/known-user-ids';
import { MongoOutboxStore } from './delivery/outbox-store';
import type { Base, Store } from './feature';
import { type Config, makeFeatures } from './features';
import type { Platform } from './foundation/platform';
import { measureOf } from './measures';
import { whereIs } from './organisation/service';
import type { Reader } from './reader';
import { ServedBodies } from './served-bodies';
import type { BodyOptions, BodyParts, ServedBody } from './served-body';

/** What the entries hand in: nothing here reads the environment or the clock by itself. */
interface AppOptions extends Config, BodyOptions {
  /** Each with its own names, zone and ways to its members. */
  bodies: readonly BodySettings[];
  reader: Reader;
}

/** Connections, delivery, transports and features, put together by plain parameters. Listens to nothing by itself. */
export function createApp(options: AppOptions) {
  const stores = deliveryStores(options.connection);
  // Bodies are served once everything they need is there; until then nothing is sent or received.
  const bodies = new ServedBodies();
  const base = baseOf(options, bodies, {
    measure: (name) => measureOf(name, declared.measures),
    calledPurpose: (purpose) => declared.purposes[purpose] ?? commonPurpose(purpose),
  });
  const { features, messages } = makeFeatures(base, options);
  const declared = declarationsOf(Object.values(features));
  const organisation = features.organisation.service;
  const mentions = (body: string): readonly string[] => bodies.get(body).mentions;
  const lastSaid = stores.inbox.lastSaid.bind(stores.inbox);
  const router = new Router({ ...options, ...declared, organisation, dialogue: stores.dialogue, privately: messages, mentions, lastSaid });
  const inbox = inboxOf(options, { store: stores.inbox, handler: router, bodies });
  const changes = new ContactChangesOnce(options.connection, organisation);
  const { outbox } = bodies;
  const jobs = [ready(deliverMessages, { outbox }), ready(finishMessages, { inbox }), ...declared.jobs];
  const whereNow: BodyParts['outbox']['whereNow'] = (row) => whereIs(organisation, row);
  const sending = { store: stores.outbox, rechecks: declared.rechecks, whereNow };
  bodies.serve(options, { inbox, chats: stores.chats, knownIds: stores.knownIds, changes, outbox: sending, jobs });
  const shown = { sessions: stores.sessions, organisation, pages: declared.pages, mine: declared.mine };
  const indexed: readonly Store[] = [...Object.values(stores), changes, ...declared.stores];
  return {
    features,
    stores,
    inbox,
    outbox,
    jobs,
    bodies,
    routers: bodies.all.flatMap((body) => [...body.platforms.routers, ...consoleOf(body, options, shown)]),
    longConnections: bodies.all.flatMap(({ platforms }) => platforms.longConnections),
    ensureIndexes: async () => {
      for (const store of indexed) await store.ensureIndexes();
    },
  };
}

export type App = ReturnType<typeof createApp>;

const deliveryStores = (connection: Connection) => ({
  inbox: new MongoInboxStore(connection),
  outbox: new MongoOutboxStore(connection),
  chats: new MongoKnownChats(connection),
  knownIds: new MongoKnownUserIds(connection),
  dialogue: createDialogue(connection),
  sessions: new SessionStore(connection),
});

const baseOf = ({ connection, clock, logger }: AppOptions, bodies: ServedBodies, later: Pick<Base, 'measure' | 'calledPurpose'>): Base => ({
  connection,
  clock,
  logger,
  ledger: bodies.outbox,
  reachesGroup: (...group) => bodies.reachesGroup(...group),
  pageAt: (body, path) => {
    const { PUBLIC_URL: publicUrl } = bodies.get(body).settings;
    return publicUrl ? new URL(path, publicUrl).toString() : null;
  },
  ...later,
});

function inboxOf(
  { clock, logger, tempo }: AppOptions,
  { bodies, ...parts }: Pick<InboxOptions, 'store' | 'handler'> & { bodies: ServedBodies },
): DurableInbox {
  const answersInChats = (body: string, platform: Platform): boolean => bodies.answersInChats(body, platform);
  const answerLate = createLateAnswers({ ledger: bodies.outbox, answersInChats, clock });
  const flood = (body: string) => bodies.get(body).flood;
  return new DurableInbox({ ...parts, answerLate, flood, texts: commonTexts, clock, logger, ...tempo });
}

/** The pages for people; none without the address at which browsers reach us. */
function consoleOf(
  { id, settings, platforms }: ServedBody,
  { clock, logger }: AppOptions,
  parts: Pick<ConsoleParts, 'sessions' | 'organisation' | 'pages' | 'mine'>,
) {
  const { PUBLIC_URL: publicUrl } = settings;
  return publicUrl ? [createConsole({ ...parts, body: id, publicUrl, ways: platforms.signIn, clock, logger })] : [];
}
