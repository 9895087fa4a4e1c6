import { wordsOf } from './rules';
import type { Changed } from './service';
import { contactTexts } from './texts';
import { changeTexts as texts } from './texts/changes';
import { restoreDays } from './whose';

/** What is said of a withdrawal, asked for by a command or as an answer. */
export function withdrawalText(changed: Changed): string {
  if (changed.kind === 'none') return texts.noRecord;
  if (changed.kind === 'not_yours') return texts.notYours(changed.record.id);
  if (changed.kind === 'gone') return texts.goneAlready(changed.record.id);
  const released = changed.kind === 'changed' ? (changed.released ?? []) : [];
  return texts.withdrawn(wordsOf(changed.record), restoreDays) + contactTexts.released(released);
}
