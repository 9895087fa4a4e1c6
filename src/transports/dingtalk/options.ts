import type { ContactChanges } from '../../delivery/contact-change';
import type { Ways } from '../ways';

/** What the transport itself says; the sentences stand in chat/texts. */
export interface DingtalkTexts {
  /** The sender's staff id is missing: the app is not published to them, or they belong to another organisation. */
  identityMissing: string;
  /** The message carries no words: a picture, a file, a voice message that could not be made out. */
  wordsOnly: string;
  /** The organisation's monthly quota is used up: the platform withholds the words. */
  quotaSpent: string;
  /** Whether the message was kept cannot be said. */
  unavailable: string;
}

/** Where address-book events come in by HTTP (dingtalk.md 5). Stream mode needs none of this. */
export interface EventDoor {
  token: string;
  aesKey: string;
  changes: ContactChanges;
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
  /** Address-book events by HTTP; absent where the console subscribes to none. */
  events?: EventDoor;
  texts: DingtalkTexts;
}
