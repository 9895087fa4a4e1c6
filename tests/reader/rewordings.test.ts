import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { loadVocabulary } from '../../config/load-vocabulary';
import type { ReadContext } from '../../src/reader';
import { fromIso, toIso } from '../../src/reader/calendar';

const vocabulary = loadVocabulary();
const program = join(__dirname, '../../dist/src/main.js');
/** A misspelt one is put right only behind the command. */
const ways = new Set(Object.values(vocabulary.modes.words).flat());
const folder = join(__dirname, 'lines');

interface Line {
  text: string;
  today: string;
  context?: Partial<ReadContext>;
  expect: Record<string, unknown>;
}

type Fields = Record<string, unknown>;
/** A line said otherwise, and what its reading must then be; null where the line offers nothing to reword. */
type Rewording = (line: Line, reading: Fields) => readonly [string, Fields] | null;

const records = readdirSync(folder)
  .filter((name) => name.endsWith('.jsonl'))
  .flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n').filter(Boolean))
  .map((line) => JSON.parse(line) as Line)
  .filter((line) => line.expect['intent'] === 'record_contact' && line.expect['records'] === undefined);

/** Read by the program itself: inside jest reading takes ten times as long. */
function readAll(lines: readonly Pick<Line, 'text' | 'today' | 'context'>[]): Fields[] {
  const input = lines.map((line, id) => JSON.stringify({ id, ...line, expect: undefined })).join('\n');
  const { stdout, stderr, status } = spawnSync(process.execPath, [program, 'read'], { input, encoding: 'utf8', maxBuffer: 2 ** 28 });
  if (status !== 0) throw new Error(stderr);
  const answers = stdout.trim().split('\n');
  return answers.map((answer) => (JSON.parse(answer) as { reading: Fields }).reading);
}

/** What the constituents' words are is compared elsewhere: rewording changes them. */
const words = new Set(['spans', 'demands', 'pii', 'topics']);
const told = (fields: Fields): string =>
  JSON.stringify(
    Object.fromEntries(
      Object.entries(fields)
        .filter(([name]) => !words.has(name))
        .toSorted(([a], [b]) => (a < b ? -1 : 1)),
    ),
  ).normalize('NFKC');

const wide = (text: string, pattern: RegExp): string => text.replace(pattern, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0));
const same =
  (change: (text: string) => string): Rewording =>
  ({ text }, reading) => [change(text), reading];

/** Another count where the people counted are one number and its measure word. */
const counting =
  (count: number): Rewording =>
  ({ text }, reading) => {
    const [from, to] = (reading['spans'] as Record<string, [number, number]>)['people'] ?? [0, 0];
    const said = /^(\d{1,2})(?=[人名位]$)/.exec(text.slice(from, to));
    if (
      !said ||
      Number(said[1]) !== reading['people'] ||
      reading['people_approx'] ||
      reading['confirm'] ||
      text.split(/\d[人名位个]/).length > 2
    )
      return null;
    return [text.slice(0, from) + String(count) + text.slice(from + said[0].length), { ...reading, people: count }];
  };

const days: readonly (readonly [string, number])[] = [
  ['今天', 0],
  ['昨天', -1],
  ['前天', -2],
  ['大前天', -3],
];

/** Another day where the day is one of these words. */
const dating =
  ([word, shift]: readonly [string, number]): Rewording =>
  (line, reading) => {
    const [from, to] = (reading['spans'] as Record<string, [number, number]>)['date'] ?? [0, 0];
    if (reading['date'] === null || !days.some(([other]) => other === line.text.slice(from, to))) return null;
    return [line.text.slice(0, from) + word + line.text.slice(to), { ...reading, date: toIso(fromIso(line.today) + shift) }];
  };

const placing =
  (name: string): Rewording =>
  ({ text }, reading) => {
    const place = /^[\u4e00-\u9fff]{2,3}社区$/.exec(String(reading['place']))?.[0];
    return place && text.split(place).length === 2 ? [text.replace(place, name), { ...reading, place: name }] : null;
  };

/** /记录 走访 昨天 …: the day before the way. */
const swapped: Rewording = ({ text }, reading) => {
  const slots = /^(\/记录) (\S+) (昨天|今天|前天|大前天|上周[一二三四五六日]) /.exec(text);
  return slots && ways.has(slots[2] ?? '') && !/[,，。；;]/.test(text)
    ? [`${slots[1]} ${slots[3]} ${slots[2]} ${text.slice(slots[0].length)}`, reading]
    : null;
};

const rewordings: Record<string, Rewording> = {
  'full-width figures': same((text) => wide(text, /(?<![A-Za-z\d.:@/-])\d(?![\dA-Za-z.:/-])/g)),
  'wide blanks': same((text) => text.replaceAll(' ', '\u3000')),
  'two blanks': same((text) => text.replaceAll(' ', '  ')),
  'a stop at the end': same((text) => `${text}。`),
  'thanks at the end': same((text) => `${text}，谢谢`),
  'a picture at the end': same((text) => `${text}👍`),
  'a blank at the end': same((text) => `${text} \u200b`),
  'full-width commas': same((text) => text.replaceAll(',', '，')),
  'a wide slash': same((text) => text.replace(/^\//, '／')),
  'another name of the assistant': same((text) => text.replace('@政协小助手', '@履职助手').replace('@联络小秘', '@政协小助手')),
  'a filler': ({ text }, reading) =>
    ways.has(/^\/记录 (\S+)/.exec(text)?.[1] ?? '') ? [text.replace('/记录 ', '/记录 嗯 '), reading] : null,
  'a filler at the end': same((text) => `${text}哈`),
  'another spelling of the command': same((text) => text.replace(/^\/记录/, '/記錄')),
  'three blanks before': same((text) => `   ${text}`),
  ...Object.fromEntries([2, 9, 17, 26, 41, 58].map((n) => [`${n} people`, counting(n)])),
  ...Object.fromEntries(days.map((day) => [day[0], dating(day)])),
  ...Object.fromEntries(['青杨社区', '清溪社区', '五一社区', '向阳里社区'].map((name) => [name, placing(name)])),
  'the day before the way': swapped,
};

test('a record said otherwise is read the same', () => {
  const readings = readAll(records);
  const said = records.flatMap((line, i) =>
    Object.entries(rewordings).flatMap(([name, reword]) => {
      const other = reword(line, readings[i] ?? {});
      return other && other[0] !== line.text ? [{ ...line, name, text: other[0], wanted: told(other[1]) }] : [];
    }),
  );
  const read = readAll(said.map(({ text, today, context }) => ({ text, today, ...(context && { context }) })));
  const wrong = said.filter(({ wanted }, i) => told(read[i] ?? {}) !== wanted).map(({ name, text }) => `${name}: ${text}`);
  expect(said.length).toBeGreaterThanOrEqual(20_000);
  expect(read.length).toBe(said.length);
  expect(wrong.length / said.length <= 0.005 ? [] : wrong).toEqual([]);
}, 120_000);
