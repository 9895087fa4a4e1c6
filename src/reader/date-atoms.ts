import { type CivilDay, civil, dayNumber, type EpochDay, lastOf, shiftMonth, weekday } from './calendar';
import type { DateAtom, DateScene } from './date-atom';
import { distance, formsAt, moon, numeral, pointer, week, yearWord } from './date-starts';
import { nearNewYear, readLunarDay } from './lunar-days';
import { matchAt } from './match';
import { readPeriod } from './periods';
import { small, smallValue } from './small-number';
import type { PartOfDay } from './time-of-day';
import type { Hit } from './trie';

const noCount = '(?![\\d人名位个户家条件份万千百元岁次盏套台本块吨斤亩余多来])';
const fullDate = new RegExp(
  `(?:(\\d{4}|\\d{2}|[〇零一二三四五六七八九]{4}) ?年|(今年|去年|前年|明年|本年)的?)? ?(\\d{1,2}|[一二三四五六七八九十]{1,3}) ?月份? ?(?:(\\d{1,2}|[一二三四五六七八九十廿卅]{1,3}) ?(?:日|号)|(\\d{1,2}|[一二三四五六七八九十廿卅]{2,3})${noCount})`,
  'y',
);
const isoDate = /(\d{4}) ?[-/.] ?(\d{1,2}) ?[-/.] ?(\d{1,2})(?!\d)[日号]?/y;
const solid = /(20\d{2})(\d{2})(\d{2})(?!\d)/y;
const dotted = /(\d{1,2})[./·-](\d{1,2})(?![\d.%:A-Za-z])/y;
/** 门牌11-9 is no day; 走访11-9 is. */
const beforeDashed = /[在于是到至从自为和与及访谈研察讲问望话期间]/;
const monthDay = new RegExp(`(上{1,4}|本|这|当|下)(?:一)?个?月(?:份)?的?(${small})(?:[日号]|${noCount})`, 'y');
const dayOfMonth = '\\d{1,2}|[一二三四五六七八九十廿卅]{1,3}';
/** 3号楼, 5号线, 8号公寓: a number of something else. */
const notOfDay =
  '楼|院|门|线|路|店|厂|机|井|馆|桥|码|召|称|文|令|地|公寓|仓|库|摊|棚|车|窗|议题|提案|单元|栋|房|墙|公路|岗|台|铺|渠|坑|泵|柜|桩|矿|哨|区';
/** 1日游, 8日托: no day either. */
const notByDay = '游|托|常|均|照|用|报|子|产|间|夜';
const bareDay = new RegExp(
  `(${dayOfMonth})(?:号(?!${notOfDay})|日(?!${notByDay})|(?=[、和及](?:${dayOfMonth})[日号](?!楼|院|线|游)))`,
  'y',
);
const nameWeek = /(上{1,4}|这|本|下{1,3})?一?个?(?:周|星期|礼拜)(?:([一二三四五六日天末1-7])(?!年|期|边|围|岁|[个家]|次)|)/y;
const ago =
  /(半|\d{1,3}|[一二两三四五六七八九十俩]{1,3})(?:(天|日)|(?:个)?(周|星期|礼拜)|(?:个|(?<=[两俩半]))(月)|(年))(?:之|以)?(前|后)(?!半|后)/y;
const edge = /(?:的|里)?(最后一天|末日|第一天|头一天|首日)/y;
const newYear = /(?:大年|年)初([一二三四五六七八九十])(?![人名位个户家年])|(大年三十|除夕|年三十)/y;
/** 去年今天. */
const yearsAgo = /(今年|去年|前年|大前年)的?(?:(昨天|昨日)|(前天)|今天|今日|同一天|同日)/y;
/** 前15天, 近半个月: so many days, none of them named. */
const before = new RegExp(`[前近这](?:\\d{1,3}|半|${small})个?(?:天|日|周|星期|礼拜|月)(?![前后内之以])`, 'y');
/** Behind a holiday's name: that day, the days off, about then, the day before, the day after, the first day after. */
const aroundHoliday = new RegExp(
  `节?(?:${[
    '(那天|当天|当日|那日|正日子|节日当天)',
    '(期间|假期|长假|放假期间|小长假|放假|假里|那几天|黄金周)',
    '(前夕|前后|临近)',
    '(?:的)?(前一天|前一日|头一天)',
    '(?:假期|长假)?后?(?:的)?(第二天|次日)',
    '(?:后|之后)(?:的)?(第一天)',
  ].join('|')})`,
  'y',
);

/** The date expression standing at `at`, or null. `hits` are the vocabulary words that begin there. */
export function readDateAtom(text: string, at: number, hits: readonly Hit[], scene: DateScene): DateAtom | null {
  const word = hits.length > 0 ? readWord(text, hits, scene) : null;
  if (word) return word;
  const forms = formsAt(text, at);
  if (forms === 0 || (forms & pointer && scene.notOfWeek.has(text.slice(at - 1, at + 1)))) return null;
  const lunar = forms & (moon | numeral | yearWord) ? readLunarDay(text, at, scene) : null;
  if (lunar) return lunar;
  return (
    (forms & yearWord ? (readShortDay(text, at, scene) ?? readYearsAgo(text, at, scene)) : null) ??
    (forms & (yearWord | pointer) ? readBefore(text, at) : null) ??
    (forms & (numeral | pointer | yearWord) ? readNumeric(text, at, scene, forms) : null) ??
    (forms & (pointer | week) ? readWeek(text, at, scene) : null) ??
    (forms & (numeral | distance) ? readDistance(text, at, scene) : null) ??
    readLong(text, at, scene)
  );
}

const shortDay = /([昨今])(?=[ ,。;]|$)/y;
const shortShift: Record<string, number> = { 昨: -1, 今: 0 };

/** A lone 昨 between separators. */
function readShortDay(text: string, at: number, { today }: DateScene): DateAtom | null {
  const match = /^$|[ ,。;]/.test(text[at - 1] ?? '') ? matchAt(shortDay, text, at) : null;
  return match && single(at + 1, today + (shortShift[match[1] ?? ''] ?? 0));
}

function readYearsAgo(text: string, at: number, { today }: DateScene): DateAtom | null {
  const match = matchAt(yearsAgo, text, at);
  if (!match) return null;
  const { year, month, day } = civil(today);
  const years = ['今年', '去年', '前年', '大前年'].indexOf(match[1] ?? '');
  return single(at + match[0].length, dayNumber(year - years, month, day), match[2] ? -1 : match[3] ? -2 : 0);
}

function readBefore(text: string, at: number): DateAtom | null {
  const match = matchAt(before, text, at);
  return match && { end: at + match[0].length, kind: 'vague' };
}

/** 昨天, 前些天 and festivals: words of the vocabulary. */
function readWord(text: string, hits: readonly Hit[], scene: DateScene): DateAtom | null {
  let best: DateAtom | null = null;
  for (const hit of hits) {
    if (best && hit.end <= best.end) continue;
    if (hit.kind === 'day') best = relative(text, hit, scene.today);
    else if (hit.kind === 'vague') best = { end: hit.end, kind: 'vague' };
    else if (hit.kind === 'festival') best = festival(text, hit, scene) ?? best;
  }
  return best;
}

function relative(text: string, hit: Hit, today: EpochDay): DateAtom {
  const day = today + Number(hit.code);
  const word = text.slice(hit.start, hit.end);
  const end = word.endsWith('晚') && matchAt(restOfEvening, text, hit.end) ? hit.end + 1 : hit.end;
  return { end, kind: 'day', from: day, to: day, part: partIn(word) };
}

/** 昨晚[上], but 今晚上课. */
const restOfEvening = /上(?![课门班街台网学山])/y;

const partIn = (word: string): PartOfDay | undefined =>
  /[晚夜]/.test(word) ? 'evening' : /早|晨|上午/.test(word) ? 'morning' : /下午|晌/.test(word) ? 'afternoon' : undefined;

const numericNames = /^(?:十一|七一|八一|五一|六一|三八|五四)$/;

function festival(text: string, hit: Hit, scene: DateScene): DateAtom | null {
  if (
    numericNames.test(hit.code) &&
    (/[月号日个点人名位户家岁条十百千楼栋路中年一二三四五六七八九几多来余]/.test(text[hit.end] ?? '') ||
      /[\d一二三四五六七八九十第]/.test(text[hit.start - 1] ?? ''))
  )
    return null;
  const found = scene.festivals(hit.code, scene.today, scene.direction);
  if (!found) return null;
  const around = matchAt(aroundHoliday, text, hit.end);
  const end = around ? hit.end + around[0].length : text[hit.end] === '节' ? hit.end + 1 : hit.end;
  if (around?.[3]) return { end, kind: 'vague', holiday: true };
  if (around?.[2]) return ofDaysOff(text, end, found);
  const day = around?.[4] ? found.day - 1 : around?.[5] ? found.day + 1 : around?.[6] ? found.to + 1 : found.day;
  return { end, kind: 'day', from: day, to: day, holiday: !around };
}

/** 清明假期, 清明假期第一天. */
function ofDaysOff(text: string, end: number, { from, to }: { from: EpochDay; to: EpochDay }): DateAtom {
  const one = matchAt(dayOfThem, text, end);
  if (!one) return { end, kind: to > from ? 'range' : 'day', from, to };
  const day = one[1] ? to : from;
  return { end: end + one[0].length, kind: 'day', from: day, to: day };
}

const dayOfThem = /的?(?:(最后一天|末日)|第一天|头一天|首日)/y;

/** 9月22日, 2026-09-22, 9.22, 上月25号, 22号. */
function readNumeric(text: string, at: number, scene: DateScene, forms: number): DateAtom | null {
  const before = text[at - 1] ?? '';
  const inWord = /[\dA-Za-z第.]/.test(before);
  let match = inWord && /\d/.test(text[at] ?? '') ? null : forms & (numeral | yearWord) ? matchAt(fullDate, text, at) : null;
  // 10月 五一社区: 五一 is no day of the month.
  if (match && !Number.isNaN(smallValue(match[4] ?? match[5])))
    return dated(at + match[0].length, yearSaid(match[1], match[2], scene), smallValue(match[3]), [
      smallValue(match[4] ?? match[5]),
      scene,
    ]);
  match = forms & pointer ? matchAt(monthDay, text, at) : null;
  if (match) return ofMonth(at + match[0].length, shiftMonth(civil(scene.today), shiftSaid(match[1])), smallValue(match[2]));
  if (inWord || !(forms & numeral)) return null;
  match = matchAt(isoDate, text, at) ?? matchAt(solid, text, at);
  if (match) return dated(at + match[0].length, Number(match[1]), Number(match[2]), [Number(match[3]), scene]);
  const weak = readDotted(text, at, scene);
  if (weak) return weak;
  const carriesOn = /[一二三四五六七八九十几]/.test(before) && !behindWeekday.test(text.slice(Math.max(0, at - 3), at));
  match = carriesOn ? null : matchAt(bareDay, text, at);
  if (match && text[at + match[0].length] === '人' && !(smallValue(match[1]) <= 31)) return null;
  return match ? bare(at + match[0].length, smallValue(match[1]), scene) : null;
}

/** 周三23号 */
const behindWeekday = /(?:周|星期|礼拜)[一二三四五六]$/;

/** 9.22, 9/22, 11-9: a day unless something else is counted. */
function readDotted(text: string, at: number, scene: DateScene): DateAtom | null {
  const match = matchAt(dotted, text, at);
  const [month, day] = [Number(match?.[1]), Number(match?.[2])];
  if (!match || !(month >= 1 && month <= 12 && day >= 1 && day <= 31)) return null;
  const before = text[at - 1] ?? '';
  if (match[0].includes('-') && /[\u4e00-\u9fff]/.test(before) && !beforeDashed.test(before)) return null;
  const end = at + match[0].length;
  if (scene.countedAfter.at(text, end) !== null) return null;
  return { ...dated(/[日号]/.test(text[end] ?? '') ? end + 1 : end, null, month, [day, scene]), weak: true };
}

/** 上上上 is three back, 下 one on, 本 none. */
const shiftSaid = (pointed: string | undefined): number =>
  pointed?.startsWith('上') ? -pointed.length : pointed?.startsWith('下') ? pointed.length : 0;

function yearSaid(number: string | undefined, word: string | undefined, scene: DateScene): number | null {
  const now = civil(scene.today).year;
  if (number) {
    const digits = number.replace(/[〇零一二三四五六七八九]/g, (c) => String('〇一二三四五六七八九'.indexOf(c === '零' ? '〇' : c)));
    return digits.length === 2 ? 2000 + Number(digits) : Number(digits);
  }
  if (!word) return null;
  return word.startsWith('去') ? now - 1 : word.startsWith('前') ? now - 2 : word.startsWith('明') ? now + 1 : now;
}

const single = (end: number, day: EpochDay | null, shift = 0): DateAtom =>
  day === null ? { end, kind: 'invalid' } : { end, kind: 'day', from: day + shift, to: day + shift };

/** Without a year: the latest such day not after today, or for an announcement the next one. */
function dated(end: number, year: number | null, month: number, [day, scene]: [number, DateScene]): DateAtom {
  if (year !== null) return { ...single(end, dayNumber(year, month, day)), said: 'year' };
  const now = civil(scene.today);
  const passed = month < now.month || (month === now.month && day <= now.day);
  const before = month < now.month || (month === now.month && day < now.day);
  const nearest = scene.direction === 'past' ? (passed ? now.year : now.year - 1) : before ? now.year + 1 : now.year;
  return { ...single(end, dayNumber(nearest, month, day)), said: 'month' };
}

const ofMonth = (end: number, month: { year: number; month: number }, day: number): DateAtom =>
  single(end, dayNumber(month.year, month.month, day));

/** A bare 5号 is of this month, or of the last (announcement: next) one. */
function bare(end: number, day: number, scene: DateScene): DateAtom | null {
  if (!(day >= 1)) return null;
  const now: CivilDay = civil(scene.today);
  const shift = scene.direction === 'past' ? (day > now.day ? -1 : 0) : day < now.day ? 1 : 0;
  return { ...ofMonth(end, shiftMonth(now, shift), day), said: 'day' };
}

function readWeek(text: string, at: number, scene: DateScene): DateAtom | null {
  const match = matchAt(nameWeek, text, at);
  if (!match || text[at - 1] === '每') return null;
  const end = at + match[0].length;
  const monday = scene.today - weekday(scene.today) + 1;
  const shift = match[1] === undefined ? null : 7 * shiftSaid(match[1]);
  if (match[2] === undefined) {
    if (shift === null || /[年末边围]/.test(text[end] ?? '')) return null;
    return { end, kind: 'period', from: monday + shift, to: monday + shift + 6 };
  }
  if (match[2] === '末') return weekend(end, monday, shift, scene);
  const nth = '一二三四五六日'.indexOf(match[2] === '天' ? '日' : match[2]);
  const offset = nth >= 0 ? nth : Number(match[2]) - 1;
  if (shift !== null) return single(end, monday + shift + offset);
  const this_ = monday + offset;
  if (scene.direction === 'past') return single(end, this_ > scene.today ? this_ - 7 : this_);
  return single(end, this_ < scene.today ? this_ + 7 : this_);
}

function weekend(end: number, monday: EpochDay, shift: number | null, scene: DateScene): DateAtom {
  const from = monday + 5 + (shift ?? (scene.direction === 'past' && monday + 5 > scene.today ? -7 : 0));
  return { end, kind: 'range', from, to: from + 1 };
}

/** 三天前, 两周前, 半个月前. */
function readDistance(text: string, at: number, scene: DateScene): DateAtom | null {
  const match = matchAt(ago, text, at);
  if (!match || /[第\d]/.test(text[at - 1] ?? '')) return null;
  const end = at + match[0].length;
  const sign = match[6] === '前' ? -1 : 1;
  const count = match[1] === '半' ? 0.5 : match[1] === '俩' ? 2 : smallValue(match[1]);
  if (Number.isNaN(count) || match[5]) return { end, kind: 'vague' };
  if (match[4]) {
    if (count < 1) return single(end, scene.today + sign * 15);
    const month = shiftMonth(civil(scene.today), sign * count);
    return { end, kind: 'period', from: lastOf(shiftMonth(month, -1)) + 1, to: lastOf(month) };
  }
  return single(end, scene.today + sign * Math.floor(count * (match[3] ? 7 : 1)));
}

/** Quarters, months, 一季度最后一天, 大年初五. */
function readLong(text: string, at: number, scene: DateScene): DateAtom | null {
  const lunar = matchAt(newYear, text, at);
  if (lunar) return nearNewYear(at + lunar[0].length, lunar[2] ? 0 : smallValue(lunar[1]), scene);
  if (/[\d第A-Za-z.]/.test(text[at - 1] ?? '') && /\d/.test(text[at] ?? '')) return null;
  if (/[一二三四五六七八九十]/.test(text[at - 1] ?? '') && /[一二三四五六七八九十]/.test(text[at] ?? '')) return null;
  const period = readPeriod(text, at, scene.today, scene.direction);
  if (!period) return null;
  const end = matchAt(edge, text, period.end);
  if (end) return single(period.end + end[0].length, /第|头|首/.test(end[1] ?? '') ? period.from : period.to);
  return { end: period.end, kind: 'period', from: period.from, to: period.to, period };
}
