import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { maskPersonal } from '../../src/foundation/mask';
import { isSecret } from '../../src/foundation/secrecy';
import { mobileSpellings, onlyDigits, otherNumbers } from '../privacy/spellings';

const mobile = fc.stringMatching(/^1[3-9]\d{9}$/);
const words = fc.stringMatching(/^[走访红柳社区，。王大姐家]{0,12}$/u);

describe('numbers of persons are hidden in whatever way they are written', () => {
  it.each(Object.entries(mobileSpellings))('a mobile number: %s', (_how, write) => {
    fc.assert(
      fc.property(words, mobile, words, (before, digits, after) => {
        const text = `${before}${write(digits)}${after}`;
        const hidden = maskPersonal(text);
        expect(onlyDigits(hidden)).not.toContain(digits);
        expect(hidden).toContain('****');
        expect(hidden.startsWith(before)).toBe(true);
        expect(hidden.endsWith(after)).toBe(true);
        expect(maskPersonal(hidden)).toBe(hidden);
      }),
      { numRuns: 50 },
    );
  });

  it.each(otherNumbers)('a landline, an identity number or a card: %s', (number) => {
    const hidden = maskPersonal(`王大姐（${number}）家，12人`);
    expect(hidden).toContain('****');
    expect(onlyDigits(hidden)).not.toContain(onlyDigits(number));
    expect(hidden).toMatch(/^王大姐（.*）家，12人$/u);
  });

  it('what is no number of a person is left alone, whatever stands beside it', () => {
    const day = fc
      .date({ min: new Date('2024-01-01'), max: new Date('2028-12-31'), noInvalidDate: true })
      .map((d) => d.toISOString().slice(0, 10));
    const ordinary = fc.oneof(
      fc.integer({ min: 1, max: 9_999_999 }).map((n) => `${n}元`),
      fc.integer({ min: 1, max: 99_999 }).map((n) => `${n}人`),
      fc.integer({ min: 1_024, max: 99_999 }).map((n) => `R${n}`),
      day,
      day.map((d) => d.replaceAll('-', '.')),
      day.map((d) => `${d.slice(0, 4)}年${Number(d.slice(5, 7))}月${Number(d.slice(8))}日`),
      fc.tuple(fc.nat(23), fc.nat(59)).map(([h, m]) => `${h}:${String(m).padStart(2, '0')}`),
      fc.double({ min: 1, max: 9_999, noNaN: true }).map((n) => `${n.toFixed(2)}平方米`),
      fc.constantFrom(
        '12345',
        '110',
        '119',
        '95598',
        '400-800-1234',
        '甘A12345',
        'A23',
        '2026年',
        '二〇二六年',
        '第四季度',
        '3号楼2单元1204室',
      ),
    );
    fc.assert(
      fc.property(fc.array(ordinary, { minLength: 1, maxLength: 4 }), fc.constantFrom('，', '；', ' 走访 ', '、'), (all, by) => {
        const text = all.join(by);
        expect(maskPersonal(text)).toBe(text);
      }),
      { numRuns: 500 },
    );
  });
});

describe('marks of secrecy', () => {
  it.each([
    '传达内部文件',
    '涉密，勿外传',
    '机密材料学习',
    '内部掌握',
    '【内部】关于座谈的安排',
    '密级：秘密',
    '秘密★1年',
    '涉 密',
    '涉　密会议',
    '涉-密',
    '涉【密】',
    '绝 密',
    '涉密文件传达会',
    '【秘密】',
    '（内部）通知',
    '内部：学习材料',
    '内部 掌握',
    '属于国家秘密',
    '机密★长期',
    '內部資料',
    '不得外传',
    '仅供内部参考',
    '内部情况通报',
    '昨天走访\n机密：名单',
  ])('%s may not be kept', (text) => expect(isSecret(text)).toBe(true));

  it.each([
    '企业内部管理',
    '小区内部道路',
    '保密培训',
    '保密工作座谈会',
    '商业秘密保护座谈',
    '走访出租车司机密切联系群众',
    '手机密码被盗',
    '非涉密',
    '不涉密内容',
    '内部装修噪音',
    '医院内部停车难',
    '宣讲保守国家秘密法',
    '内部矛盾调解',
    '单位内部食堂',
    '房屋内部使用面积小',
    '单位内部传达室',
    '对信息不公开有意见',
  ])('%s is ordinary', (text) => expect(isSecret(text)).toBe(false));
});
