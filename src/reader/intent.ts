import type { Asked } from './intents/asked';
import type { Reading } from './reading';
export interface Intent<R extends { intent: string } = Reading> {
  readonly name: R['intent'];
  readonly words: readonly string[];
  read(asked: Asked): R;
  readonly looksBack: boolean;
  readonly keeps: boolean;
  is(reading: { intent: string }): reading is R;
}
