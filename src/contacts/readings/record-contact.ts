import { intent } from '../../reader/intent';
import { isPlan } from '../../reader/not-meant';
import type { RecordReading } from './contact-reading';
import { readRecords } from './contacts-told';
import { isNotMine } from './not-mine';

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
    'jilu',
    'jl',
    'record',
    'bulu',
  ],
  looksBack: true,
  keeps: true,
  hasForm: true,
  read: ({ document, section, slash }) => readRecords(document, section, { terse: slash }),
  /** With 记录 before it even a plan is answered as a record, one that is rejected. */
  notMeant({ document, section, body, commanded }, { reject }) {
    if (commanded) return null;
    if (isNotMine(body)) return 'not_mine';
    return reject === 'future_date' && isPlan(document, section) ? 'plan' : null;
  },
});
