import type { EpochDay } from './calendar';
import type { Festivals } from './festivals';
import type { Direction, Period } from './periods';
import type { PartOfDay } from './time-of-day';
import type { WordList } from './word-list';

/** One date expression. `from`..`to` are absent for vague and invalid ones. */
export interface DateAtom {
  end: number;
  kind: 'day' | 'range' | 'period' | 'vague' | 'invalid';
  from?: EpochDay;
  to?: EpochDay;
  part?: PartOfDay | undefined;
  period?: Period;
  /** Said as 今天/昨天/周三/9月3日, not as a holiday's name (a holiday may be the occasion, not the day). */
  holiday?: boolean;
  /** How many 号/日 words were left out: a bare 9.22 is weaker than 9月22日. */
  weak?: boolean;
  /** The day alone was said (29日), or the month too, or the year as well. */
  said?: 'day' | 'month' | 'year';
}

/** The words days are read with. */
export interface DateWords {
  festivals: Festivals;
  /** 农历 and the like. */
  lunarCalendar: WordList;
  /** 一下, 碰上: words whose last character begins no 下周 or 上周. */
  notOfWeek: ReadonlySet<string>;
  /** Measure words: 9.22元 is no day. */
  countedAfter: WordList;
  /** Kinds of institution that need no name of their own. */
  bare: ReadonlySet<string>;
}

export interface DateScene extends DateWords {
  today: EpochDay;
  direction: Direction;
}
