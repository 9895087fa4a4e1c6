import type { Group, Person, SimulatorClock } from '../options';
import type { Department, VisibleRange } from './address-book';
import type { SimulatedWebhook } from './group-webhooks';
import type { PlanLimits } from './quota';

export interface DingtalkSimulatorOptions {
  /** 0 or absent: a free one. Always loopback only. */
  port?: number;
  clock: SimulatorClock;
  /** Begins with 'demo'. */
  corpId: string;
  clientId: string;
  clientSecret: string;
  /** Absent: the Client ID, as for every internal app. */
  robotCode?: string;
  /** The name people @-mention. */
  robotName: string;
  /** How the robot's messages reach the application; one of the two per app. Default 'http'. */
  mode?: 'http' | 'stream';
  /** Base URL of the application under /dingtalk/robot, for HTTP mode; a function when it is known only later. */
  webhook?: string | (() => string);
  /** Base URL of the application's pages for people, the only place a sign-in leads back to. Default: the webhook's. */
  pages?: string;
  /** `userId` is the staff id. */
  people: Person[];
  /** The organisation's departments, 1 the topmost; absent: everybody is in that one. */
  departments?: readonly Department[];
  /** What the app may read of the address book; absent: all of it; 'denied': it has no permission to. */
  range?: VisibleRange | 'denied';
  /** Milliseconds of `clock` for which a downloadCode, and the address it is exchanged for, are good; not documented. */
  codeLifeMs?: number;
  addressLifeMs?: number;
  /** `chatId` is the conversationId, which is the openConversationId too. */
  groups: Group[];
  /** The platform leaves the mention in the text, as some clients' messages do. Default false. */
  keepsMentions?: boolean;
  /** For work notifications; absent: there is no such app. */
  agentId?: string;
  /** Robots of groups with an address of their own. */
  webhooks?: readonly SimulatedWebhook[];
  /** Events by HTTP instead of Stream; posted to `webhook` + /dingtalk/events. */
  events?: { token: string; aesKey: string };
  /** Staff ids of people who have never opened the robot: it may not write to them until they do. */
  strangers?: readonly string[];
  /** A pressed button's line @-mentions the robot in a group: DingTalk does not say whether it does. Default true. */
  pressesMention?: boolean;
  /** Calls a second that it takes per address; 20. */
  callsPerSecond?: number;
  /** What the organisation's plan covers in a month; 5 000 calls and 3 000 pushes. */
  plan?: PlanLimits;
  /** Milliseconds of `clock` that a work notification takes; default 0. */
  notifyTakesMs?: number;
  /** Real milliseconds before an event that was not acknowledged comes again: 10 s, 30 s. */
  eventPausesMs?: readonly number[];
  /** Told one line about every answer or call a real client would not have accepted. No secrets. */
  onFault?: (line: string) => void;
  /** Real milliseconds to wait for an answer or an ack: 2500 by HTTP, 3000 by Stream. */
  answerWithinMs?: number;
  /** Real milliseconds until a frame without ack is sent once more; 60 000 as seen in the field. */
  redeliverAfterMs?: number;
  /** Awaited before anything is delivered once more; a test holds it until its process is back. */
  againWhen?: () => Promise<unknown>;
  /** Real milliseconds between two SYSTEM pings of the gateway; default 30 000. */
  pingEveryMs?: number;
  /** Real milliseconds from `disconnect` to the end of the TCP connection; 10 000. */
  closeAfterMs?: number;
}

/** What the parts need to know about the app. */
export interface RobotApp {
  corpId: string;
  clientId: string;
  clientSecret: string;
  robotCode: string;
  robotName: string;
}
