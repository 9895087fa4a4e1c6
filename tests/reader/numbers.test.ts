import { expect, test } from '@jest/globals';
import { readNumber, scanNumbers } from '../../src/reader/numbers';

const read = (text: string): string => {
  const token = readNumber(text, 0);
  return token ? `${token.value}${token.approx ? '~' : ''} ${text.slice(token.start, token.end)}` : 'none';
};

test.each([
  ['12人', '12 12'],
  ['1,200人', '1200 1,200'],
  ['1,20人', '1 1'],
  ['1.5万元', '15000 1.5万'],
  ['3千', '3000 3千'],
  ['1万2千', '12000 1万2千'],
  ['1万2', '12000 1万2'],
  ['3.', '3 3'],
  ['2百5', '250 2百5'],
  ['两', '2 两'],
  ['廿五', '25 廿五'],
  ['卅', '30 卅'],
  ['十', '10 十'],
  ['十五', '15 十五'],
  ['二十', '20 二十'],
  ['九十九', '99 九十九'],
  ['一百零五', '105 一百零五'],
  ['一百五', '150 一百五'],
  ['一百五十', '150 一百五十'],
  ['一百一十五', '115 一百一十五'],
  ['两千五', '2500 两千五'],
  ['一千零三十', '1030 一千零三十'],
  ['一万二', '12000 一万二'],
  ['一万零二', '10002 一万零二'],
  ['两万三千五', '23500 两万三千五'],
  ['一亿三千万', '130000000 一亿三千万'],
  ['壹佰贰拾', '120 壹佰贰拾'],
  ['二〇二六', '2026 二〇二六'],
  ['一三八', '138 一三八'],
  ['二〇', '20 二〇'],
  ['三百二十人', '320 三百二十'],
  ['1,200,300元', '1200300 1,200,300'],
  ['3千500', '3500 3千500'],
  ['2百10', '210 2百10'],
  ['1万20', '10020 1万20'],
  ['1万02', '10002 1万02'],
  ['一百十一人', '111 一百十一'],
  ['两百十个', '210 两百十'],
  ['一百03人', '103 一百03'],
  ['两百20人', '220 两百20'],
  ['三十5', '35 三十5'],
  ['十15', '10 十'],
])('%s is %s', (text, wanted) => expect(read(text)).toBe(wanted));

test.each([
  ['三四十人', '30~ 三四十'],
  ['七八个', '7~ 七八'],
  ['三五个', '3~ 三五'],
  ['两三百', '200~ 两三百'],
  ['十五六人', '15~ 十五六'],
  ['一百二三十', '120~ 一百二三十'],
  ['十几个', '10~ 十几'],
  ['十好几个', '10~ 十好几'],
  ['二十几', '20~ 二十几'],
  ['三十余人', '30~ 三十余'],
  ['20多人', '20~ 20多'],
  ['12来个', '12~ 12来'],
  ['十来号人', '10~ 十来'],
  ['百余人', '100~ 百余'],
  ['百十来人', '100~ 百十来'],
  ['50+人', '50~ 50+'],
  ['50+', '50~ 50+'],
  ['50+ 人', '50~ 50+'],
  ['50+,老师6', '50~ 50+'],
  ['百十户', '100~ 百十'],
  ['百把人', '100~ 百把'],
])('%s is about %s, the lower bound', (text, wanted) => expect(read(text)).toBe(wanted));

test.each([
  ['23+6', '23 23'],
  ['20来访', '20 20'],
  ['5把椅子', '5 5'],
  ['5多', '5 5'],
  ['五八个', '5 五'],
  ['十十', '10 十'],
  ['三几个', '3 三'],
  ['三八个', '3 三'],
  ['二五个', '2 二'],
  ['千百', '1000 千'],
  ['十廿', '10 十'],
  ['二十好人', '20 二十'],
  ['十二几个', '12 十二'],
  ['十二好几', '12 十二'],
  ['3,共200人', '3 3'],
  ['5户200人', '5 5'],
  ['1千2000', '1000 1千'],
])('%s goes no further than %s', (text, wanted) => expect(read(text)).toBe(wanted));

test.each(['人', '万', '亿', '', '个'])('%s is no number', (text) => expect(readNumber(text, 0)).toBeNull());

test('几十 and 数百 name no number, 人数15 does', () => {
  expect(scanNumbers('来了几十人').length).toBe(0);
  expect(scanNumbers('数百人').length).toBe(0);
  expect(scanNumbers('人数15').map((n) => n.value)).toEqual([15]);
});

test('numbers are found from left to right without overlap', () => {
  expect(scanNumbers('家长23+老师6，共二十九人').map((n) => [n.value, n.start, n.end, n.digits])).toEqual([
    [23, 2, 4, true],
    [6, 7, 8, true],
    [29, 10, 13, false],
  ]);
});

test('two neighbouring digits are about so many wherever they stand, and no figures', () => {
  expect(scanNumbers('来了七八人').map((n) => [n.value, n.approx, n.digits])).toEqual([[7, true, false]]);
  expect(scanNumbers('二〇二六').map((n) => [n.value, n.approx, n.digits])).toEqual([[2026, false, false]]);
});
