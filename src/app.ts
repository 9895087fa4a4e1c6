import type { BodySettings } from '../config/schema';
import { deliverMessages } from '../jobs/deliver-messages';
import { finishMessages } from '../jobs/finish-messages';
import { ready } from '../jobs/registry';
import { createDialogue } from './chat/dialogue';
import { Router } from './chat/router';
import { commonTexts } from './chat/texts';
import { type ConsoleParts, createConsole } from './console/console';
import { SessionStore } from './console/session-store';
import { checkFeatures } from './declared';
import { createLateAnswers } from './delivery/answer-late';
import { ContactChangesOnce } from './delivery/contact-changes-once';
import { DurableInbox } from './delivery/inbox';
import { MongoInboxStore } from './delivery/inbox-store';
import { MongoKnownChats } from './delivery/known-chats';
import type { Recheck } from './delivery/ledger';
import { MongoOutboxStore } from './delivery/outbox-store';
import type { Base, Feature, Store } from './feature';
import { type Config, makeFeatures } from './features';
import { measureOf } from './measures';
import { whereIs } from './organisation/service';
import type { Reader } from './reader';
import { ServedBodies } from './served-bodies';
import type { BodyOptions, ServedBody } from './served-body';

/** What the entries hand in: nothing here reads the environment or the clock by itself. */
export interface AppOptions extends Config, BodyOptions {
  /** Each with its own names, zone and ways to its members. */
  bodies: readonly BodySettings[];
  reader: Reader;
}

/** Connections, delivery, transports and features, put together by plain parameters. Listens to nothing by itself. */
export function createApp(options: AppOptions) {
  const { connection, clock, logger, tempo } = options;
  const stores = {
    inbox: new MongoInboxStore(connection),
    outbox: new MongoOutboxStore(connection),
    chats: new MongoKnownChats(connection),
    dialogue: createDialogue(connection),
    sessions: new SessionStore(connection),
  };
  // Bodies are served once everything they need is there; until then nothing is sent or received.
  const bodies = new ServedBodies();
  const { outbox } = bodies;
  const { features, messages } = makeFeatures(
    baseOf(options, bodies, () => declared),
    options,
  );
  const declared: readonly Feature[] = Object.values(features);
  checkFeatures(declared);
  const organisation = features.organisation.service;
  const router = new Router({
    reader: options.reader,
    organisation,
    commands: declared.flatMap(({ commands = [] }) => commands),
    questions: declared.flatMap(({ questions = [] }) => questions),
    afterwords: declared.flatMap(({ afterword }) => afterword ?? []),
    dialogue: stores.dialogue,
    privately: messages,
    mentions: (body) => bodies.get(body).mentions,
    clock,
  });
  const answerLate = createLateAnswers({ ledger: outbox, answersInChats: (...where) => bodies.answersInChats(...where), clock });
  const inbox = new DurableInbox({ store: stores.inbox, handler: router, answerLate, texts: commonTexts, clock, logger, ...tempo });
  const changes = new ContactChangesOnce(connection, organisation);
  const jobs = [ready(deliverMessages, { outbox }), ready(finishMessages, { inbox }), ...declared.flatMap((each) => each.jobs ?? [])];
  bodies.serve(options, {
    inbox,
    chats: stores.chats,
    changes,
    outbox: { store: stores.outbox, rechecks: rechecksOf(declared), whereNow: (row) => whereIs(organisation, row) },
    jobs,
  });
  const shown = {
    sessions: stores.sessions,
    organisation,
    pages: declared.flatMap(({ pages = [] }) => pages),
    mine: declared.flatMap(({ mine }) => mine ?? []),
  };
  const indexed: readonly Store[] = [...Object.values(stores), changes, ...declared.flatMap((each) => each.stores ?? [])];
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

const baseOf = ({ connection, clock, logger }: AppOptions, bodies: ServedBodies, declared: () => readonly Feature[]): Base => ({
  connection,
  clock,
  logger,
  ledger: bodies.outbox,
  reachesGroup: (...group) => bodies.reachesGroup(...group),
  measure: (name) =>
    measureOf(
      name,
      declared().flatMap(({ measures = [] }) => measures),
    ),
});

const rechecksOf = (declared: readonly Feature[]): Record<string, Recheck> =>
  Object.fromEntries(
    declared.flatMap(({ purposes = {} }) =>
      Object.entries(purposes).flatMap(([name, { recheck }]): [string, Recheck][] => (recheck ? [[name, recheck]] : [])),
    ),
  );

/** The pages for people; none without the address at which browsers reach us. */
function consoleOf(
  { id, settings, platforms }: ServedBody,
  { clock, logger }: AppOptions,
  parts: Pick<ConsoleParts, 'sessions' | 'organisation' | 'pages' | 'mine'>,
) {
  const { PUBLIC_URL: publicUrl } = settings;
  return publicUrl ? [createConsole({ ...parts, body: id, publicUrl, ways: platforms.signIn, clock, logger })] : [];
}
