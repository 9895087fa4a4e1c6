import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { loadVocabulary } from '../../config/load-vocabulary';
import { createReader } from '../../src/reader';
import { intents } from '../../src/readings';

const reader = createReader(loadVocabulary(), intents);
const convener = new Set([
  'activity_query',
  'activity_create',
  'activity_update',
  'activity_attendance',
  'opinion_update',
  'report_export',
]);

const lines = readFileSync(join(__dirname, 'intents.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as { intent: string; text: string });

test('what people say to the bot in their own words has the intent they mean', () => {
  const wrong = lines.flatMap(({ intent, text }) => {
    const sender_role = convener.has(intent) ? ('convener' as const) : ('member' as const);
    const got = reader.read(`@政协小助手 ${text}`, { today: '2026-09-23', sender_role }).intent;
    return got === intent ? [] : [`${text}: ${got}, not ${intent}`];
  });
  expect(wrong).toEqual([]);
});
