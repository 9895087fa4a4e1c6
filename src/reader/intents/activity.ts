import { type DateToken } from '../date-grammar';
import { within } from '../document';
import type { ActivityCreateReading, ActivityQueryReading, Reading } from '../reading';
import { spotsIn, whereOf } from '../where';
import { type Asked, activityOf, bodyWithout, datesOf, dayOf, membersIn, momentOf, without } from './asked';
import { sectorIn } from './sectors';

/** One line makes an activity: sector, start, place, title, 名额, 截止 (domain.md 0.4). */
export function readActivityCreate(asked: Asked): ActivityCreateReading {
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
    missing: [...(title ? [] : ['title']), ...(startAt ? [] : ['start']), ...(where ? [] : ['place'])],
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

/** Postponed or cancelled, with the new day and the reason. */
export function readActivityUpdate(asked: Asked): Reading {
  const cancelled =
    /取消|不办了|不搞了|停办|作废/.test(`${asked.command} ${asked.body}`) &&
    !/改期|延期|推迟|改到|改为|顺延/.test(`${asked.command} ${asked.body}`);
  const dates = datesOf(asked);
  const moved = dates.find((d) =>
    /(?:改到|改为|改在|推迟到|延期到|延到|延至|推到|推迟至|延期至|顺延到|顺延至|调整到|调整为|调到|换到|改成|挪到|提前到|到|至|变更为)[: ]?$/.test(
      asked.document.text.slice(Math.max(0, d.start - 5), d.start),
    ),
  );
  const newDate = moved ?? dates.at(-1);
  const reason = /(?:原因:?|因为?|由于|理由:?)(?:是)?([^。;\n]{2,60})/.exec(asked.body)?.[1]?.trim() ?? leftover(asked);
  return {
    intent: 'activity_update',
    activity: activityOf(asked),
    change: cancelled ? 'cancelled' : 'postponed',
    ...(cancelled ? {} : { new_date: dayOf(newDate) }),
    reason,
  };
}

function leftover(asked: Asked): string | null {
  const clause = asked.body
    .split(/[,。;\n ]/)
    .find((c) => c.length >= 3 && !/[A-Z]\d|改|延|推迟|取消|顺延|活动/.test(c) && !/\d月|\d号|周/.test(c));
  return clause ?? null;
}

/** Who was there: 委员 by count or name, constituents by count, who was absent or on leave. */
export function readAttendance(asked: Asked): Reading {
  const { document, section } = asked;
  const here = document.quantities.filter((q) => within(q, section) && q.value >= 0);
  const members =
    here.find((q) => q.role === 'member') ??
    here.find(
      (q) =>
        q.kind !== 'unit' &&
        q.role !== 'constituent' &&
        /(?:实到|到会|到场|出席|签到|参加|来了|到了)[: 人数了委员]*$/.test(document.text.slice(Math.max(0, q.start - 8), q.start)),
    );
  const people =
    here.find((q) => q !== members && q.role === 'constituent') ??
    here.find(
      (q) => q !== members && q.kind === 'person' && /群众|居民|代表|企业/.test(document.text.slice(Math.max(0, q.start - 8), q.start)),
    );
  return {
    intent: 'activity_attendance',
    activity: activityOf(asked),
    members_present: members?.value ?? null,
    people: people?.value ?? null,
    absent: namesNear(asked, /缺席|未到|没来|没到|旷|未参加|没参加|缺勤/),
    on_leave: namesNear(asked, /请假|请了假|告假/),
  };
}

/** The members named in the clause that says so. */
function namesNear(asked: Asked, word: RegExp): string[] {
  let at = asked.section.start;
  const names: string[] = [];
  for (const clause of asked.body.split(/(?<=[,。;\n ])/)) {
    const section = { start: at, end: at + clause.length };
    at = section.end;
    const said = word.exec(clause);
    const listGoesOn = said && /[:： ]$/.test(clause) && clause.trim().replace(/:$/, '') === said[0];
    if (said && !listGoesOn) names.push(...membersIn({ ...asked, section, body: clause }));
    if (listGoesOn) names.push(...membersIn({ ...asked, ...nextClause(asked, section.end) }));
  }
  return [...new Set(names)];
}

/** 缺席 郑怀远: the names stand in the clause after the word. */
function nextClause(asked: Asked, start: number): Pick<Asked, 'section' | 'body'> {
  const rest = asked.document.text.slice(start, asked.section.end);
  const stop = rest.search(/[,。;\n ]/);
  const body = stop < 0 ? rest : rest.slice(0, stop);
  return { section: { start, end: start + body.length }, body };
}

export function readActivityQuery(asked: Asked): ActivityQueryReading {
  return { intent: 'activity_query', activity: activityOf(asked), ask: askOf(asked) };
}

function askOf({ body, command }: Asked): ActivityQueryReading['ask'] {
  const said = `${command} ${body}`;
  if (
    /我(?:.{0,6})?(?:报名?(?:了|上|成|没)|报上|有没有报|名单里|的报名)|报名了没|报上了?[没吗]|我的报名|报名成功|我是不是|我(?:有没有)?报.{0,8}[了没][吗没]/.test(
      said,
    ) &&
    !/谁/.test(said)
  )
    return 'my_status';
  if (
    /名额|满员|满了?[没吗]|还能报|还有位|位子|空位|座位|还可以报|剩几|剩多少|报满|还收人|能不能报|还来得及报|多少人报|几个人报|报了多少|报名人数|多少人了?(?:$|[?。])|几个人了|还要人/.test(
      said,
    )
  )
    return 'capacity';
  if (/几点|什么时候|啥时候|何时|在哪|哪里|哪儿|地点|时间|哪天|怎么去|集合|几号|地址|哪个地方|多久|在什么地方/.test(said))
    return 'time_place';
  return 'list';
}
