import type { Document, Section } from './document';
import type { Intent } from './reading';
import { activities } from './recognise/activities';
import { byObject } from './recognise/by-object';
import { cases, pleas, promises, troubled } from './recognise/demands';
import { figures } from './recognise/figures';
import { helps } from './recognise/help';
import { opinions } from './recognise/opinions';
import { corrections, explicitRecord } from './recognise/records';
import type { Rule } from './recognise/rule';
import { signsOf } from './signs';

const recordRule: Rule = ['record_contact', (s) => s.contact || explicitRecord(s)];
const recordRules: readonly Rule[] = [...corrections, recordRule];
const allRules: readonly Rule[] = [
  ...helps,
  ...corrections,
  ...opinions,
  ...cases,
  ...promises,
  ...activities,
  ...figures,
  ...pleas,
  recordRule,
];

/** The intent of a sentence without slash command; null when nothing is recognised. */
export function intentOfSentence(document: Document, section: Section): Intent | null {
  const signs = signsOf(document, section);
  for (const [intent, applies] of explicitRecord(signs) && !signs.id ? recordRules : allRules) if (applies(signs)) return intent;
  if (troubled(signs)) return 'add_case';
  return byObject.find(([, applies]) => applies(signs))?.[0] ?? null;
}
