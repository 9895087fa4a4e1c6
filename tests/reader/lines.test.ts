import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { loadVocabulary } from '../../config/load-vocabulary';
import { createReader, type ReadContext } from '../../src/reader';
import { intents } from '../../src/readings';
import { differences } from './contract';

const reader = createReader(loadVocabulary(), intents);
const folder = join(__dirname, 'lines');

interface Line {
  id: string;
  text: string;
  today: string;
  context?: Partial<ReadContext>;
  expect: Record<string, unknown>;
}

const linesOf = (file: string): Line[] =>
  readFileSync(join(folder, file), 'utf8')
    .split('\n')
    .filter((line) => line.length > 0)
    .map((line) => JSON.parse(line) as Line);

const files = readdirSync(folder).filter((name) => name.endsWith('.jsonl'));

test.each(files)('every line of %s is read as the contract says', (file) => {
  const faults = linesOf(file).flatMap(({ id, text, today, context, expect: wanted }) => {
    const reading = reader.read(text, { ...context, today });
    return differences(wanted, { ...reading }).map((fault) => `${id} ${text}: ${fault}`);
  });
  expect(faults).toEqual([]);
});

test('nothing that was not meant is stored, in any of the lines', () => {
  const stored = files.flatMap(linesOf).filter(({ text, today, context, expect: wanted }) => {
    if (wanted['intent'] !== 'none' && (wanted['reject'] ?? null) === null) return false;
    const reading = reader.read(text, { ...context, today });
    return reading.intent !== 'none' && !('reject' in reading && reading.reject);
  });
  expect(stored).toEqual([]);
});

test('a reading says from which words each field was read', () => {
  const text = '@政协小助手  昨天下午走访金穗街道，１２人，物业收费';
  const reading = reader.read(text, { today: '2026-09-23' });
  const words = Object.fromEntries(Object.entries(reading.spans ?? {}).map(([field, [from, to]]) => [field, text.slice(from, to)]));
  expect(words).toEqual({ mode: '走访', date: '昨天下午', where: '金穗街道', people: '１２人', 'content.0': '物业收费' });
});

test('an organisation adds its own places, members, sectors and mention names without code', () => {
  const vocabulary = { places: ['老槐树下'], members: ['欧阳靖'], sectors: { 文艺: '文化艺术界' }, mentions: ['小桥'] };
  const context = { today: '2026-09-23', vocabulary };
  expect(reader.read('@小桥 昨天和欧阳靖在老槐树下座谈，9人', context)).toMatchObject({
    mode: 'symposium',
    place: '老槐树下',
    people: 9,
    companions: ['欧阳靖'],
  });
  expect(reader.read('@小桥 文艺三季度完成情况', { ...context, sender_role: 'convener' })).toMatchObject({
    scope: 'sector',
    subject: '文化艺术界',
  });
  expect(reader.isAddressed('@政协小助手 昨天走访红柳社区12人', context)).toBe(false);
});
