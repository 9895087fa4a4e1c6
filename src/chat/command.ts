import type { Card } from '../delivery/card';

export type { Button, Card } from '../delivery/card';

import type { Platform } from '../delivery/incoming';
import type { Intent } from '../reader/intent';
import type { Reading } from '../reader/reading';

export type Role = 'member' | 'convener' | 'liaison_officer' | 'committee_director' | 'deputy_director' | 'staff' | 'administrator';

/** Who speaks, as far as a command needs to know. */
export interface Speaker {
  memberId: string;
  name: string;
  /** Sector code, e.g. 'education'; null for staff without a sector. */
  sector: string | null;
  roles: readonly Role[];
}

export interface CommandContext {
  body: string;
  /** IANA zone of the organisation. */
  zone: string;
  speaker: Speaker;
  platform: Platform;
  chat: { kind: 'group' | 'private'; id: string };
  /** Unique per incoming event; the key of every effect it has. */
  eventKey: string;
  now: Date;
  /** ISO day of `now` in `zone`. */
  today: string;
  /** What was typed, unchanged. */
  text: string;
  /** The platform said so; absent where the mention stands in the text. */
  mentioned?: boolean;
  quoted?: string;
}

/** A message to one member in private, sent once per key through the outbox. */
export interface PrivateMessage {
  memberId: string;
  /** Unique within the body: purpose and occasion, e.g. 'progress:EVENT' or 'promoted:A23:SIGNUP'. */
  key: string;
  purpose: 'private_reply' | 'seat_freed' | 'activity_notice';
  text: string;
  card?: Card;
}

/** A question the bot has asked; the speaker's next addressed line in the same chat is tried as its answer. */
export interface PendingQuestion {
  /** The record to complete, e.g. 'R1024'. */
  recordId: string;
  asks: readonly string[];
}

/** A message to a bound work group, sent once per key through the outbox. */
export interface GroupMessage {
  platform: Platform;
  chatId: string;
  /** Unique within the body, e.g. 'announced:A23:wecom:wr1'. */
  key: string;
  text: string;
  card?: Card;
}

export interface Reply {
  /** What is said where the message came from. */
  text: string;
  /** Buttons under it; the text says everything by itself. */
  card?: Card;
  private?: readonly PrivateMessage[];
  groups?: readonly GroupMessage[];
  ask?: PendingQuestion;
}

export interface Command<R extends Reading = Reading> {
  intent: R['intent'];
  /** Roles that may use it; absent: everybody in the roster. */
  allowed?: readonly Role[];
  /** One line of /帮助: what to type. Absent: not listed. */
  help?: string;
  /** Runs at least once per event: its effects carry context.eventKey, so that running twice changes nothing and answers the same. */
  handle(context: CommandContext, reading: R): Promise<Reply>;
}

/**
 * A command for those who run things, outside the reading contract: a slash or a mention, one of its words, and the rest of
 * the line. Tried before the line is read.
 */
export interface WordCommand {
  words: readonly string[];
  handle(context: CommandContext, rest: string): Promise<Reply>;
}

/** What is done about an intent; its handler sees readings of that intent only. */
export function command<R extends Reading>(intent: Intent<R>, { handle, ...rest }: Omit<Command<R>, 'intent'>): Command {
  return {
    ...rest,
    intent: intent.name,
    async handle(context, reading) {
      if (!intent.is(reading)) throw new Error(`a reading ${reading.intent} came to the command ${intent.name}`);
      return handle(context, reading);
    },
  };
}
