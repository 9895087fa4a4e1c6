import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Card } from '../../src/delivery/card';
import { pressedButton, taskIdOf, templateCard } from '../../src/transports/wecom/template-card';

const words = (mostCharacters: number) =>
  fc
    .string({
      unit: fc.constantFrom('报', '名', '🌉', '𠮷', 'A', '2', '/', '"', '\\', ' ', '\n', '\ud83c'),
      minLength: 1,
      maxLength: mostCharacters,
    })
    .filter((text) => text.replaceAll('\ud83c', '').trim() !== '');
const card: fc.Arbitrary<Card> = fc.record({
  title: words(36),
  buttons: fc.array(fc.record({ label: words(10), says: words(60) }), { minLength: 1, maxLength: 3 }),
});

describe('cards of WeCom', () => {
  it('keep to every documented limit, and a pressed button says what it was made to say', () => {
    fc.assert(
      fc.property(card, fc.string(), words(400), (given, id, text) => {
        const made = templateCard(given, taskIdOf('reply', id), { words: text });
        expect(made).not.toBeNull();
        expect(made!.task_id).toMatch(/^[0-9A-Za-z_\-@]{1,128}$/);
        expect(Buffer.byteLength(made!.main_title.title)).toBeLessThanOrEqual(26 * 3);
        expect(Buffer.byteLength(made!.sub_title_text!)).toBeLessThanOrEqual(112 * 3);
        expect(Buffer.from(JSON.stringify(made)).toString()).not.toMatch(/\\ud[89a-f]/i);
        expect(new Set(made!.button_list.map(({ key }) => key)).size).toBe(given.buttons.length);
        made!.button_list.forEach((button, at) => {
          expect(button.key.length).toBeLessThanOrEqual(1_024);
          expect(Buffer.byteLength(button.text)).toBeLessThanOrEqual(30);
          expect(pressedButton(button.key)?.says).toBe(given.buttons[at]!.says);
        });
      }),
      { numRuns: 2_000 },
    );
  });

  it('carry their own rebirth: an ordinary card comes back whole from any of its keys', () => {
    const given = {
      title: '红柳社区协商议事会',
      buttons: [
        { label: '报名', says: '/报名 A23' },
        { label: '看详情', says: '/活动 A23' },
        { label: '取消报名', says: '/取消报名 A23' },
      ],
    };
    for (const { key } of templateCard(given, 't1')!.button_list) expect(pressedButton(key)?.card).toEqual(given);
  });

  it('take no key for ours that is not', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.base64String(),
          fc.json().map((json) => Buffer.from(json).toString('base64url')),
        ),
        (key) => {
          expect(pressedButton(key)).toBeNull();
        },
      ),
      { numRuns: 3_000 },
    );
    expect(pressedButton(Buffer.from('["t",[["报名","/报名 A23"]],1]').toString('base64url'))).toBeNull();
    expect(pressedButton(Buffer.from('["t",[["报名","/报名 A23"]],0]').toString('base64url'))?.says).toBe('/报名 A23');
  });
});
