import type { Asked } from './asked';
import type { Reading } from './reading';

/** What a feature declares of one thing that can be said to it. Pure. */
export interface Intent<R extends Reading = Reading> {
  readonly name: R['intent'];
  /** What stands behind a slash for it; of all features' words the longest wins. */
  readonly words: readonly string[];
  /** A date without a year lies behind (looksBack) or ahead. */
  readonly looksBack: boolean;
  /** Something told is kept: never guessed from an unknown word after a slash, since chats have slash signs of their own (/微笑). */
  readonly keeps: boolean;
  /** A form for it goes round: field names and blanks behind its word tell nothing. */
  readonly hasForm: boolean;
  /** Only its words as they are written: what merely sounds like one is not it. */
  readonly literal: boolean;
  /** The fields, once the intent is known. */
  read(asked: Asked): R;
  /** Why a line with these fields was not meant after all (a plan, somebody else's doing); null when it was. */
  notMeant(asked: Asked, reading: R): string | null;
  is(reading: Reading): reading is R;
}

/** What must be said of an intent; the rest is false, and what is read is meant. */
interface Declaration<R extends Reading> {
  words: readonly string[];
  looksBack?: boolean;
  keeps?: boolean;
  hasForm?: boolean;
  literal?: boolean;
  read(asked: Asked): R;
  notMeant?(asked: Asked, reading: R): string | null;
}

/** Declares that `name` can be said; its type is what `is` narrows a reading to. */
export function intent<R extends Reading>(name: R['intent'], declaration: Declaration<R>): Intent<R> {
  return {
    name,
    looksBack: false,
    keeps: false,
    hasForm: false,
    literal: false,
    notMeant: () => null,
    ...declaration,
    is: (reading): reading is R => reading.intent === name,
  };
}
