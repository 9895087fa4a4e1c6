import { Cards } from '../cards';
import { ChatLog } from '../chat-log';
import { FaultSwitches } from '../faults';
import type { LoopbackServer } from '../loopback-server';
import { DingtalkCalls } from './api-calls';
import { DingtalkConversation } from './conversation';
import { EventPosts } from './event-posts';
import { Gateway } from './gateway';
import { GroupWebhooks } from './group-webhooks';
import { HttpRobot } from './http-robot';
import type { DingtalkSimulatorOptions, RobotApp } from './options';
import { MonthlyQuota } from './quota';
import { RobotSends } from './robot-sends';
import { SessionWebhooks } from './session-webhooks';
import { DingtalkSignInPages } from './sign-in';
import { StreamRobot } from './stream-robot';
import { Tokens } from './tokens';
import { WorkNotifications } from './work-notifications';

/** dingtalk.md 1.5, 2.3, 2.4, 5.1 */
const usual = {
  http: 2_500,
  stream: 3_000,
  redeliverAfterMs: 60_000,
  pingEveryMs: 30_000,
  closeAfterMs: 10_000,
  eventPausesMs: [10_000, 30_000],
};

/** Everything DingTalk consists of, put together for one organisation. */
export function buildParts(options: DingtalkSimulatorOptions, server: LoopbackServer) {
  const { clock, people, groups, mode = 'http', webhook = '', answerWithinMs = usual[mode], onFault: fault = () => undefined } = options;
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
  const strangers = new Set(options.strangers);
  const ofPayload = { app, clock, sessions, keepsMentions: options.keepsMentions ?? false, quota };
  const address = typeof webhook === 'string' ? () => webhook : webhook;
  const http = new HttpRobot({ ...ofPayload, base: address, log, faults, answerWithinMs, fault });
  const stream = new StreamRobot({ ...ofPayload, gateway, faults, redeliverAfterMs, fault });
  const way = mode === 'http' ? http : stream;
  const cards = new Cards(log, clock);
  const { pressesMention = true } = options;
  const conversation = new DingtalkConversation({ people, groups, robotName: app.robotName, log, way, strangers, cards, pressesMention });
  const { events: keys, eventPausesMs: pausesMs = usual.eventPausesMs } = options;
  const posts = keys ? new EventPosts({ app, clock, base: address, keys, pausesMs, fault }) : null;
  const client = { log, cards, conversation };
  const signIn = new DingtalkSignInPages({ ...options, clock }, () => options.pages ?? address());
  const platform = { signIn, app, clock, base, tokens, sessions, quota, faults, calls: new DingtalkCalls() };
  return { ...client, ...platform, ...doorsFor(options, { app, log, quota, strangers }), http, stream, way, gateway, posts };
}

type Shared = { app: RobotApp; log: ChatLog; quota: MonthlyQuota; strangers: ReadonlySet<string> };

/** Every door by which the application may speak of its own accord. */
function doorsFor({ clock, people, groups, agentId = '', notifyTakesMs = 0, webhooks = [] }: DingtalkSimulatorOptions, shared: Shared) {
  const { app, log, quota, strangers } = shared;
  const userIds = people.map(({ userId }) => userId);
  return {
    sends: new RobotSends({ app, log, userIds, groups, strangers }),
    notices: new WorkNotifications({ clock, log, userIds, agentId, takesMs: notifyTakesMs }),
    webhooks: new GroupWebhooks({ clock, log, people, groups, webhooks, quota }),
  };
}

async function refuse(server: LoopbackServer, gateway: Gateway): Promise<void> {
  const closed = server.close();
  gateway.drop();
  await closed;
}
