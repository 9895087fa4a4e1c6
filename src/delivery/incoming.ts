import { fitToKeep, type KeptText } from '../foundation/kept-text';
import type { Platform } from '../foundation/platform';
import type { Card } from './card';

export type { Platform } from '../foundation/platform';

/** One message of a person, the same for every platform. All ids are strings, exactly as the platform sent them. */
export interface Incoming {
  platform: Platform;
  /** Which door it came through: the group bot or the self-built app's own conversation. */
  channel: 'bot' | 'app';
  /** The CPPCC body (tenant) that owns the bot. */
  body: string;
  /** Identity of the event on its platform: equal for every redelivery, different for different events. At most 200 characters. */
  eventId: string;
  /** The sender's plaintext user id on the platform. */
  senderId: string;
  chat: { kind: 'group' | 'private'; id: string };
  /** What was typed, at most 20 kB; with the mention where the platform leaves it in the text. */
  text: string;
  /** True when the platform says that the bot was mentioned; DingTalk takes the mention out of the text. */
  mentioned?: boolean;
  /** Text of the quoted message, when the person quoted one. */
  quoted?: string;
  /** A one-shot address for an answer that comes too late for the response. A secret: never logged. */
  lateReply?: { url: string; expiresAt: Date };
}

/** The message as it may be kept and is handed on: what was typed has passed the one check (foundation/kept-text). */
export interface Received extends Incoming {
  text: KeptText;
  quoted?: KeptText;
}

/** null: it bears a mark of secrecy. What is quoted is dropped then: it may be our own sentence about such marks. */
export function receivedOf({ text, quoted, ...incoming }: Incoming): Received | null {
  const kept = fitToKeep(text);
  const alsoKept = quoted === undefined ? null : fitToKeep(quoted);
  return kept === null ? null : { ...incoming, text: kept, ...(alsoKept === null ? {} : { quoted: alsoKept }) };
}

/** What is said where a message came from. */
export interface Said {
  text: string;
  card?: Card;
}

/** What goes back in the same response; null says nothing. */
export type Answer = Said | null;

/** The door every transport knocks at. Throws nothing but AppError; with reaction 'retry' the transport lets the platform try again. */
export interface Inbox {
  /**
   * `withinMs`: how long the platform waits for the response; default 3 s. 0: it takes none; null then means that the
   * message is kept, and its answer goes out as a late one.
   */
  receive(incoming: Incoming, withinMs?: number): Promise<Answer>;
}

/** For a transport that can learn that an answer certainly did not reach the chat. */
export interface Unsaid {
  /** The answer to this message follows as a late one. Harmless when it does so anyway. */
  unsaid(incoming: Incoming): Promise<void>;
}
