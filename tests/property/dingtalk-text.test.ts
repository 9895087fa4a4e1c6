import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { plainText } from '../../src/transports/dingtalk/plain-text';
import { unmentioned } from '../../src/transports/dingtalk/robot-message';

const pieces = [
  '联',
  '🌉',
  '👩‍⚕️',
  '𠮷',
  '\ud83c',
  '\n',
  '"',
  '\\',
  '\u0001',
  '@',
  '@所有人',
  'https://',
  '://',
  'www.',
  'dtmd://',
  '[看](',
  ' ',
];
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.array(fc.constantFrom(...pieces), { maxLength: 300 }).map((parts) => parts.join('')),
);

describe('texts for DingTalk', () => {
  it('never mention, never open an address, and keep within the bytes the platform counts', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 400 }), (words, times) => {
        const shown = plainText(words.repeat(times));
        expect(shown).not.toMatch(/@|:\/\/|\bwww\./i);
        expect(Buffer.byteLength(JSON.stringify({ content: shown }))).toBeLessThanOrEqual(15_000);
        expect(shown).not.toMatch(/\p{Cs}/u);
      }),
      { numRuns: 300 },
    );
  });

  it('stay as they are when nothing in them could act and they fit', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('联', '系', '群', '众', '1', '“', '\n', '🌉'), maxLength: 300 }), (words) => {
        expect(plainText(words)).toBe(words);
      }),
    );
  });
});

describe('the mention in front of a DingTalk line', () => {
  const mention = fc.constantFrom('', ' ', '@政协小助手 ', '@政协小助手', '\u2005@政协小助手\u2005', '@政协小助手 @周岚 ', '\u200b');
  const command = fc.constantFrom('/记录 走访 昨天 红柳社区 12人', '／进度', '/更正 R1024 人数15', '/记录 邮箱a@b.cn');

  it('is gone, and the command is whole, however the client wrote it', () => {
    fc.assert(fc.property(mention, command, (before, line) => expect(unmentioned(before + line, '政协小助手')).toBe(line)));
  });

  it('comes to an end on long hostile lines', () => {
    for (const unit of ['@', '@a', ' @', '\u200b ', '@政协小助手', '@a ']) {
      expect(unmentioned(`${unit.repeat(10_000)}/进度`, '政协小助手')).toContain('/进度');
    }
  });
});
