import type { Document, Section } from '../document';
import { signsOf } from '../signs';
import { activities } from './activities';
import { byObject } from './by-object';
import { cases, pleas, promises, reopened, troubled } from './demands';
import { figures, lastTimes } from './figures';
import { groups } from './groups';
import { helps } from './help';
import { opinions } from './opinions';
import { organising } from './organising';
import { ownQuarter } from './own-quarter';
import { corrections, explicitRecord } from './records';
import type { Outcome, Rule } from './rule';

const recordRule: Rule = ['record_contact', (s) => s.contact || explicitRecord(s)];
const recordRules: readonly Rule[] = [...groups, ...corrections, recordRule];

/** Every rule there is, in order: acts first, then records, then trouble told, then whatever a sentence names. */
export const ranked: readonly Rule[] = [
  ...groups,
  ...helps,
  ...lastTimes,
  ...organising,
  ...ownQuarter,
  ...reopened,
  ...corrections,
  ...opinions,
  ...cases,
  ...promises,
  ...activities,
  ...figures,
  ...pleas,
  recordRule,
  ['add_case', troubled],
  ...byObject,
];

/** The intent of a sentence without slash command; null when nothing is recognised. A line that says 记录 is a record or a correction. */
export function intentOfSentence(document: Document, section: Section): Outcome | null {
  const signs = signsOf(document, section);
  const rules = explicitRecord(signs) && !signs.id ? recordRules : ranked;
  return rules.find(([, applies]) => applies(signs))?.[0] ?? null;
}
