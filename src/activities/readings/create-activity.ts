import { type Asked, bodyWithout, datesOf, momentOf, without } from '../../reader/asked';
import type { DateToken } from '../../reader/date-grammar';
import { within } from '../../reader/document';
import { intent } from '../../reader/intent';
import type { Reading } from '../../reader/reading';
import { sectorIn } from '../../reader/sectors';
import { spotsIn, whereOf } from '../../reader/where';

export interface ActivityCreateReading extends Reading {
  intent: 'activity_create';
  title: string | null;
  sector: string | null;
  /** Local time of the organisation, 'YYYY-MM-DDTHH:MM' or a day alone. */
  start: string | null;
  place: string | null;
  capacity: number | null;
  deadline: string | null;
  missing: ('title' | 'start' | 'place')[];
}

/** One line makes an activity: sector, start, place, title, 名额, 截止. */
function readActivityCreate(asked: Asked): ActivityCreateReading {
  const { document, section } = asked;
  const dates = datesOf(asked);
  const closing = dates.find((d) => isDeadline(asked, d));
  const start = dates.find((d) => d !== closing && (d.kind === 'day' || d.kind === 'range'));
  const where = placeOf(asked);
  const capacity = capacityOf(asked);
  const sector = sectorIn(asked);
  const taken = [closing, start, capacity, where, sector].filter((t) => t !== null && t !== undefined);
  const title =
    titleOf(asked, taken) ??
    titleOf(
      asked,
      taken.filter((t) => t !== where),
    );
  const startAt = momentOf(asked, start);
  return {
    intent: 'activity_create',
    title,
    sector: sector?.name ?? null,
    start: startAt,
    place: where?.name ?? null,
    capacity: capacity?.value ?? null,
    deadline: momentOf(asked, closing),
    missing: missingOf(title, startAt, where),
    ...(start && { spans: { start: [document.line.at[start.start] ?? section.start, document.line.at[start.end] ?? section.end] } }),
  };
}

interface Taken {
  start: number;
  end: number;
}

function isDeadline(asked: Asked, d: DateToken): boolean {
  const { text } = asked.document;
  const before = text.slice(Math.max(asked.section.start, d.start - 8), d.start);
  return (
    /(?:截止|截至|报名到|截止到|报名至|截止日期|报名时间|最迟|最晚|deadline)(?:时间|日期|报名)?[到至于是: ]*$/.test(before) ||
    /^ ?(?:之?前|截止|止)(?:报名|报|截止|回复|接龙)?/.test(text.slice(d.end, d.end + 6))
  );
}

function placeOf(asked: Asked): (Taken & { name: string }) | null {
  const { document, section } = asked;
  const labelled = /(?:地点|集合地点|地址)[:是在 ]{1,2}([^\s,。;]{2,24})/.exec(asked.body);
  if (labelled) {
    const start = section.start + labelled.index;
    return { start, end: start + labelled[0].length, name: labelled[1] ?? '' };
  }
  const where = whereOf(document, section, spotsIn(document, section));
  const name = [where.place, where.organisation].filter((n) => n !== null).join('');
  return where.span && name ? { ...where.span, name } : null;
}

function capacityOf(asked: Asked): (Taken & { value: number }) | null {
  const { document, section } = asked;
  const here = document.quantities.filter((q) => within(q, section));
  const named = here.find((q) =>
    /(?:名额|限额?|限报|上限|不超过|最多|可报|定员|人数|计划|控制在|招募|限定|容纳)[: 为是约]*$/.test(
      document.text.slice(Math.max(0, q.start - 6), q.start),
    ),
  );
  const counted = named ?? here.find((q) => q.kind === 'person' || /^(?:个名额|名额|席|座)/.test(document.text.slice(q.end, q.end + 3)));
  if (!counted) return null;
  const before = /(?:名额|限额?|限报|上限|不超过|最多|可报|定员|人数|计划|控制在|招募|限定|容纳)[: 为是约]*$/.exec(
    document.text.slice(0, counted.start),
  );
  return { start: before ? before.index : counted.start, end: counted.end, value: counted.value };
}

/** What is left of the line names the activity. */
function titleOf(asked: Asked, taken: readonly Taken[]): string | null {
  const quoted = /[《"]([^》"]{2,30})[》"]/.exec(asked.body)?.[1];
  if (quoted) return quoted;
  const labelled = /(?:主题|题目|名称|活动名称|内容)[:是 ]([^\s,。;]{2,30})/.exec(asked.body)?.[1];
  if (labelled) return labelled;
  const pieces = without(
    bodyWithout(asked, taken),
    /(?:报名)?截止(?:时间|日期|到|至)?|之?前报名|报名|名额|地点|时间|开始|发起|发布|帮我?|一个|一场|一次|组织|举办|开展|召开|集合|界别|委员们?|个名额|(?:^|[\s,])(?:在|于|搞|办|去|到|我们|大家)(?=[\s,]|$)/g,
  ).split(/[\s,。;:、]/);
  const cleaned = pieces
    .map((p) => p.replace(/^(?:在|于|搞个?|办个?|去|到|我们|请|想|要|拟|定于|前|止)+|[的在去到]+$/g, ''))
    .filter((p) => /[\u4e00-\u9fff]{2,}/.test(p));
  return cleaned.sort((a, b) => b.length - a.length)[0] ?? null;
}

function missingOf(title: string | null, start: string | null, where: Taken | null): ActivityCreateReading['missing'] {
  const missing: ActivityCreateReading['missing'] = [];
  if (!title) missing.push('title');
  if (!start) missing.push('start');
  if (!where) missing.push('place');
  return missing;
}

export const createActivity = intent<ActivityCreateReading>('activity_create', {
  words: [
    '发起活动',
    '发布活动',
    '新建活动',
    '创建活动',
    '活动发布',
    '发活动',
    '组织活动',
    '建活动',
    '新活动',
    '发起',
    '活动通知',
    'faqihuodong',
  ],
  read: readActivityCreate,
});
