import type { BotMessage } from '../bot-payload';
import type { Pressable } from '../cards';
import type { ShownMessage } from '../chat-log';
import type { SimulatorClock } from '../options';

/** A callback that may still be answered under its req_id. */
export interface OpenCallback {
  kind: 'message' | 'enter_chat' | 'template_card_event';
  message: BotMessage;
  /** What was pressed. */
  pressed?: Pressable;
  /** Milliseconds since 1970. */
  at: number;
  /** The whole answer, or null when there will be none. */
  answered: (content: string | null) => void;
}

/** One bubble of the bot, by the stream that fills it. */
export interface Bubble {
  owner: string;
  shown?: ShownMessage;
  since: number;
}

/** How long each can be answered: 24 hours for messages; 5 s for events. */
const lifeMs = { message: 24 * 3_600_000, enter_chat: 5_000, template_card_event: 5_000 };

/** Which callbacks can be answered, and until when. */
export class OpenCallbacks {
  private readonly open = new Map<string, OpenCallback>();

  constructor(private readonly clock: SimulatorClock) {}

  add(reqId: string, callback: Omit<OpenCallback, 'at'>): void {
    this.open.set(reqId, { ...callback, at: this.clock.now().getTime() });
  }

  /** The callback if it is of this kind and not too old. */
  find(reqId: string, kind: OpenCallback['kind']): OpenCallback | null {
    const callback = this.open.get(reqId);
    const young = callback && this.clock.now().getTime() - callback.at <= lifeMs[callback.kind];
    return young && callback.kind === kind ? callback : null;
  }

  /** Nobody will answer over a connection that is gone. */
  forget(reqId: string): void {
    this.open.delete(reqId);
  }
}
