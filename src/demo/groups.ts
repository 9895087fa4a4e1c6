import type { Member } from '../organisation/service';
import { yunchuan } from './yunchuan';

export interface DemoGroup {
  chatId: string;
  name: string;
  /** WeCom user ids. */
  members: string[];
  /** What it is bound to: sector codes, none for the whole body; absent for a group that nobody has bound. */
  sectors?: string[];
}

/** Small neighbouring sectors act together: 34 conveners, 26 groups. */
const jointGroups: readonly (readonly string[])[] = [
  ['zhigong', 'taiwan', 'overseas', 'friendship'],
  ['sports', 'press'],
  ['ethnic', 'religion'],
];
const smallest = 8;
const largest = 30;

/** The sectors of each of the 26 groups, in the order of the list. */
function sectorGroups(): { codes: string[]; name: string }[] {
  const groups: { codes: string[]; name: string }[] = [];
  for (const { code, seats } of yunchuan.sectors) {
    if (seats === 0 || groups.some(({ codes }) => codes.includes(code))) continue;
    const codes = [...(jointGroups.find((joint) => joint.includes(code)) ?? [code])];
    groups.push({ codes, name: `${codes.map(shortName).join('·')}委员活动组` });
  }
  return groups;
}

function shortName(code: string): string {
  return yunchuan.sectors.find((sector) => sector.code === code)?.name ?? code;
}

/** The same group in DingTalk: its conversation's id. */
export const dingtalkChatOf = (chatId: string): string => `cid-${chatId}==`;

/** One liaison officer per group: its last member without another office and not one of `except`. */
export function appointLiaisonOfficers(people: readonly Member[], except: readonly string[]): void {
  for (const { codes } of sectorGroups()) {
    const officer = people.findLast(
      ({ sector, roles, name }) => codes.includes(sector ?? '') && roles.length === 1 && !except.includes(name),
    );
    officer?.roles.push('liaison_officer');
  }
}

/** 26 sector groups with somebody of the office in each, the conveners' group and the notice group of everybody. */
export function makeGroups(people: readonly Member[]): DemoGroup[] {
  const staff = people.filter(({ roles }) => roles.includes('staff'));
  const userIds = (members: readonly Member[]): string[] =>
    members.flatMap(({ identities }) => identities.slice(0, 1).map(({ userId }) => userId));
  const groups = sectorGroups().map(({ codes, name }, at): DemoGroup => {
    const members = people.filter(({ sector }) => sector !== null && codes.includes(sector));
    const office = Math.min(largest - members.length, Math.max(1, smallest - members.length));
    const first = (at * 2) % staff.length;
    return {
      chatId: `wr-${codes.join('-').replaceAll('_', '')}`,
      name,
      sectors: codes,
      members: userIds([...members, ...[...staff, ...staff].slice(first, first + Math.max(0, office))]),
    };
  });
  const conveners = people.filter(({ roles }) => roles.includes('convener'));
  return [
    ...groups,
    { chatId: 'wr-conveners', name: '界别召集人工作群', members: userIds([...conveners, ...staff]) },
    {
      chatId: 'wr-all',
      name: '云川市政协委员工作群',
      sectors: [],
      members: userIds(people.filter(({ roles }) => !roles.includes('administrator'))),
    },
  ];
}
