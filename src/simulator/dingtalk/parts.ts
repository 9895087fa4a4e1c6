import { ChatLog } from '../chat-log';
import { FaultSwitches } from '../faults';
import type { LoopbackServer } from '../loopback-server';
import { DingtalkCalls } from './api-calls';
import { DingtalkConversation } from './conversation';
import { Gateway } from './gateway';
import { HttpRobot } from './http-robot';
import type { DingtalkSimulatorOptions, RobotApp } from './options';
import { RobotSends } from './robot-sends';
import { SessionWebhooks } from './session-webhooks';
import { StreamRobot } from './stream-robot';
import { Tokens } from './tokens';

/** dingtalk.md 1.5, 2.3, 2.4 */
const usual = { http: 2_500, stream: 3_000, redeliverAfterMs: 60_000, pingEveryMs: 30_000, closeAfterMs: 10_000 };

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
  const ofPayload = { app, clock, sessions, keepsMentions: options.keepsMentions ?? false };
  const address = typeof webhook === 'string' ? () => webhook : webhook;
  const http = new HttpRobot({ ...ofPayload, base: address, log, faults, answerWithinMs, fault });
  const stream = new StreamRobot({ ...ofPayload, gateway, faults, redeliverAfterMs, fault });
  const way = mode === 'http' ? http : stream;
  const conversation = new DingtalkConversation({ people, groups, robotName: app.robotName, log, way });
  const sends = new RobotSends({ app, log, userIds: people.map(({ userId }) => userId), groups });
  return { app, clock, log, base, tokens, sessions, gateway, faults, http, stream, way, conversation, sends, calls: new DingtalkCalls() };
}

async function refuse(server: LoopbackServer, gateway: Gateway): Promise<void> {
  const closed = server.close();
  gateway.drop();
  await closed;
}
