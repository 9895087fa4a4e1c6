import type { ContactChanges } from '../../delivery/contact-change';
import type { Usage } from '../../delivery/usage';
import type { Steady } from '../../foundation/clock';
import type { Ways } from '../ways';
import type { CardButtons } from './action-card';

/** What the transport itself says; the sentences stand in chat/texts.ts. */
interface DingtalkTexts {
  /** The sender's staff id is missing: the app is not published to them, or they belong to another organisation. */
  identityMissing: string;
  /** The message carries no words: a picture, a file, a voice message that could not be made out. */
  wordsOnly: string;
  /** The organisation's monthly quota is used up: the platform withholds the words. */
  quotaSpent: string;
  /** Whether the message was kept cannot be said. */
  unavailable: string;
  /** A line that makes a work notification differ from the same words of another minute. */
  sentAt: (at: Date, zone: string) => string;
}

/** What Stream mode needs besides. */
export interface StreamOptions {
  changes: ContactChanges;
  steady: Steady;
  /** How often connections look at the time; default 1 s. */
  tickMs?: number;
}

/** Where address-book events come in by HTTP. Stream mode needs none of this. */
export interface EventDoor {
  token: string;
  aesKey: string;
  changes: ContactChanges;
}

/** A group's robot address, and the secret of its 加签 where that is on. */
export interface GroupWebhook {
  url: string;
  secret?: string;
}

export interface DingtalkSignInBases {
  /** https://login.dingtalk.com */
  loginBase: string;
  /** Address of the client's script for a page (免登). */
  script: string;
}

export interface DingtalkOptions extends Ways {
  corpId: string;
  /** Client ID (AppKey) and Client Secret (AppSecret) of the internal app. */
  clientId: string;
  clientSecret: string;
  /** Equals the Client ID for the robot of an internal app. */
  robotCode: string;
  /** The robot's name as people @-mention it, without '@'. */
  robotName: string;
  /** https://api.dingtalk.com, a private deployment, or a stand-in. */
  apiBase: string;
  /** https://oapi.dingtalk.com: the only other host to which answers are posted. */
  sessionBase: string;
  /** The pages and the script by which people sign in to the console. */
  signIn: DingtalkSignInBases;
  /** AgentId of the app: with it, work notifications reach whom the robot may not write to. */
  agentId?: string;
  /** By the id under which a group's messages come in. */
  groupWebhooks: ReadonlyMap<string, GroupWebhook>;
  buttons: CardButtons;
  usage: Usage;
  /** Address-book events by HTTP; absent where the console subscribes to none. */
  events?: EventDoor;
  /** The robot receives by Stream, and so do events; absent: by HTTP. One of the two per robot. */
  stream?: StreamOptions;
  texts: DingtalkTexts;
}
