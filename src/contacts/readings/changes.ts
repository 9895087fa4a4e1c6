import { type Asked, datesOf } from '../../reader/asked';
import { toIso } from '../../reader/calendar';
import type { ContactMode } from '../../reader/contact-mode';
import { resultsOf } from '../../reader/content';
import { within } from '../../reader/document';
import { matchesOf } from '../../reader/match';
import { leaving, means, readOut, saysIn } from '../../reader/means';
import { membersIn } from '../../reader/members';
import { modeOf } from '../../reader/mode';
import { peopleOf } from '../../reader/people';
import type { Quantity } from '../../reader/quantities';
import { type Spot, spotsIn } from '../../reader/where';
import { type ContentChanges, contentChanges } from './content-change';
import { dayBesideKept, wantedIn } from './quoted-answer';
import { absentIn } from './which-record';

/** What a correction changes. */
export interface RecordChanges extends ContentChanges {
  people?: number;
  people_delta?: number;
  date?: string;
  place?: string;
  mode?: ContactMode;
  owner?: string;
  handler?: string;
  /** Members who did not come along, against what the record says. */
  absent?: string[];
}

/** The half of a contrast that holds: after 是/改成/应该是, not after 不是. */
interface Ground {
  /** Positions denied by 不是…. */
  denied: { start: number; end: number }[];
}

const denial =
  /不是|而不是|并非|别记成|写成了?|记成了?|录成了?|打成了?|不应该是|不该是|错记成|误写成|说成|由|从|原来的?|原先的?|把(?![那这上刚昨前])/g;

function groundOf(asked: Asked): Ground {
  const denied = matchesOf(denial, asked.body).map((m) => {
    const start = m.index + m[0].length;
    const rest = asked.body.slice(start);
    const stop = m[0] === '把' || m[0] === '从' || m[0] === '由' ? rest.search(/改|换|到|成|为/) : stopOf(asked, rest);
    return { start: asked.section.start + start, end: asked.section.start + start + (stop < 0 ? rest.length : stop) };
  });
  return { denied: denied.filter((d) => d.end > d.start) };
}

function stopOf({ document }: Asked, rest: string): number {
  const next = document.lexicon.acts.affirmed.exec(rest)?.index ?? -1;
  const pause = rest.search(/[,。;]/);
  return next < 0 ? pause : pause < 0 ? next : Math.min(next, pause);
}

const allowed = (ground: Ground, item: { start: number; end: number }): boolean =>
  !ground.denied.some((d) => item.start < d.end && d.start < item.end);

/** What is to be different; what stands before `from` only points at the record. */
export function changesOf(asked: Asked, from: number): RecordChanges {
  const ground = groundOf(asked);
  const section = { start: Math.max(from, asked.section.start), end: asked.section.end };
  const after: Asked = { ...asked, section, body: asked.document.text.slice(section.start, section.end) };
  const matter = contentChanges(after);
  // Behind 内容 stands what it was about: places and numbers in it change nothing else.
  if (matter.content !== undefined) return matter;
  const absent = absentIn(asked);
  if (absent.length > 0) return { absent };
  const place = placeChange(after, ground);
  return {
    ...peopleChange(after, ground),
    ...dateChange(after, ground),
    ...place,
    ...modeChange(after, ground),
    ...(place.place === undefined ? ownerChange(after) : {}),
    ...resultChange(after),
    ...handlerChange(after),
    ...matter,
  };
}

function peopleChange(asked: Asked, ground: Ground): RecordChanges {
  const { document, section, body } = asked;
  const counted = document.quantities.filter(
    (q) =>
      within(q, section) &&
      (q.kind === 'person' || q.kind === 'personTimes' || q.kind === 'bare' || isHeads(asked, q)) &&
      q.role !== 'staff' &&
      allowed(ground, q),
  );
  const delta = counted.find((q) => saysIn(before(asked, q.start), document, 'adds_people') && !before(asked, q.start).endsWith('人数'));
  if (delta) return { people_delta: saysIn(before(asked, delta.start), document, 'counted_too_many') ? -delta.value : delta.value };
  const less = counted.find((q) => saysIn(before(asked, q.start), document, 'takes_people_off'));
  if (less) return { people_delta: saysIn(before(asked, less.start), document, 'too_few') ? less.value : -less.value };
  const plain = counted.filter((q) => q.kind !== 'bare' || saysIn(body.slice(0, q.start - section.start), document, 'new_count'));
  const chosen = plain.at(-1);
  if (!chosen) return {};
  const whole = peopleOf(document, { start: chosen.start, end: chosen.end }, true);
  return { people: whole.people ?? chosen.value };
}

/** 人数不对，改成10个: 个 are people where people are spoken of or asked for. */
const isHeads = (asked: Asked, { kind, measure }: Quantity): boolean =>
  kind === 'unit' &&
  measure === '个' &&
  (means(asked, 'people_wanted') || saysIn(wantedIn(asked.document), asked.document, 'people_wanted'));

const before = (asked: Asked, at: number): string => asked.document.text.slice(Math.max(asked.section.start, at - 6), at);

function dateChange(asked: Asked, ground: Ground): RecordChanges {
  const beside = dayBesideKept(asked);
  if (beside !== null) return { date: beside };
  const tokens = datesOf(asked).filter(
    (d) =>
      d.from !== undefined &&
      (d.kind === 'day' || d.kind === 'range') &&
      allowed(ground, d) &&
      !saysIn(asked.document.text.slice(d.start, d.end), asked.document, 'just_before'),
  );
  const token = tokens.at(-1);
  return token?.from !== undefined ? { date: toIso(token.from) } : {};
}

function placeChange(asked: Asked, ground: Ground): RecordChanges {
  const asksWhere = saysIn(wantedIn(asked.document), asked.document, 'place_wanted');
  const answer = asksWhere && !means(asked, 'changes') ? readOut(asked.body, asked.document, 'answers_place') : undefined;
  if (answer) return { place: answer };
  const spots = spotsIn(asked.document, asked.section).filter(
    (s: Spot) => allowed(ground, s) && !saysIn(asked.body.slice(0, s.start - asked.section.start), asked.document, 'handling'),
  );
  const spot = spots[0];
  if (spot) return { place: spot.name.replace(asked.document.lexicon.acts.changed_to, '') };
  const said = readOut(asked.body, asked.document, 'new_place');
  return said ? { place: said.replace(asked.document.lexicon.acts.trails_off, '') } : {};
}

function modeChange(asked: Asked, ground: Ground): RecordChanges {
  let section = asked.section;
  for (let guard = 0; guard < 4; guard++) {
    const { mode, span } = modeOf(asked.document, section, false);
    if (!mode || !span) return {};
    const word = asked.document.text.slice(span.start, span.end);
    const names = new RegExp(`${word}(?:的)?(?:那|这)?(?:一)?(?:条|次|记录)`).test(asked.body);
    const said =
      saysIn(asked.document.text.slice(asked.section.start, span.start), asked.document, 'new_mode') ||
      span.start - asked.section.start < 2 ||
      saysIn(wantedIn(asked.document), asked.document, 'mode_wanted');
    if (allowed(ground, span) && !names && said) return { mode };
    section = { start: span.end, end: section.end };
  }
  return {};
}

/** 替何静姝委员记的，改到她名下 */
const namedBefore = (asked: Asked): string | undefined => membersIn(asked)[0] ?? readOut(asked.body, asked.document, 'recorded_for');

function ownerChange(asked: Asked): RecordChanges {
  const match =
    /(?:(?:是|算|记到?|记在|归|改到|挂到?|转到?|应该是|改成|改为)(?:给|在)?)([\u4e00-\u9fff]{2,4}?)(?:委员)?(?:的(?!(?:社区|村|厂))|名下|头上|那里|去的|走访的|身上|$)/.exec(
      leaving(asked.body, asked.document, 'not_my_own', ''),
    );
  const led = readOut(asked.body, asked.document, 'led_by');
  if (led) return { owner: led };
  const name = means(asked, 'under_their_name') ? namedBefore(asked) : match?.[1]?.replace(/委员$/, '');
  if (!name) return {};
  const at = asked.body.indexOf(name);
  const known = membersIn(asked).includes(name);
  return known || (asked.document.lexicon.surnames.has(name[0] ?? '') && at >= 0 && name.length <= 3 && means(asked, 'of_a_member'))
    ? { owner: name }
    : {};
}

function resultChange(asked: Asked): RecordChanges {
  const results = resultsOf(asked.document, asked.section);
  return results.length > 0 && means(asked, 'result_words') ? { results } : {};
}

function handlerChange(asked: Asked): RecordChanges {
  const match =
    /(?:承办单位|办理单位|责任单位|承办|经办|处理单位|办理人)(?:写错了?,?)?(?:应该是|应为|改成|改为|是|换成|:)+([\u4e00-\u9fff]{2,12}?)(?:$|[,。;\s不])/.exec(
      asked.body,
    ) ?? /(?:改由|由|交给|转给|转到)([\u4e00-\u9fff]{2,10}?(?:局|委|办|街道|社区|部门|公司|中心|物业|所|队|科))/.exec(asked.body);
  return match?.[1] ? { handler: match[1] } : {};
}
