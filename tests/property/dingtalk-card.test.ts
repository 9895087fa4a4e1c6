import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { actionCard } from '../../src/transports/dingtalk/action-card';
import { robotForm, webhookForm } from '../../src/transports/dingtalk/message-forms';
import { markdownText } from '../../src/transports/dingtalk/plain-text';

/** What people might type to make something act: links, pictures, mentions, headings, lists, code, entities. */
const nasty = fc.constantFrom(
  '[点我](https://evil.example)',
  '![图](http://evil.example/a.png)',
  '<a href="x">y</a>',
  '<font color="red">',
  '@所有人',
  '@dt-zhoulan',
  'dtmd://dingtalkclient/sendMessage?content=x',
  'www.evil.example',
  '# 标题',
  '> 引用',
  '- 列表',
  '1. 列表',
  '```',
  '**粗**',
  '&#91;x&#93;',
  '\\[x\\]',
  '---',
  '===',
  '    代码',
  '\t代码',
  '|a|b|',
  '~~x~~',
);
const words = fc
  .array(fc.oneof(nasty, fc.string({ unit: 'binary', maxLength: 20 }), fc.constantFrom('\n', ' ', '走访红柳社区')), { maxLength: 30 })
  .map((parts) => parts.join(''));
const button = fc.record({ label: words.filter((text) => text !== ''), says: words });
const card = fc.record({ title: words, buttons: fc.array(button, { minLength: 1, maxLength: 3 }) });

describe('members’ words inside a card', () => {
  it('hold no sign that DingTalk’s markdown acts on, and nothing that opens or mentions', () => {
    fc.assert(
      fc.property(words, (text) => {
        const shown = markdownText(text);
        expect(shown).not.toMatch(/[[\]*_`#<>!~|\\&@]|:\/\/|\bwww\./iu);
        const lines = shown.split('\n').filter((line) => line.trim() !== '');
        for (const line of lines) expect(line.replace(/^ {2}/u, '')).not.toMatch(/^([-+=\t]|\d+[.)][ \t]| )/u);
      }),
      { numRuns: 2_000, seed: 20260923 },
    );
  });

  it('stay as many lines as they were, each legible', () => {
    expect(markdownText('第一行\n第二行 A-1\n3人')).toBe('第一行  \n  第二行 A-1  \n  3人');
    expect(markdownText('1. 走访\n- [x](y)')).toBe('1． 走访  \n  － ［x］(y)');
  });

  it('fit, as JSON, into what the platform takes, whatever is said and however long', () => {
    fc.assert(
      fc.property(fc.array(words, { maxLength: 4 }), fc.nat(8_000), card, (parts, long, buttons) => {
        const said = { text: parts.join('\n') + '长"'.repeat(long), card: buttons };
        const { msgKey, msgParam } = robotForm(said, true);
        expect(Buffer.byteLength(msgParam)).toBeLessThanOrEqual(15_000);
        expect(msgKey).toBe(buttons.buttons.length === 1 ? 'sampleActionCard' : `sampleActionCard${buttons.buttons.length}`);
        expect(Buffer.byteLength(JSON.stringify(webhookForm(said, true)))).toBeLessThanOrEqual(15_000);
      }),
      { numRuns: 100, seed: 20260923 },
    );
  });

  it('leave buttons that say exactly one line, and lead nowhere else', () => {
    fc.assert(
      fc.property(words, card, (text, each) => {
        const made = actionCard({ text, card: each }, 15_000);
        for (const { url } of made?.buttons ?? []) {
          expect(url).toMatch(/^dtmd:\/\/dingtalkclient\/sendMessage\?content=[A-Za-z0-9\-_.!~*'()%]*$/);
          expect([...new URL(url).searchParams.keys()]).toEqual(['content']);
        }
      }),
      { numRuns: 1_000, seed: 20260923 },
    );
  });
});
