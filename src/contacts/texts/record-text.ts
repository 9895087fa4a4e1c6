import { dayText, modeLabels, resultText, serviceText } from '../../chat/labels';
import type { ContactMode } from '../../reader/contact-mode';

/** What a sentence about a record needs to know of it. */
export interface RecordWords {
  id: string;
  /** The year in which it was told: dates of other years are said with theirs. */
  year: string;
  mode: ContactMode | null;
  contactDate: string | null;
  contactDateEnd?: string | null;
  time?: string;
  /** Counts only when the member says that it is another contact. */
  status?: string;
  place: string | null;
  organisation: string | null;
  people: number | null;
  peopleApprox: boolean;
  units?: Readonly<Record<string, number>>;
  contacts?: readonly string[];
  memberCount?: number;
  personsDistinct?: number;
  constituentType?: 'neighbour';
  services: readonly string[];
  /** What it was about, in the member's own words. */
  content: string | null;
  results: readonly string[];
}

/** Names of constituents are whole for the member alone. */
type Reader = 'member' | 'group';

function when({ contactDate, contactDateEnd, time, year }: RecordWords): string {
  if (!contactDate) return '';
  if (contactDateEnd) return `${dayText(contactDate, year)}至${dayText(contactDateEnd, year)}`;
  return `${dayText(contactDate, year)}${time ?? ''}`;
}

const where = ({ place, organisation }: RecordWords): string => [place, organisation].filter((each) => each !== null).join(' ');

/** Households and enterprises are said; other things that were counted are kept. */
const saidUnits = ['户', '家'];

function count({ people, peopleApprox, units = {}, constituentType, personsDistinct }: RecordWords): string {
  const things = saidUnits.flatMap((unit) => (units[unit] ? `${units[unit]}${unit}` : []));
  if (people === null) return things.join('、');
  const besides = [...things, ...(personsDistinct === undefined ? [] : [`${personsDistinct}人`])];
  const whom = constituentType === 'neighbour' ? '身边群众' : '界别群众';
  return `联系${whom}${peopleApprox ? '约' : ''}${people}人次${besides.length > 0 ? `（${besides.join('、')}）` : ''}`;
}

const covered = (name: string): string => `${Array.from(name)[0] ?? ''}**`;

/** The names stand in the member's own words as well. */
const withCovered = (words: string, names: readonly string[] = []): string =>
  names.reduce((out, name) => out.replaceAll(name, covered(name)), words);

function met({ contacts = [] }: RecordWords, reader: Reader): string {
  if (contacts.length === 0) return '';
  return `见到${contacts.map((name) => (reader === 'group' ? covered(name) : name)).join('、')}`;
}

const colleagues = ({ memberCount }: RecordWords): string => (memberCount ? `同行委员${memberCount}人` : '');

function content(record: RecordWords, reader: Reader): string {
  const about = reader === 'group' ? withCovered(record.content ?? '', record.contacts) : (record.content ?? '');
  const done = serviceText(record.services);
  const words = done && about ? `${done}（${about}）` : done || about;
  return words ? `内容：${words}` : '';
}

/** '9月22日 走访 红柳社区，联系界别群众12人次，内容：反映诉求（物业收费），已转交有关部门' */
export function recordText(record: RecordWords, reader: Reader = 'group'): string {
  const head = [when(record), record.mode ? modeLabels[record.mode] : '', where(record)].filter((part) => part !== '').join(' ');
  return [head, count(record), met(record, reader), colleagues(record), content(record, reader), resultText(record.results)]
    .filter((part) => part !== '')
    .join('，');
}
