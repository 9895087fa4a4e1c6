import { loginOf } from '../accounts';
import type { CppccBody, Member } from '../member';
import { type Role, type RoleBook, roles } from '../roles';
import { cleaned, dayIn, nameIn, type Standing, standingIn, yesIn } from './cells';
import { accountColumns, type Column, type Layout, layoutOf, needed, titleOf } from './columns';

/** A member as the table says, and whether it says that the person is in office or has left. */
export interface RosterRow {
  /** What the table has no column for is as for somebody new. */
  member: Member;
  standing: Standing;
  /** As a person counts: the titles are row 1. */
  row: number;
}

/** What a table need not say; for who is known it stays as it was. */
export const optional = ['roles', 'standing', 'joinedOn', 'committees', 'groups', 'post'] as const satisfies readonly Column[];
export type Optional = (typeof optional)[number];

export interface RosterVerdict {
  rows: RosterRow[];
  /** '第7行：…' in file order; nothing is imported while there is one. */
  faults: string[];
  /** What the table has no column for. */
  unsaid: Optional[];
  /** Titles of columns that are not read, and so kept nowhere. */
  unused: string[];
}

interface Words {
  sectors: ReadonlyMap<string, string>;
  roles: ReadonlyMap<string, Role>;
}

/** Reads the rows of a members' table (first row the titles). Every row is judged; nothing is guessed. `book`: the words for roles. */
export function readRoster(cells: readonly string[][], sectors: CppccBody['sectors'], book: RoleBook): RosterVerdict {
  const [titles = [], ...table] = cells;
  const layout = layoutOf(titles);
  const unsaid = optional.filter((column) => !layout.at[column]);
  const { unused } = layout;
  const missing = missingIn(layout);
  if (missing.length > 0) return { rows: [], faults: [`第1行：缺少这几列：${missing.join('、')}`], unsaid, unused };
  const words = {
    sectors: new Map(sectors.flatMap(({ name, code, aliases }) => [name, code, ...aliases].map((word) => [word, code] as const))),
    roles: new Map(roles.flatMap((role) => book[role].roster.map((word) => [word, role] as const))),
  };
  const faults: string[] = [];
  const seen = new Map<string, number>();
  const rows = table.flatMap((row, index): RosterRow[] => {
    if (row.every((cell) => cleaned(cell) === '')) return [];
    const number = index + 2;
    const read = rowOf((column) => (layout.at[column] ?? []).map((at) => cleaned(row[at] ?? '')), layout, words);
    const fault = typeof read === 'string' ? read : twiceIn(read.member, number, seen);
    if (fault === null) return [{ ...(read as Omit<RosterRow, 'row'>), row: number }];
    faults.push(`第${number}行：${fault}`);
    return [];
  });
  return { rows, faults, unsaid, unused };
}

function missingIn({ at }: Layout): string[] {
  const missing = needed.filter((column) => !at[column]).map(titleOf);
  return accountColumns.some((column) => at[column]) ? missing : [...missing, accountColumns.map(titleOf).join('或')];
}

/** What stands in an earlier row already; remembers the row otherwise. */
function twiceIn({ id, identities }: Member, row: number, seen: Map<string, number>): string | null {
  const keys = [
    { key: id, shown: `编号 ${id} ` },
    ...identities.map(({ platform, userId }) => ({ key: loginOf(platform, userId), shown: `账号 ${userId} ` })),
  ];
  const twice = keys.find(({ key }) => seen.has(key));
  if (twice) return `${twice.shown}和第${seen.get(twice.key)}行重复（企业微信账号不分大小写）`;
  for (const { key } of keys) seen.set(key, row);
  return null;
}

/** 1970-01-01 stands for a day the table has no column for; change.ts asks for one where somebody is new. */
export const unsaidDay = '1970-01-01';

function rowOf(cellsOf: (column: Column) => string[], { at }: Layout, words: Words): Omit<RosterRow, 'row'> | string {
  const cell = (column: Column): string => cellsOf(column)[0] ?? '';
  const listed = (column: Column): string[] => cellsOf(column).flatMap((text) => text.split(/[、,;\s]+/).filter((word) => word !== ''));
  const [id, sectorName, joined] = [cell('id'), cell('sector'), cell('joinedOn')];
  const unknown = listed('roles').find((word) => !words.roles.has(word));
  const joinedOn = at.joinedOn ? dayIn(joined) : unsaidDay;
  const inOffice = standingIn(cell('status'));
  const isStanding = yesIn(cell('standing'));
  if (!/^[A-Z]\d{1,8}$/i.test(id)) return '编号应为一个字母加数字，例如 M0001';
  if (nameIn(cell('name')) === '' || nameIn(cell('name')).length > 64) return '没有填姓名';
  if (unknown) return `没有叫“${unknown}”的角色`;
  if (sectorName !== '' && !words.sectors.has(sectorName)) return `没有叫“${sectorName}”的界别`;
  if (isStanding === null) return `常委一栏的“${cell('standing')}”看不懂，请填“是”或“否”`;
  if (joinedOn === null) return `就任日期“${joined}”不是一个日期，请写成 2022-01-10`;
  if (inOffice === null) return `状态一栏请填“在任”或“离任”，也可以空着`;
  const identities = identitiesOf(cell('wecom'), cell('dingtalk'));
  if (typeof identities === 'string') return identities;
  const memberRoles = [...new Set(listed('roles').flatMap((word) => words.roles.get(word) ?? []))];
  const member: Member = {
    id: id.toUpperCase(),
    name: nameIn(cell('name')),
    sector: words.sectors.get(sectorName) ?? null,
    roles: memberRoles.length > 0 ? memberRoles : ['member'],
    standing: isStanding,
    active: inOffice !== 'gone',
    joinedOn,
    identities,
    exemptions: [],
    ...(at.committees ? { committees: [...new Set(listed('committees'))] } : {}),
    ...(at.groups ? { groups: [...new Set(listed('groups'))] } : {}),
    ...(at.post ? { post: cell('post').slice(0, 64) } : {}),
  };
  return { member, standing: inOffice };
}

function identitiesOf(wecom: string, dingtalk: string): Member['identities'] | string {
  const allowed = /^[\w.@-]{1,64}$/;
  if (dingtalk !== '' && !allowed.test(dingtalk)) return '钉钉账号里有钉钉不允许的字符';
  if (!allowed.test(wecom) && (wecom !== '' || dingtalk === '')) return '没有填企业微信账号，或里面有企业微信不允许的字符';
  return [
    ...(wecom === '' ? [] : [{ platform: 'wecom' as const, userId: wecom }]),
    ...(dingtalk === '' ? [] : [{ platform: 'dingtalk' as const, userId: dingtalk }]),
  ];
}
