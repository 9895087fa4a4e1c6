import type { Answer, Incoming } from '../../../src/delivery/incoming';
import type { Sender } from '../../../src/delivery/outgoing';
import type { ShiftableClock } from '../../../src/foundation/clock';

/** What every way in and out must keep, in the order of the table. */
export const points = {
  group: 'words said in a group',
  private: 'words said in private',
  mention: 'the mention of the bot',
  duplicate: 'one event in two frames',
  distrust: 'what cannot be trusted',
  oversized: 'what is too large',
  late: 'an answer that comes late',
  privately: 'a private answer to a group message',
  outcomes: 'sent, refused, unknown, later',
  long: 'a text that is too long',
  harmless: 'markup in members’ words',
  person: 'a person mentioned in a group',
  buttons: 'buttons, and pressing one',
} as const;

export type Point = keyof typeof points;

/** A line as somebody says it. */
export interface Line {
  text: string;
  group: boolean;
  /** The platform's id of the event. */
  event: string;
}

/** What reached the platform from us. */
export interface Arrived {
  /** The person's id, the group's id, or 'late' for an answer to a message's own address. */
  to: string;
  text: string;
  /** Bytes of the text as the platform counts them. */
  bytes: number;
  mentions: readonly string[];
}

export type Mood = 'acts' | 'refuses' | 'hangs' | 'is busy';

export interface OpenWay {
  clock: ShiftableClock;
  received: Incoming[];
  /** What the inbox answers; replace it. */
  answers(answer: (incoming: Incoming) => Promise<Answer>): void;
  /** Delivers a line of 周岚 as the platform does, each time in a frame of its own; resolves with what she reads, null for nothing. */
  deliver(line: Line): Promise<string | null>;
  /** Sends what no platform would have sent: a forged signature, or nonsense on a socket that is already trusted. */
  distrusted(): Promise<'refused'>;
  /** Sends a line with far more than a message holds; resolves when it has been dealt with. */
  oversized(): Promise<void>;
  sender: Sender;
  /** The most bytes of one private message. */
  mostBytes: number;
  /** What an answer in the response is marked up as: text that would act on the person's phone. */
  acting: RegExp;
  /** How the platform behaves when it is written to. */
  mood(mood: Mood): void;
  arrived(): Arrived[];
  /** 周岚 presses the first button of the last answer; resolves with what she reads then. */
  press(): Promise<string | null>;
  close(): Promise<void>;
}

export interface Way {
  name: string;
  platform: 'wecom' | 'dingtalk';
  /** 周岚's id there, and the group's. */
  person: string;
  group: string;
  /** Somebody the platform refuses to write to; absent where 'refuses' is a mood. */
  refused?: string;
  /** What the platform cannot do this way, and where that is written. */
  cannot: Partial<Record<Point, string>>;
  open(): Promise<OpenWay>;
}
