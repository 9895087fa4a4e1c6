import type { Card } from './card';
import type { Platform } from './incoming';

/**
 * One person in private; or once the late-reply address of a message, and when the platform refuses that (it has expired),
 * the person in private; or a chat, by the id under which its messages come in, and when it cannot be reached, the person in
 * private.
 */
type Recipient = { userId: string } | LateReply | { chatId: string; orUserId?: string };

export interface LateReply {
  lateReply: string;
  orUserId?: string;
  /** The message stood in the private chat: the address itself does not say. */
  inPrivate?: true;
}

/** A message that goes out on its own, not as the answer of a request. */
export interface Outgoing {
  body: string;
  platform: Platform;
  to: Recipient;
  format: 'text' | 'markdown';
  text: string;
  /** Buttons, where the way out can show them. */
  card?: Card;
  /** User ids to @-mention in a group, where the platform can. */
  mentions?: readonly string[];
  /** Equal for every repetition of this message, for platforms that drop a second one by it. */
  key?: string;
  /** True for what somebody has just asked for: it does not wait for a quieter minute. */
  asked?: boolean;
}

/**
 * The three outcomes of a send (plus 'later', when nothing was sent and trying again is safe).
 * 'taken' means that the platform has it and says later, when asked with the ticket, what became of it.
 * 'unknown' means the platform may or may not have acted: it is repeated only within the sender's `repeatSafeMs`.
 */
export type SendOutcome =
  | { kind: 'sent'; platformId?: string }
  | { kind: 'refused'; code: string; reason: string }
  /** `advice`: it waits for the operator, who has to do this. */
  | { kind: 'later'; code: string; afterMs: number; advice?: string }
  | { kind: 'taken'; ticket: string; askAfterMs: number }
  | { kind: 'unknown'; code: string };

/** A transport's way out. Never throws for what the platform says. */
export interface Sender {
  /** How long after the first try the platform itself suppresses an identical private message; 0 when it has no such check. */
  readonly repeatSafeMs: number;
  /** Whether this group can be written to without having been asked; absent means no group can. */
  reachesGroup?(chatId: string): boolean;
  /** Whether a late answer can be said in the chat it was asked in without an address of its own; absent means no. */
  readonly answersInChats?: boolean;
  /** The messages that this text goes out in, in order, where one is too small for it; absent: it goes as it is. Pure. */
  parts?(outgoing: Outgoing): readonly string[];
  send(outgoing: Outgoing): Promise<SendOutcome>;
  /** Asks what became of what was taken. Nothing is sent. */
  resolve?(ticket: string): Promise<SendOutcome>;
  /** True while messages nobody waits for should go out together, to save calls. */
  sparing?(): Promise<boolean>;
}
