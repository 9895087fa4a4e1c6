import { type Day, quarterOf, yearOf } from '../foundation/day';
import type { Role } from '../organisation/roles';
import type { Member } from '../organisation/service';
import type { Chance } from './chance';
import { newName, newUserId } from './names';
import { yunchuan } from './yunchuan';

/** The members used in every example, in their sectors; all fictional. */
const known: readonly { name: string; sector: string; role?: Role }[] = [
  { name: '周岚', sector: 'education' },
  { name: '韩立舟', sector: 'economy', role: 'convener' },
  { name: '许知夏', sector: 'health' },
  { name: '马振川', sector: 'acfic', role: 'convener' },
  { name: '罗青禾', sector: 'agriculture' },
  { name: '沈亦文', sector: 'social_sci' },
  { name: '郑怀远', sector: 'sci_tech' },
  { name: '丁若梅', sector: 'women' },
  { name: '田小禾', sector: 'youth' },
  { name: '白雪峰', sector: 'env_res' },
  { name: '何静姝', sector: 'culture_art' },
  { name: '顾长林', sector: 'special' },
];
export const knownNames: readonly string[] = known.map(({ name }) => name);

const standingMembers = 62;
const directors = 10;
const deputyDirectors = 18;
const staffCount = 6;
/** 34 conveners over 31 sectors with members: the largest have two. */
const secondConvenerIn = ['cpc', 'economy', 'agriculture'];
const reasons = ['援疆挂职', '因病休养', '驻村帮扶', '参加抗震救灾', '脱产学习'];

/** 320 members in roster order, then 6 staff and 1 administrator. Exemptions are for the quarter of `today` and its year. */
export function makePeople(chance: Chance, today: Day): Member[] {
  const names = new Set(knownNames);
  const userIds = new Set<string>();
  const members = yunchuan.sectors.flatMap(({ code, seats }) => {
    const here = known.filter((each) => each.sector === code).map(({ name }) => name);
    const others = Array.from({ length: seats - here.length }, () => newName(chance, names));
    return [...here, ...others].map((name) => ({ name, sector: code }));
  });
  const people = members.map(({ name, sector }, at) => person(`M${String(at + 1).padStart(4, '0')}`, name, sector));
  giveRoles(chance, people);
  for (const member of chance.sample(people, standingMembers)) member.standing = true;
  for (const member of chance.sample(people, 6)) member.joinedOn = `${yearOf(today)}-01-15`;
  exempt(chance, people, today);
  const office = Array.from({ length: staffCount + 1 }, (_, at) => {
    const staff = person(`S${String(at + 1).padStart(2, '0')}`, newName(chance, names), null);
    staff.roles = [at < staffCount ? 'staff' : 'administrator'];
    return staff;
  });
  const everybody = [...people, ...office];
  // The same id on both platforms, so that the demo can show one person here and there.
  for (const each of everybody) {
    const userId = newUserId(each.name, userIds);
    each.identities = [
      { platform: 'wecom', userId },
      { platform: 'dingtalk', userId },
    ];
  }
  return everybody;
}

function person(id: string, name: string, sector: string | null): Member {
  return { id, name, sector, roles: ['member'], standing: false, active: true, joinedOn: '2022-01-10', identities: [], exemptions: [] };
}

/** Three in a hundred: a posting, illness, relief work. The people of the examples stay as they are. */
function exempt(chance: Chance, people: readonly Member[], today: Day): void {
  const others = people.filter(({ name }) => !knownNames.includes(name));
  chance.sample(others, Math.round(people.length * 0.03)).forEach((member, at) => {
    const period = at % 3 === 0 ? yearOf(today) : quarterOf(today);
    member.exemptions = [{ period, reason: chance.pick(reasons) }];
  });
}

function giveRoles(chance: Chance, people: readonly Member[]): void {
  for (const { code } of yunchuan.sectors)
    appoint(
      people.filter(({ sector }) => sector === code),
      code,
    );
  const free = people.filter(({ name, roles }) => roles.length === 1 && !knownNames.includes(name));
  chance.sample(free, directors + deputyDirectors).forEach((member, at) => {
    member.roles.push(at < directors ? 'committee_director' : 'deputy_director');
  });
}

/** The named convener, else the first who is no example person; in the largest sectors one more. */
function appoint(here: readonly Member[], code: string): void {
  const named = here.find(({ name }) => known.some((each) => each.name === name && each.role === 'convener'));
  const others = here.filter(({ name }) => !knownNames.includes(name));
  const conveners = named ? [named, ...others] : others;
  for (const member of conveners.slice(0, secondConvenerIn.includes(code) ? 2 : 1)) member.roles.push('convener');
}
