import { z } from 'zod';
import type { CppccBody, Member } from './member';
import { type Role, type RoleBook, roles } from './roles';

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const short = z.string().trim().min(1).max(64);

/** The organisation as its office writes it down (YAML or JSON, already parsed). */
export const bodyFile: z.ZodType<CppccBody> = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]{2,32}$/),
  name: short,
  zone: short,
  scheme: z.string().regex(/^[a-z0-9-]{1,32}$/),
  mentions: z.array(short).min(1),
  sectors: z
    .array(
      z.strictObject({
        code: z.string().regex(/^[a-z0-9_]{2,32}$/),
        name: short,
        aliases: z.array(short).default([]),
        seats: z.int().min(0).default(0),
      }),
    )
    .min(1),
  places: z.array(short).default([]),
  organisations: z.array(short).default([]),
});

/** Column titles of the members' table, in the order of the example file. */
const rosterColumns = ['编号', '姓名', '界别', '角色', '常委', '就任日期', '企业微信账号'] as const;

/** A column that need not be there: the userid in DingTalk. Whoever has one may be without a WeCom account. */
const dingtalkColumn = '钉钉账号';

interface RosterVerdict {
  members: Member[];
  /** 'row 7: …' in file order; nothing is imported while there is one. */
  faults: string[];
}

/** Reads the rows of a members' table (UTF-8 CSV, first row the titles). Every row is judged; nothing is guessed. `book`: the words for roles. */
export function readRoster(csv: string, sectors: CppccBody['sectors'], book: RoleBook): RosterVerdict {
  const [titles = [], ...rows] = parseCsv(csv);
  const missing = rosterColumns.filter((column) => !titles.includes(column));
  if (missing.length > 0) return { members: [], faults: [`row 1: column ${missing.join(', ')} is missing`] };
  const codes = new Map(
    sectors.flatMap((sector) => [sector.name, sector.code, ...sector.aliases].map((word) => [word, sector.code] as const)),
  );
  const words: ReadonlyMap<string, Role> = new Map(roles.flatMap((role) => book[role].roster.map((word) => [word, role] as const)));
  const faults: string[] = [];
  const seen = new Set<string>();
  const members = rows.flatMap((cells, at) => {
    const row = Object.fromEntries(titles.map((title, column) => [title, cells[column]?.trim() ?? '']));
    const read = memberOf(row, codes, words);
    const keys = typeof read === 'string' ? [] : [read.id, ...read.identities.map(({ platform, userId }) => `${platform}:${userId}`)];
    if (typeof read === 'string' || keys.some((key) => seen.has(key))) {
      faults.push(`row ${at + 2}: ${typeof read === 'string' ? read : 'the number or the account stands in the table twice'}`);
      return [];
    }
    for (const key of keys) seen.add(key);
    return [read];
  });
  return { members, faults };
}

function memberOf(row: Record<string, string>, sectors: ReadonlyMap<string, string>, words: ReadonlyMap<string, Role>): Member | string {
  const [id = '', name = '', sectorName = '', roleNames = '', standing = '', joinedOn = '', userId = ''] = rosterColumns.map(
    (column) => row[column],
  );
  const named = roleNames.split(/[、,，;； ]+/).filter((word) => word.length > 0);
  const unknown = named.find((word) => !words.has(word));
  if (!/^[A-Z]\d{1,8}$/.test(id)) return 'the number must be a letter and digits, e.g. M0001';
  if (!short.safeParse(name).success) return 'the name is missing';
  if (unknown) return `no role is called ${unknown}`;
  if (sectorName !== '' && !sectors.has(sectorName)) return `no sector is called ${sectorName}`;
  if (!day.safeParse(joinedOn).success) return 'the day in office must be written 2022-01-10';
  const identities = identitiesOf(userId, row[dingtalkColumn] ?? '');
  if (typeof identities === 'string') return identities;
  const memberRoles = [...new Set(named.flatMap((word) => words.get(word) ?? []))];
  const sector = sectors.get(sectorName) ?? null;
  return {
    id,
    name,
    sector,
    roles: memberRoles.length > 0 ? memberRoles : ['member'],
    standing: standing === '是',
    active: true,
    joinedOn,
    identities,
    exemptions: [],
  };
}

function identitiesOf(wecom: string, dingtalk: string): Member['identities'] | string {
  const allowed = /^[\w.@-]{1,64}$/;
  if (dingtalk !== '' && !allowed.test(dingtalk)) return 'the DingTalk account has characters DingTalk does not allow';
  if (!allowed.test(wecom) && (wecom !== '' || dingtalk === ''))
    return 'the WeCom account is missing or has characters WeCom does not allow';
  return [
    ...(wecom === '' ? [] : [{ platform: 'wecom' as const, userId: wecom }]),
    ...(dingtalk === '' ? [] : [{ platform: 'dingtalk' as const, userId: dingtalk }]),
  ];
}

/** Comma-separated cells with quotes; a byte-order mark and empty lines are passed over. */
function parseCsv(csv: string): string[][] {
  const lines = csv
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .filter((line) => line.trim().length > 0);
  return lines.map((line) =>
    [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain]) =>
      quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'),
    ),
  );
}
