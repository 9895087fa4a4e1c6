import { type DigitGroup, digitRuns, type Run } from './digit-runs';

/** A number of a phone, a paper or a card, and how much of it may be seen: `head` digits, stars, `tail` digits. */
export interface PersonalNumber extends Shown {
  start: number;
  end: number;
  /** The digits as written, without what stood between them. */
  digits: readonly string[];
}

interface Shown {
  head: number;
  stars: number;
  tail: number;
  /** Digits in front that are no part of what is hidden (86 before a mobile number). */
  skip?: number;
}

/** Groups of digits that may be one number. */
class Window {
  readonly #groups: Run;
  readonly value: string;
  /** What stands before and behind it. */
  readonly before: string;
  readonly after: string;

  constructor(groups: Run, value: string, [before, after]: readonly [string, string]) {
    this.#groups = groups;
    this.value = value;
    this.before = before;
    this.after = after;
  }

  /** How many digits stand together in each group: '3-4-4'. Asked for last: most windows are told apart by their digits. */
  get sizes(): string {
    return sizesOf(this.#groups, 0);
  }
}

const shortest = 7;
/** Of several groups together. */
const longestParted = 20;
const mostGroups = 21;
const kinds = [identity, mobile, landline, card, abroad, local] as const;

/** Every such number in the text, however it is written, in order. Pure. Dates, sums, and the numbers of records are none. */
export function personalNumbers(text: string): PersonalNumber[] {
  const found: PersonalNumber[] = [];
  for (const run of digitRuns(text, shortest))
    for (let from = 0; from < run.length; from += 1) {
      const longest = longestFrom(text, run.slice(from, from + mostGroups), found.at(-1));
      if (!longest) continue;
      found.push(longest.number);
      from += longest.groups - 1;
    }
  return found;
}

function longestFrom(text: string, run: Run, earlier: PersonalNumber | undefined): { groups: number; number: PersonalNumber } | null {
  const start = run[0]?.start ?? 0;
  // A second number behind the first one needs no word of its own: 0595-22987651/22987652.
  const before = earlier && start - earlier.end <= 2 ? '电话' : text.slice(Math.max(0, start - 12), start);
  const heads = headsOf(run);
  for (let groups = run.length; groups > 0; groups -= 1) {
    const head = heads[groups - 1] ?? '';
    if (head.length < shortest) return null;
    if (groups > 1 && head.length > longestParted) continue;
    const whole = run.slice(0, groups);
    for (const taken of head.endsWith('X') ? [whole, withoutX(whole)] : [whole]) {
      const end = taken.at(-1)?.end ?? start;
      const value = taken === whole ? head : taken.map((group) => group.value).join('');
      const shown = kindOf(new Window(taken, value, [before, text.slice(end, end + 2)]));
      if (shown) return { groups, number: withBracket(text, numberOf(taken, shown)) };
    }
  }
  return null;
}

/** The digits of the first group, of the first two, and so on. */
function headsOf(run: Run): string[] {
  let head = '';
  return run.map(({ value }) => (head += value));
}

/** An X belongs to an identity number alone: behind a phone it is the next word's. */
function withoutX(groups: Run): Run {
  const last = groups.at(-1);
  const { places = [], value = '', digits = [] } = last ?? {};
  const rest = { ...last, start: places[0] ?? 0, end: places.at(-1) ?? 0, places: places.slice(0, -1) };
  return [...groups.slice(0, -1), ...(value === 'X' ? [] : [{ ...rest, value: value.slice(0, -1), digits: digits.slice(0, -1) }])];
}

function kindOf(window: Window): Shown | null {
  if (window.value.length < shortest) return null;
  for (const kind of kinds) {
    const shown = kind(window);
    if (shown) return shown;
  }
  return null;
}

function numberOf(groups: readonly DigitGroup[], shown: Shown): PersonalNumber {
  const { skip = 0 } = shown;
  const digits = groups.flatMap((group) => group.digits).slice(skip);
  const start = groups.flatMap((group) => group.places)[skip] ?? 0;
  return { ...shown, start, end: groups.at(-1)?.end ?? start, digits };
}

/** (0595)22987651 begins at its bracket. */
function withBracket(text: string, number: PersonalNumber): PersonalNumber {
  const { start, end } = number;
  const opened = start > 0 && /\p{Ps}/u.test(text[start - 1] ?? '');
  return opened && /^[^\p{Ps}]*\p{Pe}/u.test(text.slice(start, end)) ? { ...number, start: start - 1 } : number;
}

/** The sizes of the groups without so many digits in front. */
function sizesOf(groups: readonly { value: string }[], skip: number): string {
  let left = skip;
  const sizes = groups.map(({ value }) => {
    const taken = Math.min(left, value.length);
    left -= taken;
    return value.length - taken;
  });
  return sizes.filter((size) => size > 0).join('-');
}

const withoutFirst = (sizes: string, skip: number): string =>
  sizesOf(
    sizes.split('-').map((size) => ({ value: '0'.repeat(Number(size)) })),
    skip,
  );
const oneByOne = (sizes: string): boolean => /^(?:1(?:-1)+|2(?:-2)+(?:-1)?)$/.test(sizes);

/** 6 of the region, 8 of the birthday, 4: whatever stands between them, the birthday tells. The old kind has no century. */
function identity(window: Window): Shown | null {
  const { value } = window;
  if (/^[1-9]\d{5}(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dX]$/.test(value)) return { head: 6, stars: 8, tail: 4 };
  const old = /^[1-9]\d{5}\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}$/.test(value) && /^6-6-3$/.test(window.sizes);
  return old ? { head: 4, stars: 4, tail: 4 } : null;
}

/** Parted in other ways they are sums as well: 1500 300 2000元. */
const otherMobile = /^(?:3-8|7-4|3-3-5|4-4-3|4-3-4|5-6|6-5|3-5-3|2-9|1-10|1-3-3-4|1-2-4-4|3-4-2-2|3-2-2-4|3-2-2-2-2)$/;

function mobile(window: Window): Shown | null {
  const { value, before, after } = window;
  const skip = /^(?:0{0,2}86|0)(?=1[3-9]\d{9}$)/.exec(value)?.[0].length ?? 0;
  if (!/^1[3-9]\d{9}$/.test(value.slice(skip))) return null;
  const groups = withoutFirst(window.sizes, skip);
  const usual = groups === '11' || (groups === '3-4-4' && !sum.test(after)) || oneByOne(groups) || cue.test(before);
  return usual || (otherMobile.test(groups) && !unit.test(after)) ? { head: 3, stars: 4, tail: 4, skip } : null;
}

/** With the code of its town. */
function landline(window: Window): Shown | null {
  const { value } = window;
  const code = /^(?:010|02\d|0[3-9]\d\d)(?=[2-9]\d{6,7}$)/.exec(value)?.[0].length;
  if (code === undefined) return null;
  const { sizes } = window;
  if (oneByOne(sizes)) return { head: code, stars: 4, tail: 4 };
  // 03-01，2000000: a date before a sum is no code of a town.
  if (Number.parseInt(sizes, 10) < code) return null;
  const usual = /^(?:7|8|3-4|4-4|4-3|3-5|2-2-2-2|3-2-2)$/.test(withoutFirst(sizes, code));
  return usual ? { head: code, stars: 4, tail: 4 } : null;
}

/** Fifteen digits and more at a stretch, or a card's groups; four years or round sums are none. */
function card(window: Window): Shown | null {
  const { value, after } = window;
  if (value.length < 15) return null;
  const { sizes } = window;
  const shown = { head: 4, stars: 4, tail: 4 };
  if (!sizes.includes('-')) return value.includes('X') ? null : shown;
  if (!/^[3-9]\d{14,18}$/.test(value)) return null;
  const usual =
    /^4-4-4-4(?:-[1-3])?$|^4-4-4-3$|^(?:6-(?:9|1[0-3])|4-4-(?:7|8|11)|8-8(?:-3)?|4-1[125]|10-9)$/.test(sizes) || oneByOne(sizes);
  const round = value.match(/.{1,4}/g)?.every((part) => part.endsWith('00'));
  return usual && !round && !unit.test(after) ? shown : null;
}

/** +852 9876 5432: numbers of other countries are known by their plus. */
function abroad(window: Window): Shown | null {
  const { value, before } = window;
  const written = /[+＋]\s?$/.test(before) && /^[1-9]\d{9,14}$/.test(value) && window.sizes.split('-').length <= 5;
  return written ? { head: 3, stars: 4, tail: 3 } : null;
}

/** Without its town's code a landline is a phone only where the words before say so. */
function local(window: Window): Shown | null {
  const { value, before, after } = window;
  if (!/^[2-8]\d{6,7}$/.test(value) || !/^(?:7|8|4-4|3-4)$/.test(window.sizes) || !cue.test(before)) return null;
  return aDay.test(value) || unit.test(after) ? null : { head: value.length - 6, stars: 4, tail: 2 };
}

const cue =
  /(?:电话|手机|座机|固话|号码|联系方式|致电|拨打|来电|微信|传真|小灵通|tel|phone|mobile|☎️?|📞)(?:号码?|[是为打找给拨:：\s(（\-—.。,，]){0,4}$/iu;
const aDay = /^20[0-4]\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$/;
const sum = /^\s?(?:元|块|万|亿|人|户|次|亩|平|吨|千|米|册|份|%|％|㎡)/u;
const unit = /^\s?(?:元|块|万|亿|人|户|个|次|亩|平|吨|千|米|年|月|日|号|册|份|%|％|㎡)/u;
