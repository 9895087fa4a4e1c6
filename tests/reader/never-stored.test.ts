import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { loadVocabulary } from '../../config/load-vocabulary';
import { createReader } from '../../src/reader';
import { intents } from '../../src/readings';

const reader = createReader(loadVocabulary(), intents);
const today = '2026-09-23';
/** What asks and answers, and keeps nothing. */
const keepsNothing = new Set<string>([
  'none',
  'help',
  'activity_query',
  'query_progress',
  'report_export',
  'case_query',
  'record_query',
  'opinion_query',
  'ask_rule',
  'reminder_query',
  'todo_query',
]);

const lines = readFileSync(join(__dirname, 'never-stored.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as string);

test.each(lines)('%s stores nothing', (line) => {
  const reading = reader.read(line, { today });
  const stored = !keepsNothing.has(reading.intent) && !('reject' in reading && reading.reject);
  expect({ stored, intent: reading.intent }).toEqual({ stored: false, intent: reading.intent });
});

test('the same contact, done and said so, is stored', () => {
  expect(reader.read('@政协小助手 昨天走访了红柳社区12人', { today })).toMatchObject({ intent: 'record_contact', people: 12 });
  expect(reader.read('/记录 走访 昨天 红柳社区 12人', { today })).not.toHaveProperty('reject');
});
