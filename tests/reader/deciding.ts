import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadVocabulary } from '../../config/load-vocabulary';
import { createReader, type ReadContext } from '../../src/reader';
import { ranked } from '../../src/reader/recognise/ranked';
import type { Outcome, Rule } from '../../src/reader/recognise/rule';
import type { Signs } from '../../src/reader/signs';
import { intents } from '../../src/readings';

interface Line {
  text: string;
  today: string;
  context?: Partial<ReadContext>;
}

const linesOf = (file: string): Line[] =>
  readFileSync(join(__dirname, file), 'utf8')
    .split('\n')
    .filter((line) => line.length > 0)
    .map((line) => JSON.parse(line) as Line);

const lines = (): Line[] => [
  ...readdirSync(join(__dirname, 'lines')).flatMap((file) => linesOf(join('lines', file))),
  ...[undefined, { sender_role: 'convener' as const }].flatMap((context) =>
    linesOf('intents.jsonl').map(({ text }): Line => ({ text: `@政协小助手 ${text}`, today: '2026-09-23', ...(context && { context }) })),
  ),
];

/** What each line showed to the rules; the first rule of the table, which every sentence meets, is listened to. */
function signsOfLines(): Signs[] {
  const seen: Signs[] = [];
  const [, applies] = ranked[0] as Rule;
  const first = ranked[0] as unknown as { 1: Rule[1] };
  first[1] = (signs) => {
    seen.push(signs);
    return applies(signs);
  };
  const reader = createReader(loadVocabulary(), intents);
  for (const { text, today, context } of lines()) reader.read(text, { ...context, today });
  first[1] = applies;
  return seen;
}

export const told = (outcome: Outcome): string => JSON.stringify(outcome);

/** Of each rule: how many of the kept lines would be read otherwise without it. */
export function decidingLines(): Map<Rule, number> {
  const decided = new Map(ranked.map((rule) => [rule, 0]));
  for (const signs of signsOfLines()) {
    const [first, next] = ranked.filter(([, applies]) => applies(signs));
    if (first && (!next || told(first[0]) !== told(next[0]))) decided.set(first, (decided.get(first) ?? 0) + 1);
  }
  return decided;
}
