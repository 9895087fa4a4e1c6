import { type Asked, datesOf, dayOf } from '../../reader/asked';
import { membersIn } from '../../reader/members';
import { activityOf } from './named-activity';

/** What sign-up, withdrawal and leave have in common: who, and of which activity. */
export interface WhoComes {
  activity: string | null;
  activity_date: string | null;
  /** The sender is among them. */
  self: boolean;
  /** Other members. */
  names: string[];
  /** Members of whom the same line says that they stay away (周岚请假，许知夏参加). */
  leaving?: string[];
  missing: 'activity'[];
}

const forOthers =
  /(?:帮|替|代|给|为)(?:一下)?(?!我|咱|忙我)[^,。;\n]{0,12}?(?:报|登记|签|取消|请|退|记)|(?:帮忙|帮)?把[^,。]{2,8}(?:报|加|取消|退|去掉|算)|[\u4e00-\u9fff]{2,3}委员(?:也|要|想|能|说|让|托|那天|这次|因|有|临时|身体|出差|去不|来不|不能|参加|请假)/;
const staysAway = /我(?:就|自己)*(?:不去|去不|来不|不来|不参加)/;
const selfToo =
  /我也|我和|我跟|我与|和我|跟我|算我|(?<![托让叫请])我(?:自己)?(?:报|参加|去|要|想|能|们)|加我|我、|、我|我们|我俩|\d[.、) ]*我(?![\u4e00-\u9fff])|我一个|连我|带我|包括我/;

/** `comes`: a sign-up; otherwise 我不去了 is about the sender too. */
export function whoComes(asked: Asked, comes: boolean): WhoComes {
  const activity = activityOf(asked);
  const leaving = comes ? stayingAway(asked) : [];
  const names = membersIn(asked).filter((name) => !leaving.includes(name));
  const together = names.some((name) => isTogether(asked.body, name));
  const others = names.length > 0 ? !together : forOthers.test(asked.body);
  const away = staysAway.test(asked.body);
  const day = datesOf(asked).find((d) => (d.kind === 'day' || d.kind === 'range') && !isAnswerDay(asked, d));
  return {
    activity,
    activity_date: dayOf(day),
    self: !others || (comes ? selfToo.test(asked.body) && !away : selfToo.test(asked.body) || away),
    names,
    ...(leaving.length > 0 && { leaving }),
    missing: activity === null ? ['activity'] : [],
  };
}

/** 和周岚, 周岚一起: the sender comes too. */
function isTogether(body: string, name: string): boolean {
  for (let at = body.indexOf(name); at >= 0; at = body.indexOf(name, at + 1)) {
    if (/(?:我|^|[\s,。])[和跟与同带]$/.test(body.slice(Math.max(0, at - 2), at))) return true;
    if (/^.{0,3}(?:一起|一道|同去)/.test(body.slice(at + name.length))) return true;
  }
  return false;
}

/** 明天定: when the member will know, not when the activity is. */
const isAnswerDay = ({ document }: Asked, { end }: { end: number }): boolean =>
  /^(?:再|才|给|晚点)?(?:定|确认|回复|答复|告诉|看|个?准信|回话)/.test(document.text.slice(end, end + 5));

/** 周岚请假，许知夏参加: whoever a clause of its own says will not come. */
function stayingAway(asked: Asked): string[] {
  const away: string[] = [];
  let at = asked.section.start;
  for (const clause of asked.body.split(/(?<=[,。;\n])/)) {
    const section = { start: at, end: at + clause.length };
    at = section.end;
    if (
      /请假|不[去来](?!了?吗)|[去来]不[了成]|不参加|没空|有事|缺席/.test(clause) &&
      !/替|代(?!表)|(?<!不)参加|(?<![不没])去(?!不)/.test(clause)
    )
      away.push(...membersIn({ ...asked, section, body: clause }));
  }
  return away;
}
