import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cleaned, cutToBytes } from '../../src/transports/bytes';
import { plainWords } from '../../src/transports/wecom/plain-words';
import { cdata, readXml } from '../../src/transports/wecom/xml';

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.string({ unit: fc.constantFrom('联', '心', '🌉', '👩‍⚕️', 'a', '\n', '𠮷', '\ud83c'), maxLength: 300 }),
);

describe('texts on their way out', () => {
  it('never exceed the bytes allowed, never break a character, and stay whole when they fit', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 3, max: 400 }), (given, limit) => {
        const cut = cutToBytes(given, limit);
        expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(limit);
        expect(Buffer.from(cut).toString()).toBe(cut);
        const clean = cleaned(given);
        if (Buffer.byteLength(clean) <= limit) expect(cut).toBe(clean);
        else expect(clean.startsWith(cut.slice(0, -1)) && cut.endsWith('…')).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  it('cut no earlier than they must', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 3, max: 400 }), (given, limit) => {
        const clean = cleaned(given);
        const kept = cutToBytes(given, limit).slice(0, -1);
        const next = clean.codePointAt(kept.length);
        if (Buffer.byteLength(clean) > limit && next !== undefined)
          expect(Buffer.byteLength(kept) + Buffer.byteLength(String.fromCodePoint(next)) + 3).toBeGreaterThan(limit);
      }),
      { numRuns: 2_000 },
    );
  });

  it('mention nobody, open nothing and colour nothing, whatever members have written', () => {
    const piece = fc.constantFrom(
      '<',
      '@',
      'all',
      'zhoulan',
      '>',
      '[',
      ']',
      '(',
      ')',
      ':',
      '//',
      'https',
      'www.',
      'font',
      ' color="warning"',
      '\u0000',
    );
    const hostile = fc
      .array(fc.oneof(piece, fc.string({ unit: 'binary', maxLength: 5 })), { maxLength: 60 })
      .map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(hostile, fc.integer({ min: 3, max: 400 }), (given, limit) => {
        const written = plainWords(given, limit);
        expect(written).not.toMatch(/<|\]\(|\]\[|\]:|:\/\/|\bwww\.|@all\b/i);
        expect(Buffer.byteLength(written)).toBeLessThanOrEqual(limit);
        expect(Buffer.from(written).toString()).toBe(written);
      }),
      { numRuns: 3_000 },
    );
    expect(plainWords('走访红柳社区，12人：物业收费；电梯[待修]（3号楼）', 400)).toBe('走访红柳社区，12人：物业收费；电梯[待修]（3号楼）');
  });

  it('come back from CDATA as they were written, whatever they contain', () => {
    fc.assert(
      fc.property(fc.oneof(text, fc.constantFrom(']]>', 'a]]>b', ']]]]>>', '<xml>', '&amp;')), (given) => {
        const words = cleaned(given);
        expect(readXml(`<xml><Content>${cdata(words)}</Content><MsgId>${cdata('4561255354251345929')}</MsgId></xml>`)).toEqual({
          Content: words,
          MsgId: '4561255354251345929',
        });
      }),
      { numRuns: 2_000 },
    );
  });
});
