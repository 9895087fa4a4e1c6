import { flagsOf } from './characters';

/** A number as written, with [start, end) in the text. `approx`: 余/多/来/几 or two neighbouring digits; `value` is then the lower bound. */
export interface NumberToken {
  start: number;
  end: number;
  value: number;
  approx: boolean;
  /** Written with 0-9. A bare Chinese numeral is too often part of a word to count alone. */
  digits: boolean;
}

/** Numbers by character code: a look at a code costs a tenth of one at a character. */
const byCode = (characters: string, numbers: readonly number[]): ReadonlyMap<number, number> =>
  new Map(Array.from(characters, (character, i) => [character.charCodeAt(0), numbers[i] ?? 0]));

const digitOf = byCode('零〇一二两三四五六七八九壹贰叁肆伍陆柒捌玖', [0, 0, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
const unitOf = byCode('十拾百佰千仟', [10, 10, 100, 100, 1000, 1000]);
const tens = byCode('廿卅', [20, 30]);
const myriads = byCode('万萬亿', [10_000, 10_000, 100_000_000]);
const liang = '两'.charCodeAt(0);
const wu = '五'.charCodeAt(0);

const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39;

/** The number that starts exactly at `at`, or null. Reads 12, 1,200, 1.5万, 三百二十, 两千五, 一百二三十, 十几, 二〇二六, 廿五. */
export function readNumber(text: string, at: number): NumberToken | null {
  const plain = isDigit(text.charCodeAt(at)) ? readDigits(text, at) : readChinese(text, at);
  return plain && withSuffix(text, plain);
}

function readDigits(text: string, at: number): NumberToken {
  let end = at;
  while (isDigit(text.charCodeAt(end))) end++;
  const whole = end;
  while (text[end] === ',' && isThousands(text, end + 1)) end += 4;
  const separated = end > whole;
  if (text[end] === '.' && isDigit(text.charCodeAt(end + 1))) {
    end++;
    while (isDigit(text.charCodeAt(end))) end++;
  }
  const written = text.slice(at, end);
  const value = Number(separated ? written.replaceAll(',', '') : written);
  return multiplied(text, { start: at, end, value, approx: false, digits: true });
}

const isThousands = (text: string, at: number): boolean => /^\d{3}(?!\d)/.test(text.slice(at, at + 4));

/** 3千, 1.5万, 1万2千, 3万2. */
function multiplied(text: string, token: NumberToken): NumberToken {
  const unit = text.charCodeAt(token.end);
  const factor = myriads.get(unit) ?? unitOf.get(unit);
  if (factor === undefined) return token;
  token.end++;
  token.value = Math.round(token.value * factor * 1000) / 1000;
  if (!isDigit(text.charCodeAt(token.end))) return token;
  const rest = readDigits(text, token.end);
  if (rest.value >= factor) return token;
  token.value += rest.value < 10 && rest.end === token.end + 1 ? rest.value * (factor / 10) : rest.value;
  token.end = rest.end;
  return token;
}

/** State of reading a Chinese numeral: closed sections (万, 亿), the open section, the digit not yet placed. */
interface Open {
  total: number;
  section: number;
  digit: number | null;
  lastUnit: number;
  approx: boolean;
  afterZero: boolean;
}

function readChinese(text: string, at: number): NumberToken | null {
  const string = readDigitString(text, at);
  if (string) return string;
  const open: Open = { total: 0, section: 0, digit: null, lastUnit: 1, approx: false, afterZero: false };
  let end = at;
  while (end < text.length && take(open, text, end, at)) end++;
  if (end === at) return null;
  return withFigures(text, { start: at, end, value: closed(open), approx: open.approx, digits: false }, open);
}

/** 一百03, 两百20, 十3, 二百零5, 一百0三: the rest in figures. 一百五3 says nothing: NaN. */
function withFigures(text: string, token: NumberToken, open: Open): NumberToken {
  if (open.lastUnit < 10 || open.approx || !isDigit(text.charCodeAt(token.end))) return token;
  const rest = readDigits(text, token.end);
  if (open.digit !== null) return { ...token, end: rest.end, value: Number.NaN };
  if (!Number.isInteger(rest.value) || rest.value >= open.lastUnit) return token;
  const last = rest.value === 0 ? readChinese(text, rest.end) : null;
  if (last && last.value < open.lastUnit) return { ...token, end: last.end, value: token.value + last.value, approx: last.approx };
  const short = !open.afterZero && rest.value < 10 && rest.end === token.end + 1;
  return { ...token, end: rest.end, value: token.value + rest.value * (short ? open.lastUnit / 10 : 1) };
}

/** 二〇二六, 一三八: three or more digits, or any with 〇, stand for themselves one by one. */
function readDigitString(text: string, at: number): NumberToken | null {
  let end = at;
  let value = 0;
  let zero = false;
  for (; end < text.length; end++) {
    const code = text.charCodeAt(end);
    const digit = digitOf.get(code);
    if (digit === undefined || code === liang) break;
    value = value * 10 + digit;
    zero ||= digit === 0;
  }
  const next = text.charCodeAt(end);
  if (unitOf.has(next) || myriads.has(next) || (end - at < 3 && !(zero && end - at === 2))) return null;
  return { start: at, end, value, approx: false, digits: false };
}

/** Takes one character into the numeral; false when it no longer belongs to it. */
function take(open: Open, text: string, i: number, start: number): boolean {
  const c = text.charCodeAt(i);
  const digit = digitOf.get(c);
  if (digit !== undefined) return takeDigit(open, digit, c);
  const ten = tens.get(c);
  if (ten !== undefined) return i === start && place(open, 1, ten);
  const unit = unitOf.get(c);
  if (unit !== undefined) {
    if (open.digit === null && i > start && unit !== 10) return false;
    if (open.lastUnit !== 1 && unit >= open.lastUnit) return false;
    // 百十来个 is about a hundred, 一百十一 a hundred and eleven.
    if (open.digit === null && open.lastUnit === 100 && unitOf.has(text.charCodeAt(start))) {
      open.approx = true;
      return true;
    }
    return place(open, open.digit ?? 1, unit);
  }
  const myriad = myriads.get(c);
  if (myriad === undefined || i === start) return false;
  open.total += (open.section + (open.digit ?? 0)) * myriad;
  open.section = 0;
  open.digit = null;
  open.lastUnit = myriad;
  open.afterZero = false;
  return true;
}

function takeDigit(open: Open, digit: number, c: number): boolean {
  if (digit === 0) {
    if (open.digit !== null) return false;
    open.afterZero = true;
    return true;
  }
  if (open.digit === null) {
    open.digit = digit;
    return true;
  }
  // 三四十, 七八个, 两三百, 三五个: the lower of two neighbours.
  const neighbours = digit === open.digit + 1 || (open.digit === 3 && c === wu);
  if (!neighbours || open.approx) return false;
  open.approx = true;
  return true;
}

function place(open: Open, digit: number, unit: number): true {
  open.section += digit * unit;
  open.digit = null;
  open.lastUnit = unit;
  open.afterZero = false;
  return true;
}

/** 一百五 is 150 and 一万二 is 12,000, but 一百零五 is 105 and 十五六 is 15. */
function closed(open: Open): number {
  const short = open.lastUnit >= 100 && !open.afterZero && !open.approx;
  const last = (open.digit ?? 0) * (short ? open.lastUnit / 10 : 1);
  return open.total + open.section + last;
}

const counted = /[人个名位户口家条件份岁元张只辆台块次场天年亩斤里米]/;
const suffixes = flagsOf('好余多几来把+');

/** 三十余, 20多, 12来(个), 十几, 一百多, 50+(人). */
function withSuffix(text: string, token: NumberToken): NumberToken {
  if (suffixes[text.charCodeAt(token.end)] !== 1) return token;
  const c = text[token.end] ?? '';
  const next = text[token.end + 1] ?? '';
  if (c === '好' && next === '几' && token.value % 10 === 0) return roughly(token, 2);
  const rough =
    c === '余' ||
    c === '多' ||
    (c === '几' && token.value % 10 === 0) ||
    (c === '来' && (counted.test(next) || next === '号')) ||
    (c === '把' && token.value >= 100 && counted.test(next));
  if (rough && token.value >= 10) return roughly(token, 1);
  if (c === '+' && token.digits && !/\d/.test(next) && (next === '' || counted.test(next) || next === ' ' || next === ','))
    return roughly(token, 1);
  return token;
}

function roughly(token: NumberToken, suffix: number): NumberToken {
  token.end += suffix;
  token.approx = true;
  return token;
}

/** By character code: 1 where a number may begin. */
const starts = flagsOf('0123456789');
for (const code of [...digitOf.keys(), ...unitOf.keys(), ...tens.keys()]) starts[code] = 1;

/** Every number of `text` from left to right, not overlapping. 几十 and 数百 name no number and are skipped. */
export function scanNumbers(text: string): NumberToken[] {
  const found: NumberToken[] = [];
  for (let i = 0; i < text.length; ) {
    const token = starts[text.charCodeAt(i)] === 1 ? readNumber(text, i) : null;
    if (token && (token.digits || !/[几数]/.test(text[i - 1] ?? ''))) found.push(token);
    i = token ? token.end : i + 1;
  }
  return found;
}
