import type { Contribution } from '../measures';
import type { OrganisationService } from '../organisation/service';
import { dayPart } from './activity';
import type { Activities } from './service';

/** Activities a member was at, as the organiser says; whoever recorded nothing is credited all the same. */
export function activityMeasures(activities: Activities, organisation: OrganisationService): Contribution[] {
  return [
    {
      measure: 'activities_attended',
      rows: async ({ body, from, to, members }) => {
        const { zone } = await organisation.body(body);
        const found = await activities.attended(body, zone, { from, to, ...(members ? { members } : {}) });
        return found.flatMap(({ id, start, attendance }) => {
          const present = attendance?.at(-1)?.present ?? [];
          const credited = members ? present.filter((each) => members.includes(each)) : present;
          return credited.length > 0 ? [{ id, date: dayPart(start), members: present, amount: 1 }] : [];
        });
      },
    },
  ];
}
