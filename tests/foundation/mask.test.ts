import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { maskPersonal } from '../../src/foundation/mask';

describe('numbers of phones, papers and cards', () => {
  it.each([
    ['王大姐13812345678家低保停发', '王大姐138****5678家低保停发'],
    ['电话138 1234 5678，打不通', '电话138****5678，打不通'],
    ['电话 138-1234-5678', '电话 138****5678'],
    ['+86 13812345678', '+86 138****5678'],
    ['8613812345678', '86138****5678'],
    ['１３８１２３４５６７８', '１３８****５６７８'],
    ['身份证110101199003071234。', '身份证110101********1234。'],
    ['身份证11010119900307123X', '身份证110101********123X'],
    ['身份证 110101 19900307 123x', '身份证 110101********123x'],
    ['老证110101900307123', '老证1101****7123'],
    ['单位0931-8888666', '单位0931****8666'],
    ['单位010 88886666', '单位010****6666'],
    ['13812345678X栋', '138****5678X栋'],
    ['13812345678，13912345678x', '138****5678，139****5678x'],
    ['卡号6222020200112233445', '卡号6222****3445'],
  ])('%s → %s', (text, hidden) => expect(maskPersonal(text)).toBe(hidden));

  it.each(['2026-09-22 走访 12人', '红柳社区3号楼1204室', '打了12345热线', '图书24000册，捐款1500000元', '编号R1024，A23', '9月22日10:11'])(
    'are not seen where there are none: %s',
    (text) => expect(maskPersonal(text)).toBe(text),
  );

  it('are hidden wherever they stand in a line, and hiding twice changes nothing', () => {
    const number = fc.stringMatching(/^1[3-9]\d{9}$/);
    const words = fc.stringMatching(/^[走访红柳社区，。 a-zA-Z]{0,12}$/u);
    fc.assert(
      fc.property(words, number, words, (before, phone, after) => {
        const hidden = maskPersonal(`${before}${phone}${after}`);
        expect(hidden).toBe(`${before}${phone.slice(0, 3)}****${phone.slice(7)}${after}`);
        expect(maskPersonal(hidden)).toBe(hidden);
      }),
    );
  });
});
