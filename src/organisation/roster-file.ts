import { z } from 'zod';
import { loginOf } from './accounts';
import type { CppccBody, Member } from './member';
import { type Role, type RoleBook, roles } from './roles';
import { cleaned, dayIn, nameIn, type Standing, standingIn, yesIn } from './roster-cells';
import { parseTable } from './roster-text';

const short = z.string().trim().min(1).max(64);
const zone = short.refine((name) => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}, '不是时区名，应写成 Asia/Shanghai');

const sectors = z
  .array(
    z.strictObject({
      code: z.string().regex(/^[a-z0-9_]{2,32}$/, '应为小写字母、数字和下划线'),
      name: short,
      aliases: z.array(short).default([]),
      seats: z.int().min(0).default(0),
    }),
  )
  .min(1)
  .superRefine((all, context) => {
    const words = all.flatMap(({ code, name, aliases }) => [...new Set([code, name, ...aliases])]);
    const twice = words.find((word, at) => words.indexOf(word) !== at);
    if (twice) context.addIssue(`“${twice}”写在了两个界别里`);
  });

/** The organisation as its office writes it down (YAML or JSON, already parsed). `schemes`: the names of the schemes there are. */
export const bodyFile = (schemes: readonly string[]): z.ZodType<CppccBody> =>
  z.strictObject({
    id: z.string().regex(/^[a-z0-9-]{2,32}$/, '应为小写字母、数字和连字符'),
    name: short,
    zone,
    scheme: z.string().refine((name) => schemes.includes(name), `不是已有的考核办法，可以写：${schemes.join('、')}`),
    mentions: z.array(short).min(1),
    sectors,
    places: z.array(short).default([]),
    organisations: z.array(short).default([]),
  });

/** Column titles of the members' table, in the order of the example file. */
const rosterColumns = ['编号', '姓名', '界别', '角色', '常委', '就任日期', '企业微信账号'] as const;

/** Columns that need not be there. Whoever has a userid in DingTalk may be without a WeCom account. */
const dingtalkColumn = '钉钉账号';
const standingColumn = '状态';

/** A member as the table says, and whether it says that the person is in office or has left. */
export interface RosterRow {
  member: Member;
  standing: Standing;
  /** As a person counts: the titles are row 1. */
  row: number;
}

interface RosterVerdict {
  rows: RosterRow[];
  /** '第7行：…' in file order; nothing is imported while there is one. */
  faults: string[];
}

interface Words {
  sectors: ReadonlyMap<string, string>;
  roles: ReadonlyMap<string, Role>;
}

/** Reads the rows of a members' table (CSV, first row the titles). Every row is judged; nothing is guessed. `book`: the words for roles. */
export function readRoster(csv: string, sectors: CppccBody['sectors'], book: RoleBook): RosterVerdict {
  const [first = [], ...table] = parseTable(csv);
  const titles = first.map((title) => cleaned(title).replace(/\s+/g, ''));
  const missing = rosterColumns.filter((column) => !titles.includes(column));
  if (missing.length > 0) return { rows: [], faults: [`第1行：缺少这几列：${missing.join('、')}`] };
  const words = {
    sectors: new Map(sectors.flatMap(({ name, code, aliases }) => [name, code, ...aliases].map((word) => [word, code] as const))),
    roles: new Map(roles.flatMap((role) => book[role].roster.map((word) => [word, role] as const))),
  };
  const faults: string[] = [];
  const seen = new Map<string, number>();
  const rows = table.flatMap((cells, at): RosterRow[] => {
    if (cells.every((cell) => cleaned(cell) === '')) return [];
    const row = at + 2;
    const read = rowOf(Object.fromEntries(titles.map((title, column) => [title, cells[column] ?? ''])), words);
    const fault = typeof read === 'string' ? read : twiceIn(read.member, row, seen);
    if (fault === null) return [{ ...(read as Omit<RosterRow, 'row'>), row }];
    faults.push(`第${row}行：${fault}`);
    return [];
  });
  return { rows, faults };
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

function rowOf(row: Record<string, string>, words: Words): Omit<RosterRow, 'row'> | string {
  const [id = '', name = '', sectorName = '', roleNames = '', standing = '', joined = '', userId = ''] = rosterColumns.map((column) =>
    cleaned(row[column] ?? ''),
  );
  const named = roleNames.split(/[、,;\s]+/).filter((word) => word.length > 0);
  const unknown = named.find((word) => !words.roles.has(word));
  const joinedOn = dayIn(joined);
  const inOffice = standingIn(row[standingColumn] ?? '');
  const isStanding = yesIn(standing);
  if (!/^[A-Z]\d{1,8}$/i.test(id)) return '编号应为一个字母加数字，例如 M0001';
  if (!short.safeParse(nameIn(name)).success) return '没有填姓名';
  if (unknown) return `没有叫“${unknown}”的角色`;
  if (sectorName !== '' && !words.sectors.has(sectorName)) return `没有叫“${sectorName}”的界别`;
  if (isStanding === null) return `常委一栏的“${standing}”看不懂，请填“是”或“否”`;
  if (joinedOn === null) return `就任日期“${joined}”不是一个日期，请写成 2022-01-10`;
  if (inOffice === null) return `状态一栏请填“在任”或“离任”，也可以空着`;
  const identities = identitiesOf(userId, cleaned(row[dingtalkColumn] ?? ''));
  if (typeof identities === 'string') return identities;
  const memberRoles = [...new Set(named.flatMap((word) => words.roles.get(word) ?? []))];
  const member: Member = {
    id: id.toUpperCase(),
    name: nameIn(name),
    sector: words.sectors.get(sectorName) ?? null,
    roles: memberRoles.length > 0 ? memberRoles : ['member'],
    standing: isStanding,
    active: inOffice !== 'gone',
    joinedOn,
    identities,
    exemptions: [],
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
