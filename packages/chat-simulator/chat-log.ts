import { EventEmitter } from 'node:events';
import type { ShownCard } from './card';
import type { SimulatorClock } from './options';

/** One bubble as the client shows it. */
export interface ShownMessage {
  id: string;
  /** Chat key: a group's chat id, or `private:` and the user id. */
  chat: string;
  /** A user id, 'bot', 'app', or 'webhook' for 消息推送. */
  from: string;
  text: string;
  format: 'text' | 'markdown';
  /** Text of the message this one quotes. */
  quote?: string;
  /** Buttons under it. */
  card?: ShownCard;
  /** What single people see in the card's place, by user id. */
  cardOf?: Record<string, ShownCard>;
  /** ISO instant of the simulator's clock. */
  at: string;
}

/** Of one chat; more than anybody scrolls back through. */
const mostKept = 2_000;

export const privateChat = (userId: string): string => `private:${userId}`;

/** Everything the clients show, in memory, and what each person has seen of it. */
export class ChatLog {
  private readonly chats = new Map<string, ShownMessage[]>();
  private readonly seen = new Map<string, number>();
  /** How many of a chat were let go, the oldest first. */
  private readonly gone = new Map<string, number>();
  private readonly changes = new EventEmitter().setMaxListeners(0);
  private next = 1;

  constructor(private readonly clock: SimulatorClock) {}

  show(message: Omit<ShownMessage, 'id' | 'at'>): ShownMessage {
    const shown = { ...message, id: `s${this.next++}`, at: this.clock.now().toISOString() };
    const list = this.chats.get(shown.chat) ?? [];
    list.push(shown);
    if (list.length > mostKept) {
      list.shift();
      this.gone.set(shown.chat, this.goneOf(shown.chat) + 1);
    }
    this.chats.set(shown.chat, list);
    this.changes.emit('change', shown.chat);
    return shown;
  }

  /** A stream's newer text replaces the older one. */
  replace(shown: ShownMessage, text: string): void {
    shown.text = text;
    this.changed(shown);
  }

  /** Tells the pages that something about a bubble is new. */
  changed(shown: ShownMessage): void {
    this.changes.emit('change', shown.chat);
  }

  messages(chat: string): readonly ShownMessage[] {
    return this.chats.get(chat) ?? [];
  }

  /** Keys of the private chats with messages, the newest first. */
  livelyPrivateChats(): string[] {
    return [...this.chats.entries()]
      .filter(([chat]) => chat.startsWith('private:'))
      .sort(([, a], [, b]) => (b.at(-1)?.at ?? '').localeCompare(a.at(-1)?.at ?? ''))
      .map(([chat]) => chat);
  }

  markSeen(userId: string, chat: string): void {
    this.seen.set(`${userId} ${chat}`, this.goneOf(chat) + this.messages(chat).length);
  }

  /** Messages of others the person has not looked at. */
  unread(userId: string, chat: string): number {
    return this.messages(chat)
      .slice(Math.max(0, (this.seen.get(`${userId} ${chat}`) ?? 0) - this.goneOf(chat)))
      .filter((message) => message.from !== userId).length;
  }

  private goneOf(chat: string): number {
    return this.gone.get(chat) ?? 0;
  }

  /** Calls `listener` with the chat's key on every change; returns how to stop. */
  onChange(listener: (chat: string) => void): () => void {
    this.changes.on('change', listener);
    return () => this.changes.off('change', listener);
  }
}
