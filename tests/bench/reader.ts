import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadVocabulary } from '../../config/load-vocabulary';
import { createReader, type Reader } from '../../src/reader';
import { intents } from '../../src/readings';

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

/** 1 MB each of what costs a careless grammar most: digits, numerals, suffixes, mentions, separators, dates, names, contrasts. */
const units = [
  '1',
  '一',
  '社区',
  '@政协小助手',
  '、',
  '9月1日到',
  '每户',
  '记录 ',
  '村',
  '人数:',
  '(1)',
  ' ',
  '不是12人是',
  '李大爷家',
  '今天',
  '家长23+',
  '专家3人 ',
  '二级2人、',
  '周三(9日)',
  '"',
];
const hostile = (): string[] =>
  ['/记录 ', '@政协小助手 ', '/更正 ', '/报名 '].flatMap((start) => units.map((unit) => start + unit.repeat(1_000_000 / unit.length)));

const median = (values: number[]): number => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** Milliseconds on the clock and of this process's own work: the second does not grow with what else the machine does. */
function timed(work: () => void): { clock: number; core: number } {
  const at = performance.now();
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return { clock: performance.now() - at, core: (user + system) / 1000 };
}

function speedOf(lines: readonly Line[], reader: Reader): { clock: number; core: number }[] {
  return Array.from({ length: 45 }, () =>
    timed(() => {
      for (let i = 0; i < 10; i++) for (const { text, today } of lines) reader.read(text, { today });
    }),
  );
}

/** Goals: 20,000 ordinary lines a second on one core; 1 MB of hostile text in 50 ms. */
export async function run(print: (line: string) => void): Promise<void> {
  const started = performance.now();
  const reader = createReader(loadVocabulary(), intents);
  print(`reader: ready in ${(performance.now() - started).toFixed(0)} ms`);
  const lines = ordinary();
  const rounds = speedOf(lines, reader);
  const rate = (milliseconds: number[]): number => Math.round((lines.length * 10_000) / median(milliseconds));
  // The engine compiles for some seconds more, on threads that count as this process's work; a service lives for weeks.
  for (const [when, part] of [
    ['still warming up', rounds.slice(5, 15)],
    ['warm', rounds.slice(-15)],
  ] as const)
    print(
      `reader: ${rate(part.map((r) => r.core))} ordinary lines/s of one core, ${rate(part.map((r) => r.clock))} on the clock, ${when} (goal 20000)`,
    );
  const worst = hostile()
    .map((text) => ({ text, times: Array.from({ length: 5 }, () => timed(() => reader.read(text, { today: '2026-09-23' }))) }))
    .map(({ text, times }) => ({
      start: text.slice(0, 16),
      core: median(times.map((t) => t.core)),
      clock: median(times.map((t) => t.clock)),
    }))
    .sort((a, b) => b.clock - a.clock);
  for (const { start, core, clock } of worst.slice(0, 5))
    print(`reader: 1 MB of ${JSON.stringify(start)}… in ${clock.toFixed(1)} ms, ${core.toFixed(1)} of one core (goal 50)`);
  print(`reader: the slowest 5 of ${worst.length} kinds of hostile text`);
}
