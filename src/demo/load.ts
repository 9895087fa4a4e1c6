import type { Activities } from '../activities/service';
import type { ContactRecord } from '../contacts/record';
import type { Clock } from '../foundation/clock';
import { dayOf } from '../foundation/day';
import type { RoleBook } from '../organisation/roles';
import type { ChatGroups, CppccBody, Member, OrganisationService } from '../organisation/service';
import { type ComingActivity } from './activities';
import { generateHistory, generatePeople } from './generate';
import { type DemoGroup, dingtalkChatOf } from './groups';
import { knownNames } from './people';
import { yunchuan } from './yunchuan';

/** The seed of the demo everybody sees: its names were read through by a person. */
export const demoSeed = 2026;

export interface DemoRoster {
  body: CppccBody;
  people: { userId: string; name: string; note: string; featured?: boolean }[];
  groups: DemoGroup[];
}

interface DemoTools {
  organisation: OrganisationService;
  chatGroups: Pick<ChatGroups, 'bind'>;
  contacts: {
    /** Keeps records whose id is not there yet; must bear being called again with the same ones. */
    insertMany(records: ContactRecord[]): Promise<unknown>;
  };
  activities: Activities;
  clock: Clock;
  /** What roles are called. */
  roles: RoleBook;
  seed: number;
}

/**
 * Fills an empty database with the demo organisation and tells the simulator who is who. On data that are there it
 * changes nothing. The roster is written last, so that a start that was cut short is simply done again.
 */
export async function loadDemo(tools: DemoTools): Promise<DemoRoster> {
  const { organisation, chatGroups, contacts, activities, clock, roles, seed } = tools;
  const when = { today: dayOf(clock.now(), yunchuan.zone), seed };
  const { body, people, groups } = generatePeople(when);
  if ((await organisation.count(body.id)) < people.length) {
    const { records, pastActivities, coming } = generateHistory(people, when);
    await organisation.saveBody(body);
    for (const { chatId, sectors } of groups) {
      const bound = { by: 'demo', at: clock.now() };
      if (!sectors) continue;
      await chatGroups.bind(body.id, { platform: 'wecom', chatId, sectors }, bound);
      await chatGroups.bind(body.id, { platform: 'dingtalk', chatId: dingtalkChatOf(chatId), sectors }, bound);
    }
    await contacts.insertMany(records);
    await activities.importMany(body.id, pastActivities);
    await announce(activities, body, coming);
    await organisation.saveMembers(body.id, people);
  }
  return { body, people: examplesFirst(people).map((person) => chooser(person, body, roles)), groups };
}

/** The coming activities take their numbers from the living series, A23 first. */
async function announce(activities: Activities, body: CppccBody, coming: readonly ComingActivity[]): Promise<void> {
  for (const [at, { details, by, signedUp }] of coming.entries()) {
    const eventKey = `demo:coming:${at + 1}`;
    const made = await activities.create(body.id, body.zone, details, { eventKey, by });
    if (made.kind === 'fault') throw new RangeError(`demo activity '${details.title}': ${made.fault}`);
    for (const memberId of signedUp) {
      await activities.signUp(body.id, made.activity.id, { eventKey, memberId, seats: 1, wish: 'attending', by: memberId });
    }
  }
}

/** The people of the examples stand first, 周岚 at the head; the others keep the roster's order. */
function examplesFirst(people: readonly Member[]): Member[] {
  const place = ({ name }: Member): number => (knownNames.includes(name) ? knownNames.indexOf(name) : knownNames.length);
  return people.toSorted((a, b) => place(a) - place(b));
}

function chooser(person: Member, body: CppccBody, book: RoleBook): DemoRoster['people'][number] {
  const sector = body.sectors.find(({ code }) => code === person.sector)?.name;
  const role = person.roles.find((each) => each !== 'member') ?? 'member';
  const note = [sector, book[role].name].filter((part) => part !== undefined).join(' ');
  const featured = knownNames.includes(person.name) || person.id === 'S01';
  return { userId: person.identities[0]?.userId ?? person.id, name: person.name, note, ...(featured ? { featured } : {}) };
}
