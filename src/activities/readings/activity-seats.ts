import type { Asked } from '../../reader/asked';
import { type Section, within } from '../../reader/document';
import { readNumber } from '../../reader/numbers';
import type { Quantity } from '../../reader/quantities';

export interface SeatsSaid extends Section {
  value: number;
}

const limitWord = /(?:名额|限额?|限报|上限|不超过|最多|可报|定员|人数|计划|控制在|招募|限定|容纳)[: 为是约]*$/;

/** How many may come: 名额15, 限15人, 10-15人 (then the larger number). */
export function capacityOf(asked: Asked): SeatsSaid | null {
  const { document, section } = asked;
  const here = document.quantities.filter((q) => within(q, section));
  const named = here.find((q) => limitWord.test(document.text.slice(Math.max(section.start, q.start - 6), q.start)));
  const counted = named ?? here.find((q) => isPeople(q) || /^(?:个名额|名额|席|座|个位)/.test(document.text.slice(q.end, q.end + 3)));
  if (!counted) return null;
  const before = limitWord.exec(document.text.slice(section.start, counted.start));
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
