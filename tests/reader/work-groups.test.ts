import { describe, expect, it } from '@jest/globals';
import { loadVocabulary } from '../../config/load-vocabulary';
import { createReader } from '../../src/reader';
import { intents } from '../../src/readings';

const reader = createReader(loadVocabulary(), intents);
const today = '2026-09-23';
const read = (text: string) => reader.read(text, { today });

describe('a work group is bound', () => {
  it.each([
    ['/绑定', []],
    ['／绑定教育界别', ['教育界别']],
    ['/绑定 全体委员', ['全体委员']],
    ['/绑定 教育、科技，文艺；工商联', ['教育', '科技', '文艺', '工商联']],
    ['@政协小助手 /绑定 教育', ['教育']],
    ['@政协小助手\u2005绑定：教育界别', ['教育界别']],
    ['@政协小助手 绑定 教育 科技', ['教育', '科技']],
    ['@政协小助手 绑定', []],
  ])('%s', (text, scopes) => expect(read(text)).toEqual({ intent: 'bind_group', scopes }));

  it('in a private chat without slash or mention too', () =>
    expect(reader.read('绑定 教育界别', { today, chat: 'private' })).toEqual({ intent: 'bind_group', scopes: ['教育界别'] }));
});

it.each(['/解绑', '/解除绑定', '@政协小助手 解绑', '@政协小助手 解除绑定 谢谢'])('a work group is unbound: %s', (text) =>
  expect(read(text)).toEqual({ intent: 'unbind_group' }),
);

it.each(['/群信息', '／群编号', '@政协小助手 群信息', '@政协小助手 本群编号是多少？', '@政协小助手 查一下这个群的ID'])(
  'a work group is looked at: %s',
  (text) => expect(read(text)).toEqual({ intent: 'group_info' }),
);

it.each(['@政协小助手 昨天在社区群信息栏走访 12人', '@政协小助手 群信息化建设座谈 昨天 红柳社区 12人'])('not the group: %s', (text) =>
  expect(read(text).intent).not.toBe('group_info'),
);

it.each([
  '绑定 教育界别',
  '@政协小助手 昨天去绑定村走访 12人',
  '@政协小助手 绑定手机的事怎么办',
  `/绑定 ${'长'.repeat(201)}`,
  `@政协小助手 绑定 ${'长'.repeat(201)}`,
  '/帮定 教育界别',
  '/街坊',
])('neither: %s', (text) => expect(read(text).intent).not.toMatch(/bind_group/));

it('a line that begins otherwise is what it was', () =>
  expect(read('@政协小助手 昨天去绑定村走访 12人')).toMatchObject({ intent: 'record_contact', people: 12 }));
