import { describe, expect, it } from '@jest/globals';
import { loadVocabulary } from '../../config/load-vocabulary';
import type { RecordReading } from '../../src/contacts/readings';
import { createReader } from '../../src/reader';
import { intents } from '../../src/readings';

const reader = createReader(loadVocabulary(), intents);
const intentOf = (text: string): string => reader.read(`@政协小助手 ${text}`, { today: '2026-09-23' }).intent;

describe('an account that is not the sender’s own contact', () => {
  it.each([
    '张主任昨天去了马头村走访了9户',
    '李局长昨天在红柳社区座谈，来了30人',
    '他们说昨天那个座谈会来了40人',
    '对方说昨天已经走访过12户了',
    '别的界别昨天走访了60人',
    '许知夏委员昨天走访了红柳社区，见了12人',
    '教育局昨天到红柳社区调研，见了20名家长',
    '昨天去红柳社区的照片发群里了',
    '我爱人昨天去红柳社区做志愿者，服务12人',
    '请各位委员于9月30日前完成走访任务',
    '各位委员，请抓紧走访，每人至少一次',
    '如果我昨天走访了12人算不算完成',
    '马上去红柳社区走访',
    '我和红柳社区约好了周五座谈',
  ])('is not stored: %s', (text) => expect(intentOf(text)).not.toBe('record_contact'));

  it.each([
    '我昨天去了马头村走访了9户',
    '昨天陪张主任去了马头村走访，见了12人',
    '张主任昨天带我去了马头村，走访了9人',
    '和许知夏委员昨天一起走访了红柳社区，见了12人',
    '昨天到教育局座谈，见了20名家长',
    '帮我记一下，张大爷昨天来工作室反映低保停发',
    '昨天接待了张老师，反映职称问题',
    '上周约了6位企业家在启航机械厂座谈',
  ])('is stored when it is: %s', (text) => expect(intentOf(text)).toBe('record_contact'));
});

describe('a word about an activity', () => {
  it.each([
    ['重阳那个活动给我留俩位置', 'signup'],
    ['A23因雨取消，通知大家', 'activity_update'],
    ['A23我去不了，取消吧', 'signup_cancel'],
  ])('%s is read as %s', (text, intent) => expect(intentOf(text)).toBe(intent));

  it('counts 口子 as people', () =>
    expect(reader.read('/记录 走访 前儿 东湖里社区 老少爷们儿十来口子 停水', { today: '2026-09-23' })).toMatchObject({
      people: 10,
      people_approx: true,
    }));
});

it('one place and several days with their counts are several contacts there', () => {
  const reading = reader.read('/记录 走访 红柳社区 9/21 12人 9/22 8人', { today: '2026-09-23' });
  expect((reading as RecordReading).records?.map(({ date, place, people, missing }) => ({ date, place, people, missing }))).toEqual([
    { date: '2026-09-21', place: '红柳社区', people: 12, missing: [] },
    { date: '2026-09-22', place: '红柳社区', people: 8, missing: [] },
  ]);
});
