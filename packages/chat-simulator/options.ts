import type { Clock, Day } from './days';

/** A clock the demo may move; its absence hides the page's time controls. */
export type SimulatorClock = Clock & { moveTo?(instant: Date): void | Promise<void> };

export interface Person {
  userId: string;
  name: string;
  /** What the chooser shows beside the name, e.g. '教育界 召集人'. */
  note?: string;
  /** Stands at the top of the chooser. Without any, the first people with a note do. */
  featured?: boolean;
}

export interface Group {
  chatId: string;
  name: string;
  /** User ids; only they may speak in the group. */
  members: string[];
  /** Key of the group's 消息推送, when somebody has added one. */
  webhookKey?: string;
}

export interface BotSettings {
  token: string;
  /** 43 characters. */
  aesKey: string;
  botId: string;
  /** Display name, the one people @-mention. */
  name: string;
  /** Further display names the page and `say` accept as a mention of the bot. */
  alsoNamed?: string[];
  /** Secret of the long connection: with it the bot speaks and hears over /openws, without it by callback. */
  secret?: string;
  /** Whether messages carry a late-reply address; over the long connection sources disagree. Default true. */
  responseUrls?: boolean;
  /** As for a bot whose creator is no super administrator: callbacks carry converted ids. */
  encryptedUserIds?: boolean;
}

export interface AppSettings {
  token: string;
  aesKey: string;
  /** The integer id, as a number or its digits. */
  agentId: number | string;
  secret: string;
}

/** Keys of the contact-sync helper's callback at /wecom/contacts. */
export interface ContactsSettings {
  token: string;
  aesKey: string;
}

export interface SimulatorOptions {
  /** 0 or absent: a free one. Always loopback only. */
  port?: number;
  clock: SimulatorClock;
  /** Begins with 'demo'. */
  corpId: string;
  /** Base URL of the application under /wecom/bot and /wecom/app; a function when it is known only later. */
  webhook: string | (() => string);
  bot: BotSettings;
  app: AppSettings;
  contacts?: ContactsSettings;
  people: Person[];
  groups: Group[];
  /** Heading of the page, e.g. the organisation's name. */
  title?: string;
  /** Three lines a visitor can tap. */
  examples?: string[];
  /** Told one line about every answer or call a real client would not have accepted. No secrets. */
  onFault?: (line: string) => void;
  /** Real milliseconds without an answer before a callback counts as failed; 5000 as WeCom. */
  answerWithinMs?: number;
  /** Real milliseconds between a failed callback and its retry; 5000 as WeCom. */
  retryDelayMs?: number;
  /** Awaited before anything is delivered once more; a test holds it until its process is back. */
  againWhen?: () => Promise<unknown>;
  /** Real milliseconds between two polls of an unfinished stream. */
  pollDelayMs?: number;
  /** User ids outside the app's visible range. */
  outside?: readonly string[];
  /** Base URL of the application's pages for people; with it the chat page links to the chosen person's own. Default: the webhook's. */
  pages?: string;
  /** The chat page at GET /; default true. */
  page?: boolean;
  /** IANA zone of the page's times; default Asia/Shanghai. */
  zone?: string;
  /** Which days the time controls stop at; default Monday to Friday. */
  isWorkingDay?: (day: Day) => boolean;
}

/** What happened to one line somebody said. */
export interface Delivery {
  msgId: string;
  /** HTTP status of the last attempt; 0 when there was no answer, or nothing was delivered at all. */
  status: number;
  /** What the client showed as the answer; null when nothing. */
  answer: string | null;
  /** HTTP requests made, retries included. */
  attempts: number;
  /** One per delivery when the platform delivered more than once, in the order asked for. */
  answers: (string | null)[];
  /** Why nothing was shown although WeCom did its part: an answer no client accepts, or a fourth interaction at once. */
  remark?: 'not_shown' | 'too_many';
}

export interface Said {
  /** User id of the speaker. */
  from: string;
  /** A group's chat id, or 'private' for the speaker's own chat with the bot. */
  chat: string;
  text: string;
  /** In groups: put the bot's name in front unless the text already mentions it. Default true. */
  mention?: boolean;
  /** Text of the message being quoted. */
  quote?: string;
  /** How often the platform delivers it, at once. Default 1. */
  times?: number;
  msgId?: string;
}

export type SaidToApp = Pick<Said, 'from' | 'text' | 'times' | 'msgId'>;

/** A press of a button on a card. */
export interface Pressed {
  /** User id of the presser. */
  from: string;
  /** A group's chat id, or 'private' for the presser's own chat. */
  chat: string;
  /** What stands on the button; the newest one the person sees counts. */
  label: string;
  /** Only in this bubble. */
  messageId?: string;
}
