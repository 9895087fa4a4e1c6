import { expect, test } from '@jest/globals';
import { ranked } from '../../src/reader/recognise/ranked';
import { decidingLines, told } from './deciding';

test('every rule decides some line that would be read otherwise without it', () => {
  const decided = decidingLines();
  expect(Array.from(decided.values()).reduce((sum, count) => sum + count, 0)).toBeGreaterThan(1000);
  const idle = ranked
    .filter((rule) => decided.get(rule) === 0)
    .map((rule) => `${ranked.indexOf(rule)} ${told(rule[0])} ${rule[1].toString()}`);
  expect(idle).toEqual([]);
});
