import { expect, test } from '@jest/globals';
import { anyPhrase } from '../../src/reader/phrases';

const said: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  ['改(到|期)了?', ['活动改期', '改到周五了'], ['更正一下', '改成']],
  ['[上下]个?月', ['上个月', '下月'], ['本月']],
  ['名额…加', ['名额再给加两个', '名额加'], ['名额够了,加油', '名额已经不够大家分的了加']],
  ['请…2-4假', ['请三天假', '请一周的假'], ['请假', '请一个多星期的假']],
  ['说……10办', ['说漏水,怎么办'], ['说了。办', '说了一遍又一遍怎么也不给我们办']],
  ['限#人', ['限12人', '限3人'], ['限人']],
  ['给@{2,3}记', ['给周岚记'], ['给A记', '给记']],
  ['参加!(率|人数)', ['我参加', '参加的人'], ['参加率', '参加人数']],
  ['!<[没未]来了', ['都来了'], ['没来了']],
  ['可以=[吗?]', ['可以吗'], ['可以的']],
  ['=<我(们)?要', ['我要', '我们要'], ['他要']],
  [',撤了,', ['撤了', '我说,撤了吧', '撤了。谢谢'], ['他们撤了', '撤了一条']],
  ['^查$', ['查'], ['查一下', '去查']],
  ['excel', ['导成EXCEL', 'excel'], ['ecel']],
  ['[+]#', ['+1'], ['1']],
];

test.each(said)('%s is said by the one and not by the other', (phrase, saying, silent) => {
  const expression = anyPhrase([phrase]);
  expect(saying.filter((text) => !expression.test(text))).toEqual([]);
  expect(silent.filter((text) => expression.test(text))).toEqual([]);
});

test('a phrase may name another class, and of several phrases one is enough', () => {
  const classes: Record<string, readonly string[]> = { how: ['怎么', '咋'], do: ['记', '<how>办'] };
  const expression = anyPhrase(['<how>(<do>)', '没有'], (name) => classes[name] ?? []);
  expect(['怎么记', '咋怎么办', '没有'].every((text) => expression.test(text))).toBe(true);
  expect(expression.test('如何记')).toBe(false);
});

test('a phrase that is not closed is refused by its words', () => {
  expect(() => anyPhrase(['参加!(率'])).toThrow('参加!(率');
});
