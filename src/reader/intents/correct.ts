import { toIso } from '../calendar';
import { resultsOf } from '../content';
import { within } from '../document';
import { matchesOf } from '../match';
import { modeOf } from '../mode';
import { peopleOf } from '../people';
import type { CorrectReading, DeleteReading } from '../reading';
import { type Spot, spotsIn } from '../where';
import { type Asked, datesOf, dayOf, idOf, membersIn } from './asked';

type Changes = CorrectReading['changes'];

const pointer = /[那这]?(?:一|两)?[条个次笔]|记录|走访|座谈|电话/;

/** 红柳社区那条 */
const pointedAt = /^(?:的)?[那这]?(?:一)?(?:条|次|个|笔)|^的?记录/;

/** Which record: 'last', an id, or what tells it from others. `taken` is where its date stands. */
function targetOf(asked: Asked): { target: CorrectReading['target']; end: number } {
  const id = idOf(asked, 'R', false) ?? /(?:编号|第) ?(\d{2,6})/.exec(asked.body)?.[1] ?? null;
  if (id) return { target: id, end: asked.section.start };
  const { text } = asked.document;
  const token = datesOf(asked).find(
    (d) =>
      dayOf(d) &&
      /^(?:的|我|记的|在|去|录的|填的|[\u4e00-\u9fff]{0,8})?(?:那|这)?(?:一)?(?:条|次|个|笔)|^(?:的|那)?(?:[\u4e00-\u9fff]{0,10})(?:记录|那条|那次)/.test(
        text.slice(d.end, d.end + 16),
      ) &&
      !/(?:是|改成|改为|改到|应该|应为)$/.test(text.slice(Math.max(0, d.start - 3), d.start)),
  );
  if (token && !/^(?:刚|方才)/.test(text.slice(token.start, token.end))) {
    const spot = spotsIn(asked.document, { start: token.end, end: asked.section.end }).find((s) =>
      pointedAt.test(text.slice(s.end, s.end + 4)),
    );
    return { target: { date: dayOf(token), ...(spot && { [spot.kind]: spot.name }) }, end: spot?.end ?? token.end };
  }
  const spot = spotsIn(asked.document, asked.section).find((s) => pointedAt.test(text.slice(s.end, s.end + 4)));
  if (spot) return { target: { [spot.kind]: spot.name }, end: spot.end };
  const named = membersIn(asked)[0];
  if (named && new RegExp(`${named}(?:委员)?的?(?:那|这)(?:一)?条`).test(asked.body))
    return { target: { owner: named }, end: asked.section.start };
  return { target: 'last', end: asked.section.start };
}

/** 不是12人是21人, 再加3个, 算电话, 改到前天: what changes in which record. */
export function readCorrection(asked: Asked): CorrectReading {
  const { target, end } = targetOf(asked);
  const changes = changesOf(asked, end);
  return { intent: 'correct_record', target, changes, missing: Object.keys(changes).length === 0 ? ['changes'] : [] };
}

export function readDeletion(asked: Asked): DeleteReading {
  const { target } = targetOf(asked);
  const reason = /重复|写错|记错|发错|录错|弄错|没去成|没去|测试|取消|误发|多记|不是我|填错|搞错|不对|重了/.exec(asked.body)?.[0];
  return { intent: 'delete_record', target, ...(reason && { reason }) };
}

/** The half of a contrast that holds: after 是/改成/应该是, not after 不是. */
interface Ground {
  /** Positions denied by 不是…. */
  denied: { start: number; end: number }[];
}

const denial =
  /不是|而不是|并非|别记成|写成了?|记成了?|录成了?|打成了?|不应该是|不该是|错记成|误写成|说成|由|从|原来的?|原先的?|把(?![那这上刚昨前])/g;
const affirmation =
  /(?:[,，。;\s]|而)?(?<!不|还|都|就|也|只|要|总|真|倒|说|凡|可|正)(?:应该是|应为|应是|其实是|实际是|是|改成|改为|改到|更正为|换成|算作?|该是)/;

function groundOf(asked: Asked): Ground {
  const denied = matchesOf(denial, asked.body).map((m) => {
    const start = m.index + m[0].length;
    const rest = asked.body.slice(start);
    const stop = /^(?:从|由|把)$|^(?:从|由)/.test(m[0]) ? rest.search(/改|换|到|成|为/) : stopOf(rest);
    return { start: asked.section.start + start, end: asked.section.start + start + (stop < 0 ? rest.length : stop) };
  });
  return { denied: denied.filter((d) => d.end > d.start) };
}

function stopOf(rest: string): number {
  const next = affirmation.exec(rest)?.index ?? -1;
  const pause = rest.search(/[,。;]/);
  return next < 0 ? pause : pause < 0 ? next : Math.min(next, pause);
}

const allowed = (ground: Ground, item: { start: number; end: number }): boolean =>
  !ground.denied.some((d) => item.start < d.end && d.start < item.end);

function changesOf(asked: Asked, from: number): Changes {
  const ground = groundOf(asked);
  const section = { start: Math.max(from, asked.section.start), end: asked.section.end };
  const after: Asked = { ...asked, section, body: asked.document.text.slice(section.start, section.end) };
  return {
    ...peopleChange(after, ground),
    ...dateChange(after, ground),
    ...placeChange(after, ground),
    ...modeChange(after, ground),
    ...ownerChange(after),
    ...resultChange(after),
    ...handlerChange(after),
  };
}

function peopleChange(asked: Asked, ground: Ground): Changes {
  const { document, section, body } = asked;
  const counted = document.quantities.filter(
    (q) =>
      within(q, section) &&
      (q.kind === 'person' || q.kind === 'personTimes' || q.kind === 'bare') &&
      q.role !== 'staff' &&
      allowed(ground, q),
  );
  const delta = counted.find(
    (q) =>
      /(?:再加上?|还要加|加上?|多了|多|补上?|另加|追加|漏了|漏记了?|少记了?|少算了?|少写了?|少报了?|还有|增加|添上?|加了)[ ]?$/.test(
        before(asked, q.start),
      ) && !before(asked, q.start).endsWith('人数'),
  );
  if (delta)
    return { people_delta: /(?:多记了?|多算了?|多写了?|多报了?|多了)[ ]?$/.test(before(asked, delta.start)) ? -delta.value : delta.value };
  const less = counted.find((q) =>
    /(?:减[去掉了]?|去掉|扣掉?|减少|少了|多记了?|多算了?|多写了?|多报了?|删掉?)[ ]?$/.test(before(asked, q.start)),
  );
  if (less) return { people_delta: /少了[ ]?$/.test(before(asked, less.start)) ? less.value : -less.value };
  const plain = counted.filter(
    (q) => q.kind !== 'bare' || /人数|人次|是|改成|改为|应为|应该|->|→/.test(body.slice(0, q.start - section.start)),
  );
  const chosen = plain.at(-1);
  if (!chosen) return {};
  const whole = peopleOf(document, { start: chosen.start, end: chosen.end }, true);
  return { people: whole.people ?? chosen.value };
}

const before = (asked: Asked, at: number): string => asked.document.text.slice(Math.max(asked.section.start, at - 6), at);

function dateChange(asked: Asked, ground: Ground): Changes {
  const tokens = datesOf(asked).filter(
    (d) =>
      d.from !== undefined &&
      (d.kind === 'day' || d.kind === 'range') &&
      allowed(ground, d) &&
      !/^(?:刚|方才)/.test(asked.document.text.slice(d.start, d.end)),
  );
  const token = tokens.at(-1);
  return token?.from !== undefined ? { date: toIso(token.from) } : {};
}

function placeChange(asked: Asked, ground: Ground): Changes {
  const spots = spotsIn(asked.document, asked.section).filter(
    (s: Spot) => allowed(ground, s) && !handling.test(asked.body.slice(0, s.start - asked.section.start)),
  );
  const spot = spots[0];
  if (spot) return { place: spot.name };
  const said = /(?:地点|地方|地址|单位)(?:写错了?)?(?:,)?(?:应该是|应为|改成|改为|是|改|:)([\u4e00-\u9fff\dA-Za-z]{2,16})/.exec(
    asked.body,
  )?.[1];
  return said ? { place: said.replace(/(?:不是|才对|吧|啊|哈|呢).*$/, '') } : {};
}

function modeChange(asked: Asked, ground: Ground): Changes {
  let section = asked.section;
  for (let guard = 0; guard < 4; guard++) {
    const { mode, span } = modeOf(asked.document, section, false);
    if (!mode || !span) return {};
    const word = asked.document.text.slice(span.start, span.end);
    const names = new RegExp(`${word}(?:的)?(?:那|这)?(?:一)?(?:条|次|记录)`).test(asked.body);
    const said =
      /(?:是|算|改成?|改为|应该|方式|按|成|为|换成|记|写|:|=)[^,。]{0,3}$/.test(
        asked.document.text.slice(asked.section.start, span.start),
      ) || span.start - asked.section.start < 2;
    if (allowed(ground, span) && !names && said) return { mode };
    section = { start: span.end, end: section.end };
  }
  return {};
}

/** 替何静姝委员记的，改到她名下 */
const namedBefore = (asked: Asked): string | undefined =>
  membersIn(asked)[0] ?? /[替帮代]([\u4e00-\u9fff]{2,3}?)(?:委员)?(?:记|录|报|补)/.exec(asked.body)?.[1];

function ownerChange(asked: Asked): Changes {
  const match =
    /(?:(?:是|算|记到?|记在|归|改到|挂到?|转到?|应该是|改成|改为)(?:给|在)?)([\u4e00-\u9fff]{2,4}?)(?:委员)?(?:的(?!(?:社区|村|厂))|名下|头上|那里|去的|走访的|身上|$)/.exec(
      asked.body.replace(/不是我的?|不是本人/g, ''),
    );
  const name = /到[他她]名下/.test(asked.body) ? namedBefore(asked) : match?.[1]?.replace(/委员$/, '');
  if (!name) return {};
  const at = asked.body.indexOf(name);
  const known = membersIn(asked).includes(name);
  return known ||
    (asked.document.lexicon.surnames.has(name[0] ?? '') && at >= 0 && name.length <= 3 && /委员|名下|头上|的$|不是我/.test(asked.body))
    ? { owner: name }
    : {};
}

function resultChange(asked: Asked): Changes {
  const results = resultsOf(asked.document, asked.section);
  return results.length > 0 && /结果|已|了|办|处理|答复|解决|加一句|补/.test(asked.body) ? { results } : {};
}

const handling = /(?:承办|经办|办理单位|承办单位|交给|转给|由|责任单位|处理单位|办理人|负责)/;

function handlerChange(asked: Asked): Changes {
  const match =
    /(?:承办单位|办理单位|责任单位|承办|经办|处理单位|办理人)(?:写错了?,?)?(?:应该是|应为|改成|改为|是|换成|:)+([\u4e00-\u9fff]{2,12}?)(?:$|[,。;\s不])/.exec(
      asked.body,
    ) ?? /(?:改由|由|交给|转给|转到)([\u4e00-\u9fff]{2,10}?(?:局|委|办|街道|社区|部门|公司|中心|物业|所|队|科))/.exec(asked.body);
  return match?.[1] ? { handler: match[1] } : {};
}

export { pointer };
