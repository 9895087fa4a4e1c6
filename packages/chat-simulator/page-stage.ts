import type { Cards } from './cards';
import type { ChatLog } from './chat-log';
import type { Delivery, Group, Person, Pressed, Said } from './options';

/** One platform as the chat page shows it: the same page serves both. */
export interface PageStage {
  platform: 'wecom' | 'dingtalk';
  people: Person[];
  groups: Group[];
  /** Whom one mentions. */
  botName: string;
  log: ChatLog;
  cards: Cards;
  say: (said: Said) => Promise<Delivery>;
  press: (pressed: Pressed) => Promise<Delivery>;
  /** The person opens the private chat, where the platform tells the application. */
  enterChat?: (userId: string) => Promise<unknown>;
}
