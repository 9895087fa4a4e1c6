import { readCard, type ShownButton, type ShownCard } from './card';
import type { ChatLog, ShownMessage } from './chat-log';
import type { SimulatorClock } from './options';
import { randomId } from './random-id';

/** A button of a card on somebody's screen, and the bubble it stands in. */
export interface Pressable {
  shown: ShownMessage;
  card: ShownCard;
  button: ShownButton;
}

/** How long the app may change a card by its code; once. */
const codeLifeMs = 72 * 3_600_000;

/** The cards on the screens: which are there, what each person sees of them, and the codes with which the app may change its own. */
export class Cards {
  private readonly used = new Map<string, string>();
  private readonly codes = new Map<string, { shown: ShownMessage; userId: string; until: number }>();

  constructor(
    private readonly log: ChatLog,
    private readonly clock: SimulatorClock,
  ) {}

  /** Reads a new card. A task id serves one message for ever: `of` names the message. Throws Error. */
  read(value: unknown, owner: ShownCard['owner'], of: string): ShownCard {
    const card = readCard(value, owner);
    const key = `${owner} ${card.taskId}`;
    if (card.taskId !== '' && (this.used.get(key) ?? of) !== of) throw new Error('task_id was used before');
    this.used.set(key, of);
    return card;
  }

  /** Reads a card that takes the place of one. Throws Error. */
  readUpdate(value: unknown, old: ShownCard): ShownCard {
    const card = readCard(value, old.owner);
    if (card.taskId !== old.taskId) throw new Error('task_id is not the one of the card');
    return card;
  }

  /** The newest button of that label the person sees in the chat, or the one in a given bubble. */
  find(chat: string, userId: string, label: string, messageId?: string): Pressable | null {
    for (const shown of [...this.log.messages(chat)].reverse()) {
      if (messageId !== undefined && shown.id !== messageId) continue;
      const card = cardFor(shown, userId);
      const button = card?.buttons.find((each) => each.label === label);
      if (card && button) return { shown, card, button };
    }
    return null;
  }

  /** `userIds`: for whom; null for everybody. */
  replace(shown: ShownMessage, card: ShownCard, userIds: readonly string[] | null): void {
    if (userIds) shown.cardOf = { ...shown.cardOf, ...Object.fromEntries(userIds.map((userId) => [userId, card])) };
    else Object.assign(shown, { card, cardOf: {} });
    this.log.changed(shown);
  }

  /** With it the app may change what one person sees, once. */
  newCode(shown: ShownMessage, userId: string): string {
    const code = randomId(24);
    this.codes.set(code, { shown, userId, until: this.clock.now().getTime() + codeLifeMs });
    return code;
  }

  /** Takes a code; null when it is unknown, used or too old. */
  takeCode(code: unknown): { shown: ShownMessage; userId: string } | null {
    const known = typeof code === 'string' ? this.codes.get(code) : undefined;
    if (!known || known.until < this.clock.now().getTime()) return null;
    this.codes.delete(code as string);
    return known;
  }
}

/** The card in a bubble as one person sees it. */
export const cardFor = (shown: ShownMessage, userId: string): ShownCard | undefined => shown.cardOf?.[userId] ?? shown.card;
