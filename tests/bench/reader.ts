import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadVocabulary } from '../../config/load-vocabulary';
import { createReader } from '../../src/chat/reader';

interface Line {
  text: string;
  today: string;
}

const ordinary = (): Line[] =>
  ['records-terse', 'records-sentences', 'signup', 'corrections', 'demands'].flatMap((name) =>
    readFileSync(join(process.cwd(), 'tests/reader/lines', `${name}.jsonl`), 'utf8')
      .split('\n')
      .filter((line) => line.length > 0)
      .map((line) => JSON.parse(line) as Line),
  );

/** 1 MB each of what costs a careless grammar most: digits, numerals, suffixes, mentions, separators, dates. */
const hostile = (): string[] =>
  ['1', '一', '社区', '@政协小助手', '、', '9月1日到', '每户', '记录 ', '村', '人数:', '(1)', ' '].map(
    (unit) => `/记录 ${unit.repeat(1_000_000 / unit.length)}`,
  );

const median = (values: number[]): number => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** Goals (issue 5): 20,000 ordinary lines a second on one core; 1 MB of hostile text in 50 ms. */
export async function run(print: (line: string) => void): Promise<void> {
  const started = performance.now();
  const reader = createReader(loadVocabulary());
  print(`reader: ready in ${(performance.now() - started).toFixed(0)} ms`);
  const lines = ordinary();
  const rates: number[] = [];
  for (let round = 0; round < 9; round++) {
    const at = performance.now();
    for (let i = 0; i < 10; i++) for (const { text, today } of lines) reader.read(text, { today });
    rates.push((lines.length * 10_000) / (performance.now() - at));
  }
  print(`reader: ${Math.round(median(rates))} ordinary lines/s (goal 20000)`);
  for (const text of hostile()) {
    const at = performance.now();
    reader.read(text, { today: '2026-09-23' });
    print(`reader: 1 MB of ${JSON.stringify(text.slice(4, 12))}… in ${(performance.now() - at).toFixed(1)} ms (goal 50)`);
  }
}
