import { DateTime } from 'luxon';
import { dayText, modeLabels } from '../../chat/labels';
import { type Day, periodBounds } from '../../foundation/day';
import { type MeasureName, measures } from '../../measures';
import type { ContactMode } from '../../reader/contact-mode';
import type { Span } from '../asked-span';
import type { Figure } from '../figures';
import { type Every, everyText, namedPeriod, spanText } from './spans';

/** What a sentence about progress needs to know. */
interface ProgressWords {
  rule: { metric: MeasureName; every: 'quarter' | 'half_year' | 'year' };
  period: string;
  done: number;
  needed: number;
  remaining: number;
  exempt?: string;
  advisory: boolean;
}

/** '第三季度', '上半年', '全年'; the current one is '本季度', '本半年'. */
export function periodText({ rule, period }: ProgressWords, current: boolean): string {
  if (rule.every === 'year') return current ? '全年' : `${period}年全年`;
  if (current) return rule.every === 'quarter' ? '本季度' : '本半年';
  return namedPeriod(period);
}

const unit = ({ rule }: ProgressWords): string => measures[rule.metric].unit;

const isRunning = ({ period }: ProgressWords, today: Day): boolean => {
  const { from, to } = periodBounds(period);
  return from <= today && today <= to;
};

const isDone = ({ remaining, exempt }: ProgressWords): boolean => remaining === 0 || exempt !== undefined;
const lacks = (words: ProgressWords): string => `还差${words.remaining}${unit(words)}`;

function line(words: ProgressWords, today: Day): string {
  const did = measures[words.rule.metric].did(words.done);
  const due = words.exempt
    ? `已免除：${words.exempt}`
    : `要求${words.needed}${unit(words)}，${words.remaining === 0 ? '已完成' : lacks(words)}`;
  return `${periodText(words, isRunning(words, today))}${did}（${due}${words.advisory ? '，仅供参考' : ''}）`;
}

const open = (words: ProgressWords): string => `${periodText(words, true)}${measures[words.rule.metric].open(words.remaining)}`;
/** What is open in the running periods. */
export const openText = (lines: readonly ProgressWords[]): string => lines.map(open).join('；');
/** Of a period that is over nothing is 尚待. */
const openOn = (words: ProgressWords, today: Day): string =>
  isRunning(words, today) ? open(words) : `${periodText(words, false)}${measures[words.rule.metric].label}${lacks(words)}`;

/** What stands beside a figure that the scheme asks for in that very period. */
function requirement(words: ProgressWords, count: number): string {
  if (words.exempt) return `（已免除：${words.exempt}）`;
  const counted = words.done === count ? '' : `，其中计入${words.done}${unit(words)}`;
  return `（要求${words.needed}${unit(words)}${counted}，${words.remaining === 0 ? '已完成' : lacks(words)}）`;
}

const listedNames = 10;
/** So many who are behind are named in one message. */
const mostBehind = 20;
/** More of them stand each on its own line. */
const fewLines = 2;

/** '今年累计联系36人次' and what belongs to it. */
/** Of whom and for which time something is said, on which day. */
interface About {
  who: string;
  span: Span;
  today: Day;
}

interface Sums {
  records: number;
  people: number;
}

/** What a figure does not count. */
const caveats: Readonly<Partial<Record<MeasureName, string>>> = {
  distinct_enterprises: '只数记录里写明名称的',
  distinct_places: '只数记录里写明名称的',
  households: '只数记录里写明户数的',
  demands_told: '按记录里的话数，没有单独登记',
};

function figure({ name, count, ofAll, names }: Figure, modes: readonly ContactMode[], rule?: ProgressWords): string {
  const words = measures[name];
  const did = words.did(count);
  if (names.length > 0) {
    const more = names.length > listedNames ? '等' : '';
    return `${did}：${names.slice(0, listedNames).join('、')}${more}。只数记录里写明名称的。`;
  }
  if (caveats[name]) return `${did}，${caveats[name]}。`;
  if (modes.length === 0) return `${did}${rule ? requirement(rule, count) : ''}。`;
  const way = modes.map((mode) => modeLabels[mode]).join('、');
  const all = ofAll === count ? '' : `（各种方式一共${ofAll}${words.unit}）`;
  return `${way}${name === 'events' ? '' : '联系'}${count}${words.unit}${all}。`;
}

/** Nothing that is said may open a page of itself, so that members' words cannot; clients know an address without its scheme. */
const bare = (address: string): string => address.replace(/^https?:\/\//, '');

export const quotaTexts = {
  page: {
    title: '联系界别群众',
    done: (count: number, measured: string): string => `已有 ${count} ${measured}`,
    needed: (count: number, measured: string): string => `要求 ${count} ${measured}`,
    open: (count: number, measured: string): string => `还差 ${count} ${measured}`,
    complete: '已完成',
    exempt: (reason: string): string => `已免除：${reason}`,
    advisory: '仅供参考',
    allDone: '都完成了，辛苦了！',
    something: '联系之后在群里 @助手 发一句话，我就帮您记上。',
    nothingAsked: '联系要求是对委员的，您这里没有要完成的。',
  },
  behindPage: {
    title: '待提醒的委员',
    none: '都已完成，没有待提醒的。',
    count: (count: number): string => `待提醒 ${count} 位`,
    sector: (name: string, count: number): string => `${name} ${count} 位`,
    open: (lines: readonly ProgressWords[], today: Day): string => lines.map((each) => openOn(each, today)).join('；'),
    note: '这里只列还没完成的，不排名；请私下提醒，不要转发到群里。',
  },
  help: {
    progress: '/进度 看本季度和全年还差多少（私下答复）',
    behind: '谁还没完成（也可以说“三季度谁还没完成”，私下答复）',
    figures: '直接问数字，例如“今年走访了几次”“三季度多少人次”',
  },
  /** `at`: local instant of the answer; it also keeps two answers apart for the platform's duplicate check. */
  progress: ({ name, own }: { name: string; own: boolean }, lines: readonly ProgressWords[], at: { now: Date; zone: string }): string => {
    const when = DateTime.fromJSDate(at.now, { zone: at.zone });
    const today = when.toFormat('yyyy-MM-dd');
    const head = `${name}委员，截至${dayText(today)}${when.toFormat('H:mm')}，${own ? '您' : ''}`;
    const several = lines.length > fewLines;
    const listed = lines.map((each) => line(each, today)).join(several ? '\n' : '；');
    const said = several ? `${head}\n${listed}\n` : `${head}${listed}。`;
    if (!own) return said.trimEnd();
    const late = !lines.some((each) => isRunning(each, today));
    return `${said}${lines.every(isDone) ? '辛苦了！' : late ? '那时联系过还没记的，现在也能补记。' : '联系之后发一句话，我就帮您记上。'}`;
  },
  own: '您',
  memberNamed: (name: string): string => `${name}委员`,
  everybody: '全体委员',
  figure: ({ who, span, today }: About, what: Figure & { modes: readonly ContactMode[]; rule?: ProgressWords }): string =>
    `${who}${spanText(span, today)}${figure(what, what.modes, what.rule)}`,
  /** A span that is no period of the scheme: what was done in it, and for which times something is asked. */
  outside: ({ who, span, today }: About, sum: Sums, every: readonly Every[]): string =>
    span.from > today
      ? `${spanText(span, today)}还没到。发“/进度”可以看现在还差多少。`
      : `${who}${spanText(span, today)}联系界别群众${sum.records}次、${sum.people}人次。联系要求${everyText(every)}算，没有单按这段时间的。`,
  notCounted: {
    remarks: '意见、建议和办的实事我还没有单独统计。可以问“今年收到多少件诉求”，或发“/我的记录”看记下的内容。',
    sector_activities: '界别活动的场次我还没有单独统计。发“/活动”可以看近期活动。',
  } as Readonly<Record<string, string>>,
  tooFew: '这里委员少，说合计就等于说了个人的数，所以不说。召集人、联络员和机关可以私下问我。',
  whichSector: '您问的是哪个界别？请带上名称再问一次，例如“教育界今年多少人次”。',
  noSuchSector: (name: string): string => `没有找到“${name}”这个界别，请核对名称后再问一次。`,
  noSuchMember: (name: string): string => `名册里没有找到“${name.slice(0, 20)}”委员，请核对姓名后再问一次。`,
  severalNamed: (name: string): string => `名册里有几位“${name}”，我分不清是哪一位，请到网页上看，或者问本人。`,
  notYourSector: (name: string): string => `${name}委员不在您的界别，进度由他的召集人和机关来看。`,
  nothingAsked: (name: string): string => `${name}同志，联系要求是对委员的，您这里没有要完成的。`,
  reminder: (lines: readonly ProgressWords[]): string =>
    `温馨提示：${lines.map(open).join('；')}。如已联系，直接发一句就能补录，例如“/记录 走访 昨天 红柳社区 12人 物业收费”；这个季度有困难，发“/延期 原因”告诉机关。本提示仅您可见。`,
  noRanking: (totals: string): string => `不做排名。可以告诉您总数：${totals}`,
  /** A sector or the whole body, with how many have done what is asked. */
  overview: ({ who, span, today }: About, sum: Sums, of: { members: number; open: number }): string =>
    `${who}${spanText(span, today)}共联系界别群众${sum.records}次、${sum.people}人次。按要求应完成的，${of.members}位委员里${of.members - of.open}位已完成，${of.open}位还差${of.open > 0 ? '；要看是哪几位，问我“谁还没完成”' : ''}。`,
  sums: ({ who, span, today }: About, sum: Sums): string =>
    `${who}${spanText(span, today)}共联系界别群众${sum.records}次、${sum.people}人次。`,
  /** For operators. */
  noScheme: (name: string): string => `config/schemes 里没有方案“${name}”，请核对单位文件里的 scheme。`,
  othersDenied: '每位委员的进度只有本人、召集人和机关工作人员能看。发“/进度”可以看您自己的。',
  onlyOwnSector: (sector: string): string => `您能看的是${sector}。`,
  /** Nothing is asked of anybody for these days. */
  nobodyBehind: (span: Span, today: Day, every: readonly Every[]): string =>
    span.from > today
      ? `${spanText(span, today)}还没到。`
      : `联系要求${everyText(every)}算，没有单按${spanText(span, today)}的。可以问“三季度谁还没完成”。`,
  advisoryOnly: '本单位的联系要求只供参考，不列没完成的名单。可以问“教育界今年多少人次”。',
  /** `span`: the time that was named. */
  behind: (
    { who, today, span }: { who: string; today: Day; span: Span | null },
    names: readonly { name: string; lines: readonly ProgressWords[] }[],
    { parts, page }: { parts: readonly { name: string; count: number }[]; page: string | null },
  ): string => {
    const when = span === null || span.to >= today ? '' : spanText(span, today);
    if (names.length === 0) return `${who}${when}的委员都已完成，没有待提醒的。`;
    const head = when === '' ? `${who}待提醒${names.length}位` : `${who}${when}没有完成的有${names.length}位`;
    const more = names.length - mostBehind;
    return [
      `${head}（仅您可见，请勿转发群内）：`,
      ...(more > 0 && parts.length > 0 ? [`${parts.map(({ name, count }) => `${name}${count}位`).join('、')}。`] : []),
      ...names.slice(0, mostBehind).map(({ name, lines }) => `${name}：${lines.map((each) => openOn(each, today)).join('；')}`),
      ...(more > 0
        ? [`还有${more}位没有列出，${page ? `全部名单在网页上看：${bare(page)}` : '可以按界别问，例如“教育界谁还没完成”。'}`]
        : []),
    ].join('\n');
  },
};
