import type { Asked } from '../../reader/asked';
import { type Section, within } from '../../reader/document';
import { saysIn } from '../../reader/means';
import { readNumber } from '../../reader/numbers';
import type { Quantity } from '../../reader/quantities';

export interface SeatsSaid extends Section {
  value: number;
}

/** How many may come: 名额15, 限15人, 10-15人 (then the larger number). */
export function capacityOf(asked: Asked): SeatsSaid | null {
  const { document, section } = asked;
  const here = document.quantities.filter((q) => within(q, section));
  const named = here.find((q) => saysIn(document.text.slice(Math.max(section.start, q.start - 6), q.start), document, 'limit_word'));
  const counted = named ?? here.find((q) => isPeople(q) || saysIn(document.text.slice(q.end, q.end + 3), document, 'seats_counted'));
  if (!counted) return null;
  const before = document.lexicon.acts.limit_word.exec(document.text.slice(section.start, counted.start));
  return {
    start: before ? section.start + before.index : counted.start,
    end: counted.end,
    value: largest(document.text.slice(counted.start, counted.end)) ?? counted.value,
  };
}

const isPeople = ({ kind }: Quantity): boolean => kind === 'person' || kind === 'personTimes';

/** The second number of 10-15人, 十到十五人. */
function largest(written: string): number | null {
  const joint = /[-~到至]/.exec(written);
  return joint ? (readNumber(written, joint.index + 1)?.value ?? null) : null;
}
