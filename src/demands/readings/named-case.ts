import { type Asked, datesOf, idOf, without } from '../../reader/asked';

/** A demand by its number, said or quoted; without one by what it is called. */
export interface NamedCase {
  case: string | null;
  keyword: string | null;
}

export function caseOf(asked: Asked): NamedCase {
  const id = idOf(asked, 'C', true);
  return { case: id, keyword: id ? null : keywordOf(asked) };
}

/** What the demand is called when it has no number. */
export function keywordOf(asked: Asked): string | null {
  const dates = datesOf(asked).reduce((out, d) => out.replace(asked.document.text.slice(d.start, d.end), ' '), asked.body);
  const rest = without(dates, asked.document.lexicon.acts.case_asked_so, asked.document.lexicon.acts.case_led_in).trim();
  const piece = rest.split(' ').find((p) => p.length >= 2);
  return piece?.replace(asked.document.lexicon.acts.case_trails_off, '') ?? null;
}
