import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cleaned } from '../../src/transports/bytes';
import { roomOf as dingtalkRoom } from '../../src/transports/dingtalk/rooms';
import { inOne, inParts, type Room } from '../../src/transports/parts';
import { fitsWords } from '../../src/transports/wecom/plain-words';

const family = '👨‍👩‍👧‍👦';
const word = fc.oneof(
  fc.constantFrom(
    '走访红柳社区，',
    '12人。',
    '\n',
    '物业收费！',
    family,
    '👍🏽',
    'é',
    '🇨🇳',
    'www.',
    'https://a.cn ',
    '[x](y)',
    '<@all>',
    '@all',
  ),
  fc.string({ unit: 'grapheme', maxLength: 6 }),
);
const texts = fc.array(word, { maxLength: 120 }).map((words) => words.join(''));
const roomFor = (bytes: number, parts = 1_000): Room => ({ fits: (text) => fitsWords(text, bytes), parts, cutShort: '后面还有。' });
const rooms = fc.integer({ min: 60, max: 400 });
const without = (pattern: RegExp, text: string): string => text.replace(pattern, '');

describe('a text too long for one message', () => {
  it('goes out in messages that each fit as they are written and together say all of it', () => {
    fc.assert(
      fc.property(texts, rooms, (text, bytes) => {
        const parts = inParts(text, roomFor(bytes));
        expect(parts.filter((part) => !fitsWords(part, bytes))).toEqual([]);
        // Nothing but blanks is ever left out: those at the end, and a whole message of them.
        const blank = without(/\S/gu, cleaned(text)).length;
        if (blank < bytes / 4) expect(parts.join('').trimEnd()).toBe((parts.length === 1 ? text : cleaned(text)).trimEnd());
        expect(without(/\s/gu, cleaned(parts.join('')))).toBe(without(/\s/gu, cleaned(text)));
      }),
    );
  });

  it('is never broken inside a character as people see it', () => {
    const characters = new Intl.Segmenter('zh', { granularity: 'grapheme' });
    const count = (text: string): number => Array.from(characters.segment(text)).length;
    fc.assert(
      fc.property(texts, rooms, (text, bytes) => {
        const parts = inParts(text, roomFor(bytes));
        fc.pre(parts.length > 1 && parts.join('') === cleaned(text));
        expect(parts.reduce((sum, part) => sum + count(part), 0)).toBe(count(cleaned(text)));
      }),
    );
  });

  it('is cut after the last part it may have, with a sentence that says so', () => {
    fc.assert(
      fc.property(texts, rooms, (text, bytes) => {
        const [all, few] = [inParts(text, roomFor(bytes)), inParts(text, roomFor(bytes, 3))];
        expect(few.length).toBeLessThanOrEqual(3);
        expect(few.filter((part) => !fitsWords(part, bytes))).toEqual([]);
        if (all.length > 3) expect(few.at(-1)).toMatch(/\n后面还有。$/u);
        else expect(few.join('')).toBe(all.join(''));
      }),
    );
  });

  it('is broken at the end of a line, else of a sentence', () => {
    const lines = Array.from({ length: 40 }, (_, at) => `${at + 1}. 9月${at + 1}日 走访 红柳社区 12人。还了解了物业收费`);
    const parts = inParts(lines.join('\n'), roomFor(1_000));
    expect(parts.length).toBeGreaterThan(1);
    expect(parts.slice(0, -1).filter((part) => !part.endsWith('收费\n'))).toEqual([]);
    const sentences = inParts('走访了红柳社区的三户人家。'.repeat(60), roomFor(1_000));
    expect(sentences.filter((part) => !part.endsWith('。'))).toEqual([]);
  });

  it('ends in any case, also with one character larger than a message', () => {
    const monster = `e${'\u0301'.repeat(500)}`;
    expect(inParts(monster, roomFor(60)).join('')).toBe(monster);
  });

  it('fits DingTalk as JSON, as words and as a card', () => {
    const card = { title: '活动A12', buttons: [{ label: '报名', says: '报名 A12' }] };
    const room = dingtalkRoom({ buttons: 'private', cutShort: '后面还有。' }, card);
    const text = '"走访"红柳社区\\12人\n'.repeat(2_000);
    const parts = inParts(text, room);
    expect([parts.length, parts.every((part) => room.fits(part)), parts.at(-1)?.endsWith('后面还有。')]).toEqual([3, true, true]);
    expect(room.fits(inOne(text, room))).toBe(true);
  });
});
