import { tidy } from '../../reader/own-words';
import type { RecordReading } from './contact-reading';

/** A confirmation quotes it: longer words are cut. */
const longest = 60;

/**
 * What the contact was about in the member's own words (物业收费, 课后托管): the words of `text`, the line as sent, that say neither
 * when, where, who nor how; null when nothing is left. `record` counts the contacts of a message with several from 0.
 * Phone and identity numbers are left out; names of constituents are not: mask before showing them to others.
 */
export function contentWords({ records, spans = {} }: RecordReading, text: string, record = 0): string | null {
  const prefix = records ? `records.${record}.content.` : 'content.';
  const pieces = Object.entries(spans)
    .filter(([field]) => field.startsWith(prefix))
    .map(([, [start, end]]) => tidy(text.slice(start, end)));
  return pieces.length > 0 ? pieces.join('，').slice(0, longest) : null;
}
