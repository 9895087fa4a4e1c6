/** A number somebody gave a thing: R1031, r 1031, R-1031. */
export interface Numbered {
  id: string;
  start: number;
  end: number;
}

const patterns = new Map<string, RegExp>();

/** A blank may stand between letter and digits, unless the digits count something: A 23, but not 选项A 23人. */
function patternOf(letters: string): RegExp {
  let pattern = patterns.get(letters);
  if (!pattern) {
    const gap = '(?:-| (?=\\d{1,6}(?:$|[^\\d人个位名户家月点岁天次])))?';
    patterns.set(
      letters,
      (pattern = new RegExp(`(?<![A-Za-z])([${letters}${letters.toLowerCase()}])${gap}(\\d{1,6})(?![\\dA-Za-z])`, 'g')),
    );
  }
  return pattern;
}

/** The numbers of things in a text, in their order. `letters`: those that may stand before the digits, as in a class. */
export const numberedIn = (text: string, letters: string): Numbered[] =>
  [...text.matchAll(patternOf(letters))].map((match) => ({
    id: `${match[1]?.toUpperCase()}${match[2]}`,
    start: match.index,
    end: match.index + match[0].length,
  }));

const handled = '改|换|作废|撤|删|恢复|还原|不要|人数|地点|时间|日期|方式|内容|应|是|重复|和|跟|与|、|记录|那条|这条';
/** 第1031号, 1031号记录, 撤回1031: a record's number without its letter, told by what is done with it. */
const bareRecords = [
  /第 ?(\d{3,6}) ?[号条]/g,
  /编号:? ?(\d{3,6})(?!\d)/g,
  new RegExp(`(?<![\\dA-Za-z.\\-])(\\d{4,6})号?(?=(?:的)?(?:${handled}))`, 'g'),
  /(?<=(?:撤回|撤销|撤掉|删除|删掉|删|撤|恢复|还原|更正|修改|记录|和|与|、) ?)(\d{4,6})号?(?=$|[ ,。、]|[了吧掉])/g,
];

/** Numbers of records without the R; only where no number with its letter stands. */
export function bareRecordsIn(text: string): Numbered[] {
  const found = new Map<number, Numbered>();
  for (const pattern of bareRecords)
    for (const match of text.matchAll(pattern)) {
      const start = match.index + match[0].indexOf(match[1] ?? '');
      found.set(start, { id: `R${match[1]}`, start, end: match.index + match[0].length });
    }
  return [...found.values()].sort((a, b) => a.start - b.start);
}

/** The number behind a command: /撤回 1031, /更正 1031 人数6, /撤回 1040、1041. */
export function leadingRecordsIn(text: string): Numbered[] {
  const head =
    /^ *(?:第 ?)?\d{3,6}(?:号)?(?:[ ,、和]+\d{3,6}号?)*(?=$|[ ,。]|[\u4e00-\u9fff](?<![人个名位户月年日点]))/.exec(text)?.[0] ?? '';
  return [...head.matchAll(/\d{3,6}/g)].map((match) => ({ id: `R${match[0]}`, start: match.index, end: match.index + match[0].length }));
}
