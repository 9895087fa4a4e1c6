import { type Asked, datesOf, dayOf, idOf } from '../../reader/asked';
import type { DateToken } from '../../reader/date-grammar';
import { membersIn } from '../../reader/members';
import { type Spot, spotsIn } from '../../reader/where';

/** What tells a record from others when it has no number. */
interface RecordSelector {
  date?: string;
  place?: string;
  organisation?: string;
  owner?: string;
}

/** 'last', a record id such as 'R1024', or what tells it from others. */
export type RecordTarget = string | RecordSelector;

/** 红柳社区那条 */
const pointedAt = /^(?:的)?[那这]?(?:一)?(?:条|次|个|笔)|^的?记录/;

const standsAt = ({ kind, name }: Spot): RecordSelector => (kind === 'place' ? { place: name } : { organisation: name });

/** Which record is meant; `end`: where the words that point at it end. */
export function targetOf(asked: Asked): { target: RecordTarget; end: number } {
  const id = idOf(asked, 'R', false) ?? /(?:编号|第) ?(\d{2,6})/.exec(asked.body)?.[1] ?? null;
  if (id) return { target: id, end: asked.section.start };
  const { text } = asked.document;
  const token = dateOfRecord(asked);
  const date = dayOf(token);
  if (token && date !== null && !/^(?:刚|方才)/.test(text.slice(token.start, token.end))) {
    const spot = spotsIn(asked.document, { start: token.end, end: asked.section.end }).find((s) =>
      pointedAt.test(text.slice(s.end, s.end + 4)),
    );
    return { target: { date, ...(spot && standsAt(spot)) }, end: spot?.end ?? token.end };
  }
  const spot = spotsIn(asked.document, asked.section).find((s) => pointedAt.test(text.slice(s.end, s.end + 4)));
  if (spot) return { target: standsAt(spot), end: spot.end };
  const named = membersIn(asked)[0];
  if (named && new RegExp(`${named}(?:委员)?的?(?:那|这)(?:一)?条`).test(asked.body))
    return { target: { owner: named }, end: asked.section.start };
  return { target: 'last', end: asked.section.start };
}

/** 昨天那条, 9月12日的记录: a date that names the record, not the one it should have. */
function dateOfRecord(asked: Asked): DateToken | undefined {
  const { text } = asked.document;
  return datesOf(asked).find(
    (d) =>
      dayOf(d) &&
      /^(?:的|我|记的|在|去|录的|填的|[\u4e00-\u9fff]{0,8})?(?:那|这)?(?:一)?(?:条|次|个|笔)|^(?:的|那)?(?:[\u4e00-\u9fff]{0,10})(?:记录|那条|那次)/.test(
        text.slice(d.end, d.end + 16),
      ) &&
      !/(?:是|改成|改为|改到|应该|应为)$/.test(text.slice(Math.max(0, d.start - 3), d.start)),
  );
}
