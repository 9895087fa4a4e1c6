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
export const other = 32;

const starts = new Uint8Array(65536);
const mark = (characters: string, bit: number): void => {
  for (const c of characters) starts[c.charCodeAt(0)] = (starts[c.charCodeAt(0)] ?? 0) | bit;
};
mark('0123456789〇零一二三四五六七八九十廿卅', numeral);
mark('上下本这当', pointer);
mark('周星礼', week);
mark('今去前明昨本上', yearWord);
mark('半两俩', distance);
mark('大正除年第Qq全月', other);

const afterNumeral = new Uint8Array(65536);
for (const c of '年月日号天周星礼个./-·季前后、和及 ') afterNumeral[c.charCodeAt(0)] = 1;

/** The forms that may begin at `at`, as bits. A numeral that goes on with no word of time begins none. */
export function formsAt(text: string, at: number): number {
  const bits = starts[text.charCodeAt(at)] ?? 0;
  if ((bits & numeral) === 0) return bits;
  let end = at + 1;
  while (((starts[text.charCodeAt(end)] ?? 0) & numeral) !== 0 && end < at + 9) end++;
  return afterNumeral[text.charCodeAt(end)] === 1 || end - at >= 8 ? bits : bits & ~numeral;
}
