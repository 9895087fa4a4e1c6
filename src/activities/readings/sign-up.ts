import { type Asked, without } from '../../reader/asked';
import { intent } from '../../reader/intent';
import { means } from '../../reader/means';
import type { Reading } from '../../reader/reading';
import { bringsMore, comesAlone, extraOf } from './companions';
import { type Entry, rollListIn } from './roll-list';
import { type WhoComes, whoComes } from './who-comes';

export interface SignupReading extends Reading, WhoComes {
  intent: 'signup';
  /** Unnamed companions. */
  extra: number;
  /** Beside those already brought (再带两个); otherwise `extra` is their number. */
  more?: true;
  /** 不带人了. */
  alone?: true;
  /** The named member comes in the sender's place (罗青禾替我去). */
  instead?: true;
  /** The lines of a 接龙; then `names` are those of them who come. */
  list?: Entry[];
  status: 'attending' | 'tentative';
  note?: string;
}

const noteOf = (asked: Asked): string => without(asked.body, /[A-Za-z]-?\d{1,4}/, asked.document.lexicon.acts.sign_up_verbs, /[,。!]/g);

function readSignup(asked: Asked): SignupReading {
  const list = rollListIn(asked);
  if (list) return fromList(list);
  const who = inPlaceOf(asked, whoComes(asked, true));
  const note = noteOf(asked);
  const alone = comesAlone(asked);
  const extra = alone ? 0 : extraOf(asked, who.names);
  return {
    intent: 'signup',
    ...who,
    extra,
    ...(extra > 0 && bringsMore(asked) && { more: true as const }),
    ...(alone && { alone: true as const }),
    status: means(asked, 'tentative') ? 'tentative' : 'attending',
    ...(note.length > 1 && { note }),
  };
}

/** 罗青禾替我去: she instead of the sender; 我替周岚去: the sender instead of her. */
function inPlaceOf(asked: Asked, who: WhoComes): WhoComes & Pick<SignupReading, 'instead'> {
  const theirs = asked.document.lexicon.acts.comes_for.exec(asked.body)?.[1];
  if (theirs && who.names.includes(theirs))
    return { ...who, self: true, names: who.names.filter((name) => name !== theirs), leaving: [...(who.leaving ?? []), theirs] };
  return who.names.length > 0 && means(asked, 'for_me') ? { ...who, self: false, instead: true } : who;
}

function fromList({ activity, activity_date, entries }: NonNullable<ReturnType<typeof rollListIn>>): SignupReading {
  const coming = entries.filter(({ status }) => status !== 'away');
  const leaving = entries.filter(({ status, self }) => status === 'away' && !self).map(({ name }) => name);
  return {
    intent: 'signup',
    activity,
    activity_date,
    self: coming.some(({ self }) => self),
    names: coming.filter(({ self }) => !self).map(({ name }) => name),
    ...(leaving.length > 0 && { leaving }),
    missing: activity === null ? ['activity'] : [],
    extra: coming.reduce((sum, each) => sum + each.extra, 0),
    list: entries,
    status: 'attending',
  };
}

export const signUp = intent<SignupReading>('signup', {
  words: ['报名', '我要报名', '参加', '报名参加', '接龙', '报名接龙', '活动报名', '代报名', '帮报名', 'baoming', 'bm', '+1'],
  read: readSignup,
});
