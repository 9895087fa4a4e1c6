/** Which forms of date may begin with a character: most characters begin none, and looking is what costs. */
export const numeral = 1;
/** 上 下 本 这 当 */
export const pointer = 2;
/** 周 星(期) 礼(拜) */
export const week = 4;
/** 今 去 前 明 (年), 昨 */
export const yearWord = 8;
/** 两(天前) 半(个月前) */
export const distance = 16;
/** 大年 正月 除夕, 第三季度, 全年, 月底 */
const other = 32;
/** 农(历) 闰(月) 正 冬 腊(月) */
export const moon = 64;

const starts = new Uint8Array(65536);
const mark = (characters: string, bit: number): void => {
  for (const c of characters) starts[c.charCodeAt(0)] = (starts[c.charCodeAt(0)] ?? 0) | bit;
};
mark('0123456789〇零一二三四五六七八九十廿卅', numeral);
mark('上下本这当', pointer);
mark('周星礼', week);
mark('今去前明昨本上近', yearWord);
mark('半两俩', distance);
mark('大除年第Qq全月', other);
mark('农阴旧老闰正冬腊', moon);

/** What must stand next for any of these to be a date: 上 begins 上周 and 上个月, but mostly 上门 and 上午. */
const following = new Map(
  Object.entries({
    上: '上一个月周星礼季半年',
    下: '下一个月周星礼季半',
    本: '一个月周星礼季年',
    这: '一个月周星礼季半0123456789二两三四五六七八九十',
    近: '半0123456789一二两三四五六七八九十',
    当: '一个月季年',
    周: '一二三四五六日天末1234567',
    星: '期',
    礼: '拜',
    去: '年',
    农: '历',
    阴: '历',
    旧: '历',
    老: '历',
    闰: '正一二三四五六七八九十冬腊',
    冬: '月',
    明: '年',
    前: '年半0123456789一二两三四五六七八九十',
    半: '天日个月周星礼年',
    两: '天日个月周星礼年一二两三四五六七八九十俩',
    俩: '天日个月周星礼年一二两三四五六七八九十俩',
    大: '年',
    正: '月',
    腊: '月',
    除: '夕',
    全: '年',
    年: '初三度内底末',
    月: '底末初中上下',
    第: '一二三四1234',
    Q: '1234',
    q: '1234',
  }).map(([character, next]) => [character.charCodeAt(0), new Set(Array.from(next, (c) => c.charCodeAt(0)))] as const),
);

const afterNumeral = new Uint8Array(65536);
for (const c of '年月日号天周星礼个./-·季前后、和及 ') afterNumeral[c.charCodeAt(0)] = 1;

/** The forms that may begin at `at`, as bits. A numeral that goes on with no word of time begins none. */
export function formsAt(text: string, at: number): number {
  const bits = starts[text.charCodeAt(at)] ?? 0;
  if (bits === 0) return 0;
  if ((bits & numeral) === 0) return following.get(text.charCodeAt(at))?.has(text.charCodeAt(at + 1)) === false ? 0 : bits;
  let end = at + 1;
  while (((starts[text.charCodeAt(end)] ?? 0) & numeral) !== 0 && end < at + 9) end++;
  return afterNumeral[text.charCodeAt(end)] === 1 || end - at >= 8 ? bits : bits & ~numeral;
}
