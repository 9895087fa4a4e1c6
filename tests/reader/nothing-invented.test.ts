import { expect, test } from '@jest/globals';
import { loadVocabulary } from '../../config/load-vocabulary';
import type { ContactReading } from '../../src/contacts/readings';
import { createReader } from '../../src/reader';
import { intents } from '../../src/readings';

const reader = createReader(loadVocabulary(), intents);
const read = (text: string) => reader.read(text, { today: '2026-11-11' }) as unknown as ContactReading;

test.each([
  ['/记录 座谈 昨天 清溪社区 茶话会 居民12人', 'agriculture_rural'],
  ['/记录 座谈 昨天 清溪社区 结果不错 居民12人', 'agriculture_rural'],
  ['/记录 走访 昨天 清溪社区 各种意见 8人', 'agriculture_rural'],
  ['/记录 座谈 昨天 清溪社区 一起喝茶 居民12人', 'agriculture_rural'],
])('%s is not about %s', (text, topic) => expect(read(text).topics).not.toContain(topic));

test.each([
  ['/记录 走访 昨天 柳林村 村民8人 茶叶卖不出去', 'agriculture_rural'],
  ['/记录 走访 昨天 清溪社区 居民8人 果树修剪', 'agriculture_rural'],
  ['/记录 座谈 昨天 柳林村 村民8人 苹果滞销', 'agriculture_rural'],
])('%s is about %s', (text, topic) => expect(read(text).topics).toContain(topic));

test.each([
  '/记录 宣讲 昨天 云峰中学 家长30人 讲了讲招生政策',
  '/记录 宣讲 昨天 清溪社区 讲解医保政策 居民30人',
  '@政协小助手 昨天给清溪社区30位居民讲了反诈知识',
])('%s brings no demand of constituents', (text) => {
  expect(read(text).services).not.toContain('reflect_demands');
  expect(read(text).demands ?? []).toEqual([]);
});

test.each(['/记录 座谈 昨天 清溪社区 居民9人 居民讲物业费太高', '/记录 走访 昨天 清溪社区 居民9人 反映停车难'])('%s does', (text) =>
  expect(read(text).services).toContain('reflect_demands'),
);

test.each([
  '@政协小助手 昨天约了5位企业家在凤鸣工业园座谈',
  '/记录 电话 昨天 联系了王师傅',
  '/记录 走访 昨天 清溪社区 居民9人 停车难',
  '/记录 座谈 昨天 凤鸣工业园 和企业约好 8人',
])('%s says of no result', (text) => expect(read(text).results).toEqual([]));

test.each([
  '/记录 走访 昨天 清溪社区 居民8人 楼道灯不亮 已联系物业',
  '/记录 走访 昨天 清溪社区 居民8人 楼道灯不亮，联系了街道办',
  '/记录 走访 昨天 清溪社区 居民8人 水管漏水，正在协调',
])('%s says that it is seen to', (text) => expect(read(text).results).toContain('coordinating'));
