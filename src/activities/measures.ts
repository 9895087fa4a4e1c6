import type { Contacts } from '../contacts/service';
import type { Contribution, MeasureQuery, MeasureRow } from '../measures';
import type { OrganisationService } from '../organisation/service';
import { type Activity, dayPart } from './activity';
import type { Activities } from './service';

interface Parts {
  activities: Activities;
  organisation: OrganisationService;
  contacts: Pick<Contacts, 'counted'>;
}

/** Activities a member was at, as the organiser says; whoever recorded nothing is credited all the same (F56). */
export function activityMeasures({ activities, organisation, contacts }: Parts): Contribution[] {
  const attended = async ({ body, from, to, members }: MeasureQuery): Promise<Activity[]> => {
    const { zone } = await organisation.body(body);
    return activities.attended(body, zone, { from, to, ...(members ? { members } : {}) });
  };
  return [
    {
      measure: 'activities_attended',
      rows: async (query) => (await attended(query)).flatMap((activity) => rowOf(activity, presentAt(activity), query)),
    },
    {
      // What somebody who was there has recorded as well is the same event.
      measure: 'events',
      rows: async (query) => {
        const found = await attended(query);
        if (found.length === 0) return [];
        const told = await contacts.counted(query);
        return found.flatMap((activity) => {
          const same = told.filter((record) => isSame(activity, record));
          if (!query.members && same.length > 0) return [];
          const left = presentAt(activity).filter((id) => !same.some(({ credited }) => credited.includes(id)));
          return rowOf(activity, left, query).map((row) => ({ ...row, mode: 'sector_activity' }));
        });
      },
    },
  ];
}

const presentAt = ({ attendance }: Activity): string[] => attendance?.at(-1)?.present ?? [];

function rowOf({ id, start }: Activity, members: readonly string[], { members: asked }: MeasureQuery): MeasureRow[] {
  const credited = asked ? members.filter((each) => asked.includes(each)) : members;
  return credited.length > 0 ? [{ id, date: dayPart(start), members, amount: 1 }] : [];
}

type Told = Awaited<ReturnType<Contacts['counted']>>[number];

/** On the same day, at the same place or told as a sector activity. */
function isSame({ start, place }: Activity, { date, mode, place: there, organisation }: Told): boolean {
  const said = [there, organisation].filter((each) => each !== null && each !== '');
  return (
    date === dayPart(start) && (mode === 'sector_activity' || said.some((each) => place.includes(each ?? '') || each?.includes(place)))
  );
}
