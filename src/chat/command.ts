import type { Card } from '../delivery/card';
import type { KeptText } from '../foundation/kept-text';
import type { Platform } from '../foundation/platform';
import type { Action, Actor } from '../organisation/may';
import type { Role } from '../organisation/roles';
import type { Intent } from '../reader/intent';
import type { Reading } from '../reader/reading';

export type { Button } from '../delivery/card';

/** Who speaks, as far as a command needs to know. */
export interface Speaker extends Actor {
  name: string;
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
  /** What was typed, as it may be kept. */
  text: KeptText;
  /** The platform said so; absent where the mention stands in the text. */
  mentioned?: boolean;
  quoted?: KeptText;
  /** What the assistant has said last to the speaker in this chat of anything with a number; only for a line that names nothing itself. */
  lastSaid?: string;
}

/** A message to one member in private, sent once per key through the outbox. */
export interface PrivateMessage {
  memberId: string;
  /** Unique within the body: purpose and occasion, e.g. 'progress:EVENT' or 'promoted:A23:SIGNUP'. */
  key: string;
  /** One that a feature declares. */
  purpose: string;
  text: string;
  card?: Card;
  /** What the reason is, for the purpose's last look; ids only. */
  reason?: Record<string, string>;
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

/** What the bot has asked, as it is kept until it is answered, dropped or too old. */
export interface PendingQuestion {
  /** Name of the question: whose `resume` goes on. */
  question: string;
  /** The half-filled form; its shape is the question's own. */
  kept: unknown;
}

export interface Reply {
  /** What is said where the message came from. */
  text: string;
  /** Buttons under it; the text says everything by itself. */
  card?: Card;
  private?: readonly PrivateMessage[];
  groups?: readonly GroupMessage[];
  /** What the bot has just asked; the speaker's next addressed line in the same chat is tried as its answer. */
  ask?: PendingQuestion;
}

/** One line of /帮助. */
export interface HelpLine {
  say: string;
  /** Told to whom this is open; absent: to whom the command is. */
  may?: Action;
  /** Roles for which it is among the first lines. */
  first?: readonly Role[];
  /** Told to members of a sector only: others have nothing of the kind. */
  ofMembers?: true;
}

interface Definition<R extends Reading> {
  /** Asked by the router before, and by the service again with the object it has found. */
  may: Action;
  /** Said to whom the action is not open at all; else the common sentence. */
  denied?: string;
  /** Lines of /帮助: what to type. Absent: not listed. */
  help?: string | readonly HelpLine[];
  /** Runs at least once per event: its effects carry context.eventKey, so that running twice changes nothing and answers the same. */
  handle(context: CommandContext, reading: R): Promise<Reply>;
}

/** A command whose intent is settled inside: it answers readings of its own intent and throws at others. */
export interface Command extends Omit<Definition<Reading>, 'handle' | 'help'> {
  intent: Intent;
  help?: readonly HelpLine[];
  handle(context: CommandContext, reading: Reading): Promise<Reply>;
}

/** What is done when a line has this intent; `handle` gets exactly the reading the intent declares. */
export function command<R extends Reading>(intent: Intent<R>, definition: Definition<R>): Command {
  const { help, ...rest } = definition;
  return {
    ...rest,
    ...(help === undefined ? {} : { help: typeof help === 'string' ? [{ say: help }] : help }),
    intent,
    handle: async (context, reading) => {
      if (!intent.is(reading)) throw new TypeError(`a command of ${intent.name} was given a reading of ${reading.intent}`);
      return definition.handle(context, reading);
    },
  };
}
