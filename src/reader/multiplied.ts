import type { Document, Section } from './document';
import { saysIn } from './means';
import type { Quantity } from './quantities';
import { isPerson } from './settled';
import { spotsIn } from './where';

/** The count of people a line comes to. */
export interface Chosen extends Section {
  value: number;
  approx: boolean;
  kind?: string;
}

/** 每户2人×5户, 5户每户2人, 4个小组各6人. */
export function product(document: Document, all: readonly Quantity[]): Chosen | null {
  const per = all.find((q) => q.per && isPerson(q, false));
  const isCrossed = (a: Quantity | undefined, b: Quantity | undefined): boolean =>
    a !== undefined && b !== undefined && /^ ?[×xX*乘] ?$/.test(document.text.slice(a.end, b.start));
  const crossed = all.find((q, i) => isPerson(q, false) && (isCrossed(q, all[i + 1]) || isCrossed(all[i - 1], q)));
  const each = per ?? crossed;
  if (!each || document.text.slice(Math.max(0, each.start - 4), each.start).includes('人均')) return null;
  const index = all.indexOf(each);
  const groups = [all[index + 1], ...all.slice(0, index).reverse()].find(
    (q) =>
      q &&
      (!q.per || q.kind === 'household') &&
      q.kind !== 'person' &&
      q.kind !== 'personTimes' &&
      /[户家个组村厂点校栋场处店社队班楼次]/.test(q.measure),
  );
  if (!groups) return rolesOf(document, each) ?? eachOf(document, each);
  const summed = all.some((q) => q.total && isPerson(q, false));
  return summed
    ? null
    : {
        value: each.value * groups.value * placesOf(document, all, groups),
        approx: each.approx || groups.approx,
        start: Math.min(each.start, groups.start),
        end: Math.max(each.end, groups.end),
      };
}

/** 两个村各走访了4户，每户3人: in how many places as many. */
const placesOf = ({ text, lexicon }: Document, all: readonly Quantity[], groups: Quantity): number =>
  saysIn(text.slice(Math.max(0, groups.start - 6), groups.start), { lexicon }, 'in_each')
    ? (all.find((q) => q.end <= groups.start && q.kind === 'unit' && saysIn(text.slice(q.end, q.end + 3), { lexicon }, 'places_counted'))
        ?.value ?? 1)
    : 1;

/** 教师、家长代表各10人 */
function rolesOf({ text, words }: Document, each: Quantity): Chosen | null {
  const before = text.slice(0, each.start);
  if (!before.endsWith('各')) return null;
  const roles = words.of('role').filter((h) => h.code === 'constituent' && h.end < each.start);
  const groups: number[] = [];
  for (let end = each.start - 1; ; ) {
    const role = roles.filter((h) => h.end === end).sort((a, b) => a.start - b.start)[0];
    if (!role) break;
    groups.push(role.start);
    if (!'、和与及'.includes(text[role.start - 1] ?? ' ')) break;
    end = role.start - 1;
  }
  const first = groups.at(-1);
  return groups.length > 1 && first !== undefined
    ? { value: each.value * groups.length, approx: each.approx, start: first, end: each.end }
    : null;
}

/** 棉纺厂和食品公司 工人各8人: as many in each of the places named. */
function eachOf(document: Document, each: Quantity): Chosen | null {
  const { text } = document;
  if (!text.slice(0, each.start).endsWith('各')) return null;
  const named = spotsIn(document, { start: 0, end: each.start }).slice(-6);
  const joined = named.filter((s, at) => at === 0 || /^[、,和与及 ]{1,2}$/.test(text.slice(named[at - 1]?.end, s.start)));
  return joined.length === named.length && named.length > 1
    ? { value: each.value * named.length, approx: each.approx, start: each.start, end: each.end }
    : null;
}
