import type { Connection } from 'mongoose';
import type { VNode } from 'preact';
import type { ReadyJob } from '../jobs/registry';
import type { Command, CommandContext } from './chat/command';
import type { AnyQuestion } from './chat/question';
import type { Platform } from './delivery/incoming';
import type { Ledger, Recheck } from './delivery/ledger';
import type { Clock } from './foundation/clock';
import type { Day } from './foundation/day';
import type { KeptText } from './foundation/kept-text';
import type { Logger } from './foundation/logger';
import type { Contribution, Measure, MeasureName } from './measures';
import type { Action, Actor } from './organisation/may';
import type { Reading } from './reader';

export type { Ledger, Recheck } from './delivery/ledger';

/** What every feature is given. Nothing in it belongs to one body: each call names its own. */
export interface Base {
  connection: Connection;
  clock: Clock;
  logger: Logger;
  /** Messages with a key and a last look before sending. */
  ledger: Ledger;
  /** Whether a group can be written to without having been asked. */
  reachesGroup(body: string, platform: Platform, chatId: string): boolean;
  /** Where a page of the console is opened; null where browsers do not reach us. */
  pageAt(body: string, path: string): string | null;
  /** What a message's purpose is called; to be asked for when it is needed. */
  calledPurpose(purpose: string): string;
  /** A figure with everything that features contribute to it. To be asked for when it is needed, never while features are made. */
  measure: (name: MeasureName) => Measure;
}

/** A message a feature may plan. Without `recheck` it is sent whatever has happened since. */
interface Purpose {
  /** For people who look at what may not have arrived: 履职提醒. */
  called: string;
  recheck?: Recheck;
}

/** Something whose indexes are made before the house opens. */
export interface Store {
  ensureIndexes(): Promise<void>;
}

/** Who looks at a page, and when. */
export interface Visit {
  body: string;
  /** IANA zone of the body. */
  zone: string;
  visitor: Actor & { name: string };
  now: Date;
  today: Day;
  /** What stands behind the ? of the address; the first of each name. */
  query: Readonly<Record<string, string>>;
}

/** Where to go when something is done, or a sentence that says what is wrong. */
export type PageDone = { goTo: string } | { say: string };

/** One thing a page lets people do: a form that posts to `<path>/<name>`. */
export interface PageForm {
  may: Action;
  /** Fields as they may be kept, each at most 4,000 characters. */
  submit(visit: Visit, fields: Readonly<Record<string, KeptText>>): Promise<PageDone>;
}

/** A form that hands in one file, in its field `file`. */
export interface PageUpload {
  may: Action;
  /** At most 5 MB, as it was sent: nothing has looked into it. */
  take(visit: Visit, file: Uint8Array): Promise<PageDone>;
}

/** A page of the console. The frame, the navigation and the signing in are the console's. */
export interface Page {
  /** '/feedback'; unique in the house. */
  path: string;
  /** What the navigation calls it. */
  title: string;
  may: Action;
  render(visit: Visit): Promise<VNode>;
  forms?: Readonly<Record<string, PageForm>>;
  uploads?: Readonly<Record<string, PageUpload>>;
}

/** A feature's part of the member's own page (/me); nothing of anybody else's. */
export interface OwnPart {
  /** Parts stand in this order, 1 first. */
  place: number;
  render(visit: Visit): Promise<VNode | null>;
}

/** Everything a feature may declare. A part that is not needed is left out; src/declared.ts refuses what is declared twice. */
export interface Feature {
  name: string;
  stores?: readonly Store[];
  commands?: readonly Command[];
  /** Who goes on when the bot has asked something. */
  questions?: readonly AnyQuestion[];
  /** By name: messages it may plan. */
  purposes?: Readonly<Record<string, Purpose>>;
  pages?: readonly Page[];
  mine?: OwnPart;
  jobs?: readonly ReadyJob[];
  measures?: readonly Contribution[];
  /** One sentence added to the answer to a line in a group, or null. */
  afterword?: (context: CommandContext, reading: Reading) => Promise<string | null>;
}
