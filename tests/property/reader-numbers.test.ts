import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { loadVocabulary } from '../../config/load-vocabulary';
import { createReader } from '../../src/reader';
import { readNumber } from '../../src/reader/numbers';
import { intents } from '../../src/readings';

const digits = '零一二三四五六七八九';
const units = ['', '十', '百', '千'];

/** Writes 1..9999 as it is said: 一千零三十, 十五. */
function section(n: number): string {
  let out = '';
  let zero = false;
  for (const [i, c] of String(n).split('').entries()) {
    const d = Number(c);
    const unit = units[String(n).length - 1 - i] ?? '';
    if (d === 0) {
      zero = true;
      continue;
    }
    out += (zero && out ? '零' : '') + digits[d] + unit;
    zero = false;
  }
  return n >= 10 && n < 20 ? out.slice(1) : out;
}

function written(n: number): string {
  if (n < 10_000) return section(n);
  const rest = n % 10_000;
  const head = `${section(Math.floor(n / 10_000)).replace(/^(?=十)/, '一')}万`;
  if (rest === 0) return head;
  return head + (rest < 1000 ? '零' : '') + section(rest).replace(/^(?=十)/, '一');
}

test('every number up to a hundred million, written out, is read back', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 99_999_999 }), (n) => {
      const text = written(n);
      expect(readNumber(`${text}人`, 0)).toMatchObject({ value: n, end: text.length, approx: false });
    }),
    { numRuns: 2000 },
  );
});

test('digits with and without thousands separators are read back', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 9_999_999 }), (n) => {
      expect(readNumber(String(n), 0)).toMatchObject({ value: n });
      expect(readNumber(n.toLocaleString('en-US'), 0)).toMatchObject({ value: n });
    }),
  );
});

test('two neighbouring digits mean the lower one, about', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 8 }), fc.constantFrom(['', 1], ['十', 10], ['百', 100], ['千', 1000]), (d, [unit, factor]) => {
      expect(readNumber(`${digits[d]}${digits[d + 1]}${unit}个`, 0)).toMatchObject({ value: d * Number(factor), approx: true });
    }),
  );
});

test('any text is read without harm, a number never ends beyond it, and is finite or says that it says nothing', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...Array.from('零一二两三十百千万亿廿几多来余0123456789.,+人')) }), (text) => {
      const token = readNumber(text, 0);
      if (token) expect(token.end).toBeLessThanOrEqual(text.length);
      if (token) expect(Math.abs(token.value)).not.toBe(Number.POSITIVE_INFINITY);
    }),
  );
});

test('whatever stands for a number of people, what is kept is a whole number or asked for', () => {
  const reader = createReader(loadVocabulary(), intents);
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...Array.from('零一二两三十百千万几多0123456789')), maxLength: 6 }), (number) => {
      const reading = reader.read(`/记录 走访 昨天 红柳社区 居民${number}人`, { today: '2026-09-23' });
      const { people, missing } = reading as { people?: number | null; missing?: string[] };
      expect(Number.isInteger(people) || (people === null && missing?.includes('people'))).toBe(true);
    }),
    { numRuns: 300 },
  );
});
