import { wordsOf } from './rules';
import type { Changed } from './service';
import { contactTexts as texts } from './texts';

/** What is said of a withdrawal, asked for by a command or as an answer. */
export function withdrawalText(changed: Changed): string {
  if (changed.kind === 'none') return texts.noRecord;
  if (changed.kind === 'not_yours') return texts.notYours(changed.record.id);
  return texts.withdrawn(wordsOf(changed.record)) + texts.released(changed.kind === 'changed' ? (changed.released ?? []) : []);
}
