import { expect, test } from '@jest/globals';
import { loadVocabulary } from '../../config/load-vocabulary';
import { explain } from '../../src/cli/explain';
import { createReader } from '../../src/reader';
import { intents } from '../../src/readings';

const reader = createReader(loadVocabulary(), intents);
const table = (text: string): string[] => explain(text, '2026-09-23', reader.read(text, { today: '2026-09-23' })).split('\n');
const row = (text: string, label: string): string | undefined => table(text).find((line) => line.startsWith(label));

test('a reading is told field by field, each with the words it was read from', () => {
  const text = '/记录 走访 昨天下午 金穗街道东湖里社区 12人 物业收费';
  expect(row(text, '联系方式')).toMatch(/走访 visit\s+「走访」$/);
  expect(row(text, '日期 ')).toMatch(/2026-09-22\s+「昨天下午」$/);
  expect(row(text, '地点')).toMatch(/金穗街道东湖里社区\s+「金穗街道东湖里社区」$/);
  expect(row(text, '群众人次')).toMatch(/12\s+「12人」$/);
  expect(row(text, '内容原话')).toMatch(/「物业收费」$/);
});

test('each of several contacts has its own rows with its own words', () => {
  const lines = table('/记录 走访 昨天上午红柳社区8人 下午和平里社区11人');
  expect(lines.filter((line) => line.startsWith('第'))).toEqual(['第1条', '第2条']);
  expect(lines.filter((line) => line.startsWith('群众人次')).map((line) => /「(.*)」/.exec(line)?.[1])).toEqual(['8人', '11人']);
});
