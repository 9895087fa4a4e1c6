import { expect, it } from '@jest/globals';
import { createVocabularies } from '../../src/chat/vocabularies';
import { body, roster } from '../helpers/roster';

it('keeps one vocabulary per body for as long as its words and its members are called the same', async () => {
  const now = { names: roster.map(({ name }) => name), body };
  const vocabularyOf = createVocabularies({ body: async () => now.body, names: async () => now.names }, () => ['政协小助手']);
  const first = await vocabularyOf(body.id);
  expect(first.members).toContain('郑怀远');
  // Looked up again after a while: other objects, the same words.
  now.body = { ...body };
  now.names = [...now.names];
  expect(await vocabularyOf(body.id)).toBe(first);
  now.names = [...now.names, '潘榆函'];
  const second = await vocabularyOf(body.id);
  expect(second).not.toBe(first);
  expect(second.members).toContain('潘榆函');
});
