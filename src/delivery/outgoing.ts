import type { Platform } from './incoming';

/** A message that goes out on its own, not as the answer of a request. */
export interface Outgoing {
  body: string;
  platform: Platform;
  /** To one person in private, or once to the late-reply address of a message. */
  to: { userId: string } | { lateReply: string };
  format: 'text' | 'markdown';
  text: string;
  /** True for what somebody has just asked for: it does not wait for a quieter minute. */
  asked?: boolean;
}

/**
 * The three outcomes of a send (plus 'later', when nothing was sent and trying again is safe).
 * 'unknown' means the platform may or may not have acted: never retry it without the platform's own duplicate check.
 */
export type SendOutcome =
  | { kind: 'sent'; platformId?: string }
  | { kind: 'refused'; code: string; reason: string }
  | { kind: 'later'; code: string; afterMs: number }
  | { kind: 'unknown'; code: string };

/** A transport's way out. Never throws for what the platform says; a retry of the same Outgoing within 4 h is suppressed by the platform. */
export interface Sender {
  send(outgoing: Outgoing): Promise<SendOutcome>;
}
