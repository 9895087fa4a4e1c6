/**
 * What a chat line means, field for field. Every feature declares readings of its
 * own (`<feature>/readings`); names are the contract's own (snake_case), because readings are printed and scored as they are.
 */
export interface Reading {
  readonly intent: string;
  spans?: Spans;
}

/** Where in the original text a field was read: [start, end) in UTF-16 units of the text as sent. */
export type Spans = Record<string, readonly [number, number]>;

/** Nothing is to be done. */
export interface NoneReading extends Reading {
  intent: 'none';
  /** chatter, not_addressed, template, forwarded, plan, unclear … */
  reason: string;
  /** Two things it may mean: the sender is asked which. */
  between?: readonly [string, string];
}

export const isNone = (reading: Reading): reading is NoneReading => reading.intent === 'none';

/** How the bot is used; also what an empty line addressed to it means. */
export interface HelpReading extends Reading {
  intent: 'help';
  /** Everything, not only what is used most. */
  everything: boolean;
}

export interface SenderContext {
  /** Default 'member'. */
  sender_role?: 'member' | 'convener' | 'staff';
  /** In a private chat with the bot every line is addressed to it. Default 'group'. */
  chat?: 'group' | 'private';
  /** The sender's own name, where it is known who speaks. */
  speaker?: string;
  /** The platform says that the bot was mentioned; then the mention need not stand in the text. */
  mentioned?: boolean;
  /** Text of the quoted bot message. */
  quoted?: string;
  /** What the sender has just recorded, newest last: free text or ids. */
  previous?: readonly string[];
  /** Words this organisation adds: places, units, sector aliases, members' names. */
  vocabulary?: OrganisationVocabulary;
}

export interface OrganisationVocabulary {
  places?: readonly string[];
  organisations?: readonly string[];
  /** alias → sector name */
  sectors?: Readonly<Record<string, string>>;
  members?: readonly string[];
  /** The bot's display names in this organisation, without '@'. Default: those of config/vocabulary/cues.yaml. */
  mentions?: readonly string[];
}

export interface ReadContext extends SenderContext {
  /** ISO day on which the line was sent, in the organisation's zone. */
  today: string;
}
