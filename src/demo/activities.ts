import type { Activity, ActivityDetails, ActivityKind, SignUp } from '../activities/activity';
import { instantsOf } from '../activities/rules';
import { addDays, type Day, instantOf } from '../foundation/day';
import type { Member } from '../organisation/service';
import type { Chance } from './chance';
import { yunchuan } from './yunchuan';

const themes: readonly (readonly [string, ActivityKind])[] = [
  ['重点项目建设视察', 'inspection'],
  ['社区养老服务调研', 'research'],
  ['优化营商环境座谈', 'symposium'],
  ['惠企政策宣讲', 'lecture'],
  ['书香政协读书会', 'reading'],
  ['便民服务进社区', 'service'],
  ['老旧小区改造协商议事', 'consultation'],
  ['乡村振兴考察', 'survey'],
  ['非遗保护采风', 'creation_trip'],
  ['重点提案督办', 'supervision'],
  ['界别委员活动日', 'sector_activity'],
  ['成果展', 'exhibition'],
];

/** A coming activity and how many are signed up already; it is made and filled through the service, as people would. */
export interface ComingActivity {
  details: ActivityDetails;
  by: string;
  signedUp: string[];
}

/** 4–6 activities of every sector with members in the year before `today`; ids 'B1' … keep the series A for the living. */
export function makePastActivities(chance: Chance, members: readonly Member[], today: Day): Activity[] {
  const sectors = yunchuan.sectors.filter(({ seats }) => seats > 0);
  const held = sectors.flatMap(({ code }) =>
    Array.from({ length: chance.int(4, 6) }, () => past(chance, members, { sector: code, day: addDays(today, -chance.int(2, 365)) })),
  );
  const joint = past(chance, members, { sector: null, day: addDays(today, -chance.int(60, 300)) });
  joint.title = '工会·共青团·妇联联合服务日';
  const postponed = chance.pick(held);
  postponed.status = 'postponed';
  return [...held, joint]
    .toSorted((a, b) => a.startsAt.getTime() - b.startsAt.getTime())
    .map((activity, at) => ({ ...activity, id: `B${at + 1}`, source: `demo:B${at + 1}` }));
}

function past(chance: Chance, members: readonly Member[], { sector, day }: { sector: string | null; day: Day }): Activity {
  const [title, kind] = chance.pick(themes);
  const details: ActivityDetails = {
    title,
    kind,
    sector,
    start: `${day}T${chance.pick(['09:00', '09:30', '14:30', '15:00'])}`,
    place: chance.pick([...yunchuan.places.slice(5), ...yunchuan.organisations]),
    capacity: chance.int(10, 40),
    deadline: `${addDays(day, -1)}T18:00`,
  };
  const by = members.find((member) => member.sector === sector && member.roles.includes('convener'))?.id ?? 'S01';
  const announced = instantOf(addDays(day, -chance.int(7, 20)), '10:17', yunchuan.zone);
  const count = Math.round((details.capacity ?? 0) * (0.6 + 0.3 * chance.next()));
  const own = members.filter((member) => member.sector === sector);
  const guests = chance.sample(
    members.filter((member) => member.sector !== sector),
    count,
  );
  const signups = [...chance.sample(own, count), ...guests].slice(0, count).map(({ id }, at) => signUp(id, announced, at));
  return {
    ...details,
    ...instantsOf(details, yunchuan.zone),
    body: yunchuan.id,
    id: '',
    status: 'published',
    createdBy: by,
    createdAt: announced,
    source: '',
    signups,
    taken: signups.length,
    waiting: 0,
    cancelled: [],
  };
}

function signUp(memberId: string, announced: Date, at: number): SignUp {
  const when = new Date(announced.getTime() + (at + 1) * 11 * 60_000);
  return { id: `demo:${memberId}`, memberId, seats: 1, status: 'attending', wish: 'attending', by: memberId, at: when };
}

/** Three activities of the next two weeks: one nearly full, one with room, one without a limit. `free` people may be in them. */
export function makeComingActivities(chance: Chance, free: readonly Member[], organisers: readonly Member[], today: Day): ComingActivity[] {
  const by = (sector: string): string => organisers.find((member) => member.sector === sector)?.id ?? 'S01';
  const coming = (details: Omit<ActivityDetails, 'deadline'>, signedUp: number): ComingActivity => ({
    details: { ...details, deadline: `${addDays(details.start.slice(0, 10), -1)}T18:00` },
    by: by(details.sector ?? ''),
    signedUp: chance.sample(free, signedUp).map(({ id }) => id),
  });
  const start = (days: number, time: string): string => `${addDays(today, days)}T${time}`;
  return [
    coming({ title: '敬老关爱', kind: 'service', sector: 'women', start: start(6, '09:00'), place: '惠民养老院', capacity: 15 }, 13),
    coming({ title: '社区义诊', kind: 'service', sector: 'health', start: start(9, '09:30'), place: '和平里社区', capacity: 30 }, 18),
    coming(
      { title: '营商环境座谈', kind: 'symposium', sector: 'economy', start: start(12, '15:00'), place: '北辰软件园', capacity: null },
      9,
    ),
  ];
}
