import { type Asked, without } from '../../reader/asked';
import { intent } from '../../reader/intent';
import type { Reading } from '../../reader/reading';
import { extraOf } from './companions';
import { type WhoComes, whoComes } from './who-comes';

export interface SignupReading extends Reading, WhoComes {
  intent: 'signup';
  /** Unnamed companions. */
  extra: number;
  status: 'attending' | 'tentative';
  note?: string;
}

const tentative =
  /占个?[坑位座]|占一?个|先[^,。]{0,6}留[个着]?[位名坑]?|能不能去|去不去|回头确认|可能|不一定|看情况|看单位|看时间|待定|暂定|争取|尽量|说不准|说不定|再定|再看|如果|要是|没准|不确定|未定|先报着|应该能|大概率|大概[能会去]|准信|到时候看|视情况|也许|看安排|先挂/;
const noteOf = (asked: Asked): string => without(asked.body, /[A-Za-z]-?\d{1,4}/, /报名|参加|我要?/g, /[,。!]/g);

function readSignup(asked: Asked): SignupReading {
  const who = whoComes(asked, true);
  const note = noteOf(asked);
  return {
    intent: 'signup',
    ...who,
    extra: extraOf(asked, who.names),
    status: tentative.test(asked.body) ? 'tentative' : 'attending',
    ...(note.length > 1 && { note }),
  };
}

export const signUp = intent<SignupReading>('signup', {
  words: ['报名', '我要报名', '参加', '报名参加', '接龙', '报名接龙', '活动报名', '代报名', '帮报名', 'baoming', 'bm', '+1'],
  read: readSignup,
});
