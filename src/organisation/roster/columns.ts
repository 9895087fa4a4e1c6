import { cleaned } from './cells';

/** What a members' table can say of a person, with the titles offices give it. The first is what we call it ourselves. */
export const columns = {
  id: ['编号', '委员编号', '人员编号', '委员号', '工号'],
  name: ['姓名', '委员姓名', '名字'],
  sector: ['界别', '所属界别', '所在界别', '委员界别'],
  roles: ['角色', '身份'],
  standing: ['常委', '是否常委', '常务委员'],
  joinedOn: ['就任日期', '任职日期', '任职时间', '就任时间', '当选日期', '增补日期', '增补时间', '协商日期'],
  wecom: ['企业微信账号', '企业微信', '企微账号', '企微', '企业微信userid', '账号', 'userid'],
  dingtalk: ['钉钉账号', '钉钉', '钉钉userid'],
  status: ['状态', '任职状态', '在任情况', '是否在任'],
  committees: ['专委会', '专门委员会', '所在专委会', '所属专委会'],
  groups: ['活动组', '界别活动组', '街道活动组', '委员活动组', '界别小组', '委员小组'],
  post: ['政协职务', '政协任职'],
} as const;

export type Column = keyof typeof columns;

/** Without these nothing can be said of anybody. */
export const needed: readonly Column[] = ['id', 'name', 'sector'];
/** An account on one of the platforms. */
export const accountColumns: readonly Column[] = ['wecom', 'dingtalk'];

export const titleOf = (column: Column): string => columns[column][0];

export interface Layout {
  /** Which cells say it; several where a table has several columns of one kind (two committees). */
  at: Readonly<Partial<Record<Column, readonly number[]>>>;
  /** Titles that are used for nothing. */
  unused: string[];
}

const known = new Map(
  Object.entries(columns).flatMap(([column, titles]) => titles.map((title) => [title.toLowerCase(), column as Column])),
);

/** 专委会（可两个）, 专委会1, *姓名: the remark, the number and the star are not the title. */
const plain = (title: string): string =>
  cleaned(title)
    .replace(/[([].*?[)\]]/g, '')
    .replace(/[\s*:]+|(?<=\p{Script=Han})\d$/gu, '')
    .toLowerCase();

/** What stands where, in any order and wording. */
export function layoutOf(titles: readonly string[]): Layout {
  const at: Partial<Record<Column, number[]>> = {};
  const unused: string[] = [];
  for (const [place, title] of titles.entries()) {
    const column = known.get(plain(title));
    if (column) at[column] = [...(at[column] ?? []), place];
    else if (cleaned(title) !== '') unused.push(cleaned(title));
  }
  return { at, unused };
}
