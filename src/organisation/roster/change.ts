import { loginOf } from '../accounts';
import type { Member, RosterMember } from '../member';
import { type Column, titleOf } from './columns';
import { type Optional, type RosterRow, unsaidDay } from './rows';

/** One thing of a member that a table changes. */
export interface FieldChange {
  column: Column | 'accounts';
  before: string;
  after: string;
}

export interface RosterChange {
  /** What is to be written: who came, left, returned or is changed; nobody who stays as before. */
  members: RosterMember[];
  added: Member[];
  changed: { member: Member; fields: FieldChange[] }[];
  unchanged: number;
  /** In office until now, and not named any more or said to have left. */
  leaving: Member[];
  returning: Member[];
  /** Named by the table, but said to have left before: they stay so until the table says 在任. */
  stillGone: Member[];
  /** '第7行：…': who is new needs what the table has no column for; nothing is written while there is one. */
  faults: string[];
}

interface Table {
  rows: readonly RosterRow[];
  /** What the table has no column for: stays as it was. */
  unsaid?: readonly Optional[];
}

/** What a table means for the members there are. The table knows nothing of exemptions: they stay. */
export function rosterChange({ rows, unsaid = [] }: Table, before: readonly RosterMember[], now: Date): RosterChange {
  const known = new Map(before.map((member) => [member.id, member]));
  const listed = new Set(rows.map(({ member }) => member.id));
  const members = rows.map((row) => memberNow(row, { before: known.get(row.member.id), unsaid, now }));
  const unlisted = before.filter(({ id, active }) => active && !listed.has(id));
  const of = (was: boolean | undefined, is: boolean): RosterMember[] =>
    members.filter(({ id, active }) => active === is && known.get(id)?.active === was);
  const [added, returning, saidGone] = [members.filter(({ id }) => !known.has(id)), of(false, true), of(true, false)];
  const compared = of(true, true).map((member) => ({ member, fields: differences(known.get(member.id) as RosterMember, member) }));
  const changed = compared.filter(({ fields }) => fields.length > 0);
  const left = unlisted.map((member) => ({ ...member, active: false, departed: { at: now, why: 'not_listed' as const } }));
  return {
    members: [...left, ...added, ...returning, ...saidGone, ...changed.map(({ member }) => member)],
    added,
    changed,
    unchanged: compared.length - changed.length,
    leaving: [...unlisted, ...saidGone],
    returning,
    stillGone: of(false, false),
    faults: rows
      .filter(({ member: { id, joinedOn } }) => joinedOn === unsaidDay && !known.has(id))
      .map(({ row }) => `第${row}行：${newNeedsDay}`),
  };
}

const newNeedsDay = `新来的委员要写${titleOf('joinedOn')}，请加上这一列`;

interface Then {
  before: RosterMember | undefined;
  unsaid: readonly Optional[];
  now: Date;
}

function memberNow({ member: row, standing }: RosterRow, { before, unsaid, now }: Then): RosterMember {
  const { departed, listed: _listed, ...kept } = before ?? {};
  const silent = before ? Object.fromEntries(unsaid.flatMap((field) => (before[field] === undefined ? [] : [[field, before[field]]]))) : {};
  const member: Member = { ...kept, ...row, ...silent, exemptions: before?.exemptions ?? row.exemptions };
  if (standing === 'gone') return { ...member, active: false, departed: departed ?? { at: now, why: 'said' } };
  const saidGone = before?.active === false && departed?.why !== 'not_listed';
  if (standing === 'present' || !saidGone) return { ...member, active: true };
  return { ...member, active: false, departed: departed ?? { at: now, why: 'said' } };
}

const words: Readonly<Record<FieldChange['column'], ((member: RosterMember) => string) | undefined>> = {
  id: undefined,
  status: undefined,
  wecom: undefined,
  dingtalk: undefined,
  name: ({ name }) => name,
  sector: ({ sector }) => sector ?? '',
  roles: ({ roles }) => roles.join('、'),
  standing: ({ standing }) => (standing ? '是' : '否'),
  joinedOn: ({ joinedOn }) => joinedOn,
  committees: ({ committees = [] }) => committees.join('、'),
  groups: ({ groups = [] }) => groups.join('、'),
  post: ({ post = '' }) => post,
  accounts: ({ listed, identities }) =>
    (listed ?? identities)
      .map(({ platform, userId }) => loginOf(platform, userId))
      .toSorted()
      .join('、'),
};

function differences(before: RosterMember, after: RosterMember): FieldChange[] {
  return Object.entries(words).flatMap(([column, word]) => {
    const [was, is] = [word?.(before) ?? '', word?.(after) ?? ''];
    return was === is ? [] : [{ column: column as FieldChange['column'], before: was, after: is }];
  });
}
