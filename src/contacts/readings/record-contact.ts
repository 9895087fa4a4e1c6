import { intent } from '../../reader/intent';
import { isPlan } from '../../reader/not-meant';
import { isExhortation, isNotice } from '../../reader/notice';
import type { RecordReading } from './contact-reading';
import { readRecords } from './contacts-told';
import { afterForThem, behalfWords, isForAnother, readForAnother } from './for-another';
import { isNotMine, isOtherMembers } from './not-mine';

/** 替周岚记: whose it is and nothing of a contact; an answer, where that was asked. */
const onlyWhose = /^是?[替帮代给][\u4e00-\u9fff·]{2,4}?(?:委员)?记[吧的了。.!]*$/;

export const recordContact = intent<RecordReading>('record_contact', {
  words: [
    '记录',
    '纪录',
    '记彔',
    '记录一下',
    '补录',
    '补记',
    '记',
    '记一下',
    '记一条',
    '登记',
    '录入',
    '联系记录',
    '走访记录',
    '履职记录',
    ...behalfWords,
    'jilu',
    'jl',
    'record',
    'bulu',
  ],
  looksBack: true,
  keeps: true,
  hasForm: true,
  read: (asked) =>
    behalfWords.includes(asked.command) ? readForAnother(asked) : readRecords(asked.document, afterForThem(asked), { terse: asked.slash }),
  /** With 记录 before it even a plan is answered as a record, one that is rejected. */
  notMeant({ document, section, body, command, commanded }, reading) {
    if (behalfWords.includes(command) && !isForAnother(reading)) return 'whose_record';
    if (commanded) return null;
    if (onlyWhose.test(body)) return 'unclear';
    if (isNotice({ body, document }) || isExhortation({ body, document })) return 'notice';
    if (isNotMine({ document, section, body }) || isOtherMembers({ document, section, body })) return 'not_mine';
    return reading.reject === 'future_date' && isPlan(document, section) ? 'plan' : null;
  },
});
