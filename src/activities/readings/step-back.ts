import { type Asked, datesOf, without } from '../../reader/asked';
import { intent } from '../../reader/intent';
import { readOut, saysIn } from '../../reader/means';
import type { Reading } from '../../reader/reading';
import { type WhoComes, whoComes } from './who-comes';

interface SteppingBack extends WhoComes {
  reason: string | null;
}

export interface SignupCancelReading extends Reading, SteppingBack {
  intent: 'signup_cancel';
  /** 撤了, and nothing else: of what was just spoken of, a record or an activity. */
  unnamed?: true;
}

const nothingElse = /^\s*(?:撤|退|划)[了掉]?[吧。! ]*$/;

export interface LeaveReading extends Reading, SteppingBack {
  intent: 'leave_request';
}

function steppingBack(asked: Asked): SteppingBack {
  const who = whoComes(asked, false);
  return { ...who, reason: reasonOf(asked, who) };
}

/** Why somebody cannot come: what is left when activity, names and courtesies are gone. */
function reasonOf(asked: Asked, { activity, names }: WhoComes): string | null {
  const said = readOut(asked.body, asked.document, 'because');
  if (said) return said.trim();
  const apart = clauseApart(asked, names);
  if (apart) return apart;
  const dates = datesOf(asked).reduce((out, d) => out.replace(asked.document.text.slice(d.start, d.end), ' '), asked.body);
  const rest = without(
    activity ? dates.replace(activity, ' ') : dates,
    /[A-Za-z]-?\d{1,4}|^ *\d{2,4}(?=[\s,。])/g,
    asked.document.lexicon.acts.stepping_back,
    /[\u4e00-\u9fff]{2,3}委员/g,
    asked.document.lexicon.acts.stray_words,
  );
  const reason = rest
    .split(/[,。;]/)
    .map((s) => s.trim())
    .find((s) => s.length >= 2 && !/^[我要想得就的了吧向]+$/.test(s));
  return reason ?? null;
}

/** 周岚、韩立舟明天去不了，都在外地出差: beside the clause that says who does not come, the one that says why. */
function clauseApart(asked: Asked, names: readonly string[]): string | null {
  const clauses = asked.body.split(/[,。;!]/).map((clause) => clause.trim());
  const away = clauses.findIndex((clause) => saysIn(clause, asked.document, 'says_away'));
  if (away < 0) return null;
  const left = clauses.filter((clause) => !saysIn(clause, asked.document, 'says_away') && !names.some((name) => clause.includes(name)));
  const why = left.find((clause) => clause.length >= 3 && !/^(?:谢|抱歉|不好意思|麻烦|[A-Za-z]-?\d|请)/.test(clause));
  return why ? why.replace(/^(?:都|我|因|这几天|那天|他们?|她们?)+|[了吧啊呢]+$/g, '') || null : null;
}

export const cancelSignUp = intent<SignupCancelReading>('signup_cancel', {
  words: [
    '取消报名',
    '退报',
    '撤报',
    '取消活动报名',
    '退出报名',
    '退出活动',
    '撤销报名',
    '退报名',
    '不参加',
    '退出',
    '取消参加',
    'quxiaobaoming',
  ],
  read: (asked) => ({
    intent: 'signup_cancel',
    ...steppingBack(asked),
    ...(nothingElse.test(asked.body) && { unnamed: true as const }),
  }),
});

export const requestLeave = intent<LeaveReading>('leave_request', {
  words: ['请假', '活动请假', '请个假', 'qingjia'],
  read: (asked) => ({ intent: 'leave_request', ...steppingBack(asked) }),
});
