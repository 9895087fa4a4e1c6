import { Cards } from '../cards';
import { ChatLog } from '../chat-log';
import { FaultSwitches } from '../faults';
import type { LoopbackServer } from '../loopback-server';
import type { Group, Person } from '../options';
import { AddressBook, type Department, wholeOrganisation } from './address-book';
import { DingtalkCalls } from './api-calls';
import { DingtalkConversation } from './conversation';
import { EventPosts } from './event-posts';
import { Gateway } from './gateway';
import { GroupWebhooks } from './group-webhooks';
import { HttpRobot } from './http-robot';
import { MessageFiles } from './message-files';
import type { DingtalkSimulatorOptions, RobotApp } from './options';
import { Personnel } from './personnel';
import { MonthlyQuota } from './quota';
import { CallRates } from './rates';
import { RobotSends } from './robot-sends';
import { SessionWebhooks } from './session-webhooks';
import { DingtalkSignInPages } from './sign-in';
import { type StreamEvent, StreamRobot } from './stream-robot';
import { Tokens } from './tokens';
import { WorkNotifications } from './work-notifications';

/** As DingTalk documents it, or as it was seen in the field. */
const usual = {
  callsPerSecond: 20,
  http: 2_500,
  stream: 3_000,
  redeliverAfterMs: 60_000,
  pingEveryMs: 30_000,
  closeAfterMs: 10_000,
  eventPausesMs: [10_000, 30_000],
  codeLifeMs: 2 * 3_600_000,
  addressLifeMs: 3_600_000,
};

/** Everything DingTalk consists of, put together for one organisation. */
export function buildParts(options: DingtalkSimulatorOptions, server: LoopbackServer) {
  const { clock, mode = 'http', webhook = '', answerWithinMs = usual[mode], onFault: fault = () => undefined } = options;
  // Ours: people come and go.
  const people = [...options.people];
  const groups = options.groups.map((group) => ({ ...group }));
  const app: RobotApp = { ...options, robotCode: options.robotCode ?? options.clientId };
  const base = (): string => `http://127.0.0.1:${server.port}`;
  const log = new ChatLog(clock);
  const tokens = new Tokens(clock, app);
  const sessions = new SessionWebhooks(clock, log, base);
  const { pingEveryMs = usual.pingEveryMs, closeAfterMs = usual.closeAfterMs, redeliverAfterMs = usual.redeliverAfterMs } = options;
  const gateway = new Gateway({ app, clock, base, on: mode === 'stream', ackWithinMs: answerWithinMs, pingEveryMs, closeAfterMs, fault });
  const faults = new FaultSwitches({
    expireTokens: () => tokens.expireAll(),
    refuseConnections: () => refuse(server, gateway),
    acceptConnections: () => server.open(),
  });
  const quota = new MonthlyQuota(clock, options.plan);
  const rates = new CallRates(clock, options.callsPerSecond ?? usual.callsPerSecond);
  const strangers = new Set(options.strangers);
  const ofPayload = { app, clock, sessions, keepsMentions: options.keepsMentions ?? false, quota };
  const address = typeof webhook === 'string' ? () => webhook : webhook;
  const http = new HttpRobot({ ...ofPayload, base: address, log, faults, answerWithinMs, fault });
  const stream = new StreamRobot({ ...ofPayload, gateway, faults, redeliverAfterMs, againWhen: options.againWhen, fault });
  const way = mode === 'http' ? http : stream;
  const cards = new Cards(log, clock);
  const { pressesMention = true } = options;
  const { codeLifeMs = usual.codeLifeMs, addressLifeMs = usual.addressLifeMs } = options;
  const files = new MessageFiles({ app, clock, base, codeLifeMs, addressLifeMs });
  const { robotName } = app;
  const conversation = new DingtalkConversation({ people, groups, robotName, log, way, strangers, cards, pressesMention, files });
  const { events: keys, eventPausesMs: pausesMs = usual.eventPausesMs } = options;
  const posts = keys ? new EventPosts({ app, clock, base: address, keys, pausesMs, fault }) : null;
  const client = { log, cards, conversation, people, groups };
  const signIn = new DingtalkSignInPages({ ...options, people, clock }, () => options.pages ?? address());
  const platform = { signIn, files, app, clock, base, tokens, rates, sessions, quota, faults, calls: new DingtalkCalls() };
  const tell = (event: StreamEvent): Promise<string | null> => (posts ?? stream).event(event);
  const doors = { ...doorsFor(options, { app, log, quota, strangers, people, groups }), ...bookOf(options, { people, groups, tell }) };
  return { ...client, ...platform, ...doors, http, stream, way, gateway, posts };
}

interface Organisation {
  people: Person[];
  groups: Group[];
}

type Shared = Organisation & { app: RobotApp; log: ChatLog; quota: MonthlyQuota; strangers: ReadonlySet<string> };

/** Every door by which the application may speak of its own accord. */
function doorsFor({ clock, agentId = '', notifyTakesMs = 0, webhooks = [] }: DingtalkSimulatorOptions, shared: Shared) {
  const { app, log, quota, strangers, people, groups } = shared;
  return {
    sends: new RobotSends({ app, log, people, groups, strangers }),
    notices: new WorkNotifications({ clock, log, people, agentId, takesMs: notifyTakesMs }),
    webhooks: new GroupWebhooks({ clock, log, people, groups, webhooks, quota }),
  };
}

/** The address book, as the app reads it and as the administrator changes it. */
function bookOf(options: DingtalkSimulatorOptions, shared: Organisation & { tell: (event: StreamEvent) => Promise<string | null> }) {
  const { people } = shared;
  const whole: Department = { id: wholeOrganisation, name: '', userIds: people.map(({ userId }) => userId) };
  const { departments: given = [whole], range = { departments: [wholeOrganisation], people: [] } } = options;
  const departments = new Map(given.map((each) => [each.id, each]));
  const denied = range === 'denied';
  const book = new AddressBook({ people, departments, range: denied ? { departments: [], people: [] } : range, denied });
  return { book, personnel: new Personnel({ ...shared, departments }) };
}

async function refuse(server: LoopbackServer, gateway: Gateway): Promise<void> {
  const closed = server.close();
  gateway.drop();
  await closed;
}
