import type { Unreadable } from '../../foundation/table/read-table';

/** Why a file cannot be read, and what to do. */
export const unreadable: Readonly<Record<Unreadable, string>> = {
  old_workbook: '这是老格式的 Excel（.xls）。请在 Excel 里“另存为”，类型选“Excel 工作簿（.xlsx）”或“CSV UTF-8”，再传一次。',
  broken_workbook: '这个 Excel 文件打不开，可能没有存完整。请在 Excel 里打开、重新保存，再传一次。',
  bomb: '这个 Excel 文件解开以后大得不正常，没有读。请只留名册这一张表，另存一份再传。',
  bytes: '这不是表格文件。请传 Excel 工作簿（.xlsx）或 CSV。',
  too_long: '超过 20000 行，没有读。请核对是不是名册。',
};

const plural = (count: number): string => `${count} 人`;

/** The office's page of the roster. */
export const rosterPageTexts = {
  title: '名册',
  inOffice: (count: number): string => `在任 ${count} 人`,
  upload: '上传名册',
  what: 'Excel 工作簿（.xlsx）或 CSV，第一行是列名：编号、姓名、界别、企业微信账号（或钉钉账号）；可以有角色、常委、就任日期、专委会、活动组、政协职务、状态。列的先后不论，别的列不读也不保存。',
  first: '上传以后先给您看会有什么变化，确认了才更新。请假、免除和已有的记录都不动。',
  check: '上传并核对',
  gone: '这份核对结果已经过了一天，或者不是本单位的。请再上传一次。',
  faults: (count: number): string => `有 ${count} 处不对，什么都没有改`,
  mend: '改好以后再上传一次。',
  unused: (titles: readonly string[]): string => `没有用到、也不保存这几列：${titles.join('、')}`,
  more: (count: number): string => `还有 ${count} 条，没有全部列出。`,
  groups: {
    added: (count: number): string => `新来 ${plural(count)}`,
    changed: (count: number): string => `有变化 ${plural(count)}`,
    leaving: (count: number): string => `离任 ${plural(count)}`,
    returning: (count: number): string => `恢复在任 ${plural(count)}`,
    stillGone: (count: number): string => `仍按离任 ${plural(count)}`,
  },
  leavingNote: '名册里没有了，或写了离任。记录都保留。',
  stillGoneNote: '要恢复，在名册里加一列“状态”，写“在任”。',
  unchanged: (count: number): string => `不变 ${plural(count)}`,
  nothing: '和现在的名册一样，不用更新。',
  row: (row: number | undefined, id: string, name: string): string => `${row === undefined ? '' : `第${row}行 `}${id} ${name}`,
  change: (what: string, before: string, after: string): string => `${what}：${before || '（空）'} → ${after || '（空）'}`,
  accounts: '账号',
  tooMany: (leaving: number, all: number): string => `在任的 ${all} 人里有 ${leaving} 人不在这份名册里，会不会拿错了文件？`,
  meant: '没有拿错，这些人确实离任了',
  apply: '照此更新名册',
  busy: '另一份名册正在更新，请过一分钟再来。',
  askRemovals: '离任的人超过一半，请先勾选“没有拿错”再更新。',
  applied: ({ added, changed, leaving, returning }: Record<'added' | 'changed' | 'leaving' | 'returning', number>): string =>
    `名册已更新：新来 ${plural(added)}，有变化 ${plural(changed)}，离任 ${plural(leaving)}，恢复在任 ${plural(returning)}。`,
} as const;
