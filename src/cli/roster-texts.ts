import type { Member } from '../organisation/member';

const named = (members: readonly Member[]): string => members.map(({ id, name }) => `${id} ${name}`).join('、');
const platforms: Record<string, string> = { wecom: '企业微信', dingtalk: '钉钉' };
const account = (platform: string): string => platforms[platform] ?? platform;

/** What the import of a roster says to operators. */
export const rosterTexts = {
  usage: '用法：node dist/src/main.js import-roster 单位.yaml 名册.xlsx（或 .csv） [--check] [--allow-removals]',
  notRead: (path: string, code: string): string =>
    code === 'ENOENT' ? `找不到文件 ${path}，请核对文件名和所在目录。` : `文件 ${path} 打不开（${code}），请检查权限。`,
  noText: (path: string): string => `${path} 不是文本文件，请照 config/examples/organisation.yaml 写。`,
  unused: (titles: readonly string[]): string => `没有用到、也不保存这几列：${titles.join('、')}`,
  noYaml: (path: string, line: number): string => `${path} 第${line}行格式不对，请照 config/examples/organisation.yaml 核对缩进和冒号。`,
  bodyFault: (path: string, key: string, what: string): string => `${path} 的 ${key || '内容'}：${what}`,
  nothingWritten: (faults: number): string => `有 ${faults} 行不对，什么都没有写。改好后再导一次。`,
  readable: (rows: number): string => `读到 ${rows} 人，每一行都对。`,
  otherBody: (path: string, id: string, setting: string): string => `${path} 里的 id 是 ${id}，而 BODY_ID 是 ${setting}，两处要一致。`,
  change: ({ added, changed, unchanged }: Record<'added' | 'changed' | 'unchanged', number>, returning: readonly Member[]): string =>
    `新增 ${added} 人，更新 ${changed} 人，不变 ${unchanged} 人${returning.length > 0 ? `，恢复在任 ${returning.length} 人：${named(returning)}` : ''}`,
  leaving: (members: readonly Member[]): string =>
    `改为离任 ${members.length} 人（名册里没有了，或写了离任；记录都保留）：${named(members)}`,
  stillGone: (members: readonly Member[]): string =>
    `仍按离任 ${members.length} 人：${named(members)}。要恢复，在名册里加一列“状态”，写“在任”。`,
  tooMany: (leaving: number, all: number): string =>
    `在任的 ${all} 人里有 ${leaving} 人不在这份名册里，可能拿错了文件，所以什么都没有写。确实如此就加上 --allow-removals 再导一次。`,
  onlyChecked: '只检查，没有写。',
  imported: '已导入。',
  accounts: (platform: string, listed: number, faults: number, visible: number): string =>
    `${account(platform)}：名册里 ${listed} 个账号，${faults} 个够不着；应用可见范围里有 ${visible} 人`,
  accountFault: (where: string, platform: string, userId: string, kind: 'unknown' | 'outside' | 'unasked'): string => {
    const what = { unknown: '平台上没有这个账号', outside: '不在应用的可见范围里', unasked: '不在可见范围里' }[kind];
    return `${where}：${account(platform)}账号 ${userId} ${what}`;
  },
  rowOf: (path: string, row: number | undefined): string => `${path} 第${row}行`,
  bookClosed: (why: string): string => `通讯录读不了（${why}）。运行 npm run doctor，会说该改哪里。`,
} as const;
