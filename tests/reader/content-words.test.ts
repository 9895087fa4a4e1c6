import { expect, test } from '@jest/globals';
import { loadVocabulary } from '../../config/load-vocabulary';
import { contentWords, recordContact } from '../../src/contacts/readings';
import { createReader } from '../../src/reader';
import { intents } from '../../src/readings';

const reader = createReader(loadVocabulary(), intents);
const readingOf = (text: string) => {
  const reading = reader.read(text, { today: '2026-09-23' });
  return recordContact.is(reading) ? reading : null;
};
const about = (text: string, record = 0): string | null => {
  const reading = readingOf(text);
  return reading && contentWords(reading, text, record);
};

test.each([
  ['/记录 走访 昨天下午 金穗街道东湖里社区 12人 物业收费', '物业收费'],
  ['/记录 课后托管 座谈 春晖小学 9月8日 家长12人', '课后托管'],
  ['／记录　走访　昨天　红柳社区　９人　楼道灯不亮，电梯老坏', '楼道灯不亮，电梯老坏'],
  ['@政协小助手 昨天和周岚委员一起去月牙湾社区走访，居民8人，反映煤气管道老化', '煤气管道老化'],
  ['@履职助手 那个昨儿个去了趟马头村 唠了唠低保的事吧 十来个人', '低保'],
  ['/记录\n方式：入户走访\n时间：2026年9月19日\n地点：月牙湾社区3号楼\n人数：7\n内容：反映暖气不热\n结果：已交社区办理', '暖气不热'],
  ['/记录 电话 今天 王师傅 13812345678 充电桩不够', '充电桩不够'],
  ['@政协小助手 昨天走访凤栖园小区12户居民，都说食堂不错', '食堂不错'],
  ['@政协小助手 昨天去红柳社区走访了12位居民，大家反映那个楼道灯老是坏了吧', '楼道灯老是坏'],
  ['@政协小助手 昨儿个走访了桃源沟村，见了七八个老乡，都说那个路太烂了，希望那个尽快修一修吧', '路太烂，希望尽快修一修'],
  ['@政协小助手 昨天电话联系困难户李建国13987654321，家里缺药，我已联系卫生院送药', '家里缺药'],
])('%s was about %s', (text, words) => expect(about(text)).toBe(words));

test.each(['/记录 走访 昨天 红柳社区 12人', '/记录 走访🏠 9.22 和平里社区 👥15 谢谢小助手🙏', '/报名 A23', '收到，谢谢张主任'])(
  '%s says nothing of what it was about',
  (text) => expect(about(text)).toBeNull(),
);

test('each contact of a message has its own words', () => {
  const text = '/记录 走访 昨天上午红柳社区8人谈物业收费 下午和平里社区11人谈停车难';
  expect([about(text, 0), about(text, 1), about(text, 2)]).toEqual(['物业收费', '停车难', null]);
});

test('praise is no demand, and a demand is told without what introduces it', () => {
  const demands = (text: string): unknown => readingOf(text)?.demands;
  expect(demands('@政协小助手 昨天走访凤栖园小区12位居民，都说食堂不错')).toBeUndefined();
  expect(demands('@政协小助手 昨天走访凤栖园小区12位居民，都说食堂不太好吃')).toEqual(['食堂不太好吃']);
  expect(demands('@政协小助手 昨天走访凤栖园小区12位居民，大家反映那个楼道灯不亮了吧')).toEqual(['楼道灯不亮']);
});

test('what was talked about comes from what was said, not from the names of places', () => {
  const topics = (text: string): unknown => readingOf(text)?.topics;
  expect(topics('/记录 走访 昨天 红柳社区 12人')).toEqual([]);
  expect(topics('/记录 走访 昨天 桃源沟村 12人')).toEqual([]);
  expect(topics('/记录 走访 昨天 红柳社区 12人 物业收费')).toEqual(['housing_property']);
  expect(topics('/记录 看望 昨天 敬老院 12人')).toEqual(['elderly_care']);
});
