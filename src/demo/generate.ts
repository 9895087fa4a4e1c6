import type { Activity } from '../activities/activity';
import type { ContactRecord } from '../contacts/record';
import type { Day } from '../foundation/day';
import type { CppccBody, Member } from '../organisation/service';
import { type ComingActivity, makeComingActivities, makePastActivities } from './activities';
import { Chance } from './chance';
import { makeContacts } from './contacts';
import { appointLiaisonOfficers, type DemoGroup, makeGroups } from './groups';
import { knownNames, makePeople } from './people';
import { yunchuan } from './yunchuan';

/** Whom the demo knows. */
interface DemoPeople {
  body: CppccBody;
  /** 320 members in roster order, then the office. */
  people: Member[];
  groups: DemoGroup[];
}

/** What they have done and are about to do. */
interface DemoHistory {
  records: ContactRecord[];
  pastActivities: Activity[];
  coming: ComingActivity[];
}

export interface DemoSeed {
  today: Day;
  seed: number;
}

/** 政协云川市委员会. Names, user ids and groups depend on the seed alone. */
export function generatePeople({ today, seed }: DemoSeed): DemoPeople {
  const people = makePeople(new Chance(seed), today);
  appointLiaisonOfficers(people, knownNames);
  return { body: yunchuan, people, groups: makeGroups(people) };
}

/** The year before `today`, and what is coming. */
export function generateHistory(people: readonly Member[], { today, seed }: DemoSeed): DemoHistory {
  const members = people.filter(({ sector }) => sector !== null);
  // The people of the examples are left out, so that a visitor can sign them up.
  const free = members.filter(({ name }) => !knownNames.includes(name));
  const conveners = members.filter(({ roles }) => roles.includes('convener'));
  return {
    records: makeContacts(new Chance(seed + 1), members, { today, nothingThisQuarter: ['周岚'] }),
    pastActivities: makePastActivities(new Chance(seed + 2), members, today),
    coming: makeComingActivities(new Chance(seed + 3), free, conveners, today),
  };
}
