import { flagsOf } from './characters';
import { matchAt } from './match';
import { small, smallValue } from './small-number';
import type { Hit } from './trie';

export type PartOfDay = 'morning' | 'afternoon' | 'evening';

export interface TimeToken {
  start: number;
  end: number;
  part?: PartOfDay | undefined;
  /** 'HH:MM'; '24:00' is the end of the day (晚上12点), so that it never becomes the day's beginning. */
  time?: string;
}

const clock = new RegExp(
  `(?:(\\d{1,2}):([0-5]\\d)(?!\\d)|(${small})(?:点钟|点整|点|时(?!间|候|代|常|不时|段|长|期|限))(?:(半)|(一刻|1刻)|(三刻|3刻)|(?:零|过)?(${small}|[〇零][一二三四五六七八九])分?(?![名人位个户\\d]))?)`,
  'y',
);

const mayBegin = flagsOf('0123456789一二两三四五六七八九十廿卅');

const countedPoints = /^(?:意见|建议|要求|问题|诉求|希望|感受|想法|体会|困难)/;

/** A clock time standing at `at`, in the part of the day just said. 点 after a counted noun (三点意见) is no time. */
function readClock(text: string, at: number, part: PartOfDay | undefined): TimeToken | null {
  const match = mayBegin[text.charCodeAt(at)] === 1 ? matchAt(clock, text, at) : null;
  if (!match || (match[0].endsWith('点') && countedPoints.test(text.slice(at + match[0].length, at + match[0].length + 3)))) return null;
  const hour = Number(match[1] ?? smallValue(match[3]));
  const minute = match[2] !== undefined ? Number(match[2]) : minuteOf(match);
  if (!(hour <= 24) || !(minute < 60)) return null;
  const late = (part === 'afternoon' && hour < 12 && hour > 0) || (part === 'evening' && hour <= 12 && hour >= 4);
  const in24 = part === 'morning' && hour === 12 && /凌晨 ?$/.test(text.slice(Math.max(0, at - 3), at)) ? 0 : late ? hour + 12 : hour;
  const time = `${String(in24).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
  return { start: at, end: at + match[0].length, part, time };
}

function minuteOf(match: RegExpExecArray): number {
  if (match[4]) return 30;
  if (match[5]) return 15;
  if (match[6]) return 45;
  return match[7] ? smallValue(match[7].replace(/^[〇零]/, '')) : 0;
}

interface Heard {
  /** The words that begin at the place. */
  hits: readonly Hit[];
  /** The part of the day already said (昨晚). */
  part: PartOfDay | undefined;
}

/** 晚自习, 中午托管, 太晚: the word is part of another one. */
const partOfWord = (text: string, { start, end }: Hit): boolean =>
  end - start === 1 &&
  (/^(?:自习|班|会|餐|高峰|育|婚|年|辈|景|归|回家|来)/.test(text.slice(end, end + 3)) ||
    /[太很更最越较嫌偏别]/.test(text[start - 1] ?? ''));

/** The longest, as they come shortest first. */
function partAmong(text: string, hits: readonly Hit[]): Hit | null {
  let word: Hit | null = null;
  for (const hit of hits) if (hit.kind === 'part') word = hit;
  return word && !partOfWord(text, word) ? word : null;
}

/** A part of the day (上午, 晚) at `at` with a clock time after it, or a clock time alone. */
export function readTimeOfDay(text: string, at: number, heard: Heard): TimeToken | null {
  const word = partAmong(text, heard.hits);
  if (!word) return readClock(text, at, heard.part);
  const part = word.code as PartOfDay;
  const from = text[word.end] === ' ' ? word.end + 1 : word.end;
  const time = readClock(text, from, part);
  if (!time) return { start: at, end: word.end, part };
  time.start = at;
  return time;
}
