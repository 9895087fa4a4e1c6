import type { Quantity } from '../quantities';
import type { SignupReading } from '../reading';
import { isNumberedList } from '../recognise/activities';
import { type Asked, activityOf, datesOf, dayOf, isNameAt, membersIn, without } from './asked';

const tentative =
  /占个?[坑位座]|占一?个|先[^,。]{0,6}留[个着]?[位名坑]?|能不能去|去不去|回头确认|可能|不一定|看情况|看单位|看时间|待定|暂定|争取|尽量|说不准|说不定|再定|再看|如果|要是|没准|不确定|未定|先报着|应该能|大概率|大概[能会去]|准信|到时候看|视情况|也许|看安排|先挂/;
const forOthers =
  /(?:帮|替|代|给|为)(?:一下)?(?!我|咱|忙我)[^,。;\n]{0,12}?(?:报|登记|签|取消|请|退|记)|(?:帮忙|帮)?把[^,。]{2,8}(?:报|加|取消|退|去掉|算)|[\u4e00-\u9fff]{2,3}委员(?:也|要|想|能|说|让|托|那天|这次|因|有|临时|身体|出差|去不|来不|不能|参加|请假)/;
const staysAway = /我(?:就|自己)*(?:不去|去不|来不|不来|不参加)/;
const selfToo =
  /我也|我和|我跟|我与|和我|跟我|算我|(?<![托让叫请])我(?:自己)?(?:报|参加|去|要|想|能|们)|加我|我、|、我|我们|我俩|\d[.、) ]*我(?![\u4e00-\u9fff])|我一个|连我|带我|包括我/;

/** Sign-up, withdrawal or leave (domain.md 0.4). */
export function readSignup(asked: Asked, intent: SignupReading['intent']): SignupReading {
  const activity = activityOf(asked);
  const names = namesFor(asked);
  const together = names.some((name) => isTogether(asked.body, name));
  const others = names.length > 0 ? !together : forOthers.test(asked.body);
  const away = staysAway.test(asked.body);
  const self = !others || (intent === 'signup' ? selfToo.test(asked.body) && !away : selfToo.test(asked.body) || away);
  const reading: SignupReading = {
    intent,
    activity,
    activity_date: dayOf(datesOf(asked).find((d) => (d.kind === 'day' || d.kind === 'range') && !isAnswerDay(asked, d))),
    self,
    names,
    missing: activity === null ? ['activity'] : [],
  };
  if (intent !== 'signup') reading.reason = reasonOf(asked, activity);
  else {
    reading.extra = extraOf(asked, names);
    reading.status = tentative.test(asked.body) ? 'tentative' : 'attending';
    const note = noteOf(asked);
    if (note.length > 1) reading.note = note;
  }
  return reading;
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

/** The numbered names of a 接龙, otherwise the members named. */
function namesFor(asked: Asked): string[] {
  if (!isNumberedList(asked.body)) return membersIn(asked);
  return [...asked.body.matchAll(/(?:^|[\s\n,;:])\d{1,2}[.、)] ?([\u4e00-\u9fff]{2,4}?)(?:委员)?(?=[\s\n,;(]|\d|$)/g)]
    .filter((m) => isNameAt(asked, m.index + m[0].length - (m[1] ?? '').length, m[1] ?? ''))
    .map((m) => m[1] ?? '');
}

const companyWord =
  /(?:带|再加|外加)(?:上|着|了|来)?(?:我)?(?:的)?(?:一?[个位名])?(?:家属|家人|爱人|孩子|同事|朋友|护士|医生|助手|徒弟|学生|老师|司机|女儿|儿子|妻子|丈夫|老伴|员工|个人|人)/;

/** Unnamed companions: 带两个护士, 带一位同事, 带家属, 我们3个人, +2. */
function extraOf(asked: Asked, names: readonly string[]): number {
  const brought = asked.document.quantities.find((q) => {
    if (q.start < asked.section.start || q.end > asked.section.end || q.role === 'member') return false;
    if (/(?:[加算报带]上?我)$/.test(asked.document.text.slice(Math.max(0, q.start - 3), q.start))) return false;
    return /(?:我[和跟与同]|带|领|加|外加|另加|捎|多|另有|还有|陪同)(?:上|着|了|来)?(?:我)?(?:单位|公司|院里?|学校|所里|厂里)?(?:的)?[ ]?$/.test(
      asked.document.text.slice(Math.max(0, q.start - 6), q.start),
    );
  });
  if (brought) return brought.value + alsoBrought(asked, brought);
  const plus = /(?:^|[^\d])\+(\d{1,2})(?!\d)/.exec(asked.body);
  if (plus) return Math.max(0, Number(plus[1]) - 1) + (companyWord.test(asked.body) ? 1 : 0);
  const all = asked.document.quantities.find(
    (q) =>
      q.kind === 'person' &&
      /(?:我们|一共|共|一行|报|我[和跟与同][^,。;]{1,5})[ ]?$/.test(asked.document.text.slice(Math.max(0, q.start - 8), q.start)),
  );
  const alone = asked.command === '' ? undefined : asked.document.quantities.find((q) => q.kind === 'person' && isSlot(asked, q));
  if (alone && alone.role === null) return Math.max(0, alone.value - 1 - names.length);
  if (all && all.role !== 'member') return Math.max(0, all.value - 1 - names.length);
  if (/我们?俩|咱俩/.test(asked.body) && names.length === 0) return 1;
  return companyWord.test(asked.body) ? 1 : 0;
}

/** /报名 重阳慰问 3人: a token of its own. */
const isSlot = ({ document: { text }, section }: Asked, { start, end }: Quantity): boolean =>
  start >= section.start && text[start - 1] === ' ' && (end === section.end || text[end] === ' ');

/** 带俩护士和一个司机: those named after the first. */
function alsoBrought({ document }: Asked, first: Quantity): number {
  let sum = 0;
  let end = first.end;
  for (const q of document.quantities.filter((other) => other.start >= first.end && other.role !== 'member')) {
    if (!/^[\u4e00-\u9fff]{0,4}(?:和|、|及|与|跟|加|还有|外加)$/.test(document.text.slice(end, q.start))) break;
    sum += q.value;
    end = q.end;
  }
  return sum;
}

const noteOf = (asked: Asked): string => without(asked.body, /[A-Za-z]-?\d{1,4}/, /报名|参加|我要?/g, /[,。!]/g);

/** Why somebody cannot come: what is left when activity, names and courtesies are gone. */
function reasonOf(asked: Asked, activity: string | null): string | null {
  const said = /(?:因为?|由于|原因是?:?|理由:?)([^。;\n]{2,40})/.exec(asked.body)?.[1];
  if (said) return said.trim();
  const dates = datesOf(asked).reduce((out, d) => out.replace(asked.document.text.slice(d.start, d.end), ' '), asked.body);
  const rest = without(
    activity ? dates.replace(activity, ' ') : dates,
    /[A-Za-z]-?\d{1,4}/g,
    /我?(?:请(?:个)?假|取消报名|报名|取消|去不成了?|去不了了?|来不了了?|参加不了了?|不能?(?:参加|去)了?|不好意思|抱歉|名额给别人吧?|名额让给[^,]*|给[^,]{2,4}委员|帮|替|代)/g,
    /[\u4e00-\u9fff]{2,3}委员/g,
    /(?:^| )(?:我|的|了|吧|那个|活动|向)(?= |$)/g,
  );
  const reason = rest
    .split(/[,。;]/)
    .map((s) => s.trim())
    .find((s) => s.length >= 2 && !/^[我要想得就的了吧向]+$/.test(s));
  return reason ?? null;
}
