import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
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

const lines: Line[] = [
  ...readdirSync(join(__dirname, 'lines')).flatMap((file) => linesOf(join('lines', file))),
  ...linesOf('intents.jsonl').map(({ text }) => ({ text: `@政协小助手 ${text}`, today: '2026-09-23' })),
  ...linesOf('intents.jsonl').map(
    ({ text }): Line => ({ text: `@政协小助手 ${text}`, today: '2026-09-23', context: { sender_role: 'convener' } }),
  ),
];

/** What each line showed to the rules; the first rule of the table, which every sentence meets, is listened to. */
function signsOfLines(): Signs[] {
  const seen: Signs[] = [];
  const [name, applies] = ranked[0] as Rule;
  const first = ranked[0] as unknown as { 1: Rule[1] };
  first[1] = (signs) => {
    seen.push(signs);
    return applies(signs);
  };
  const reader = createReader(loadVocabulary(), intents);
  for (const { text, today, context } of lines) reader.read(text, { ...context, today });
  first[1] = applies;
  expect(name).toBeDefined();
  return seen;
}

const told = (outcome: Outcome): string => JSON.stringify(outcome);

test('every rule decides some line that would be read otherwise without it', () => {
  const needed = new Set<Rule>();
  for (const signs of signsOfLines()) {
    const [first, next] = ranked.filter(([, applies]) => applies(signs));
    if (first && (!next || told(first[0]) !== told(next[0]))) needed.add(first);
  }
  const idle = ranked.filter((rule) => !needed.has(rule)).map((rule) => `${ranked.indexOf(rule)} ${told(rule[0])} ${rule[1].toString()}`);
  expect(idle).toEqual([]);
});
