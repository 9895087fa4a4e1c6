import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { loadVocabulary } from '../../config/load-vocabulary';
import { createReader, type Reading } from '../../src/reader';
import { createNormaliser } from '../../src/reader/normalise';
import { intents } from '../../src/readings';

const vocabulary = loadVocabulary();
const reader = createReader(vocabulary, intents);
const normalise = createNormaliser(vocabulary);
const today = '2026-09-23';

const unspanned = (reading: Reading): unknown => {
  const { spans: _, ...fields } = reading;
  return Object.fromEntries(
    Object.entries(fields).map(([field, value]) => [
      field,
      Array.isArray(value) ? value.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)) : value,
    ]),
  );
};

test('a line made uniform twice is the same as once', () => {
  const hard = fc.constantFrom(...Array.from('／　１２人\u200b\u2005：，。“”①⑫👥🏠📞記錄區～—〜\n\t\r ａＢ@＠'), '👨‍👩‍👧', '\u2028');
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: hard }), fc.string({ unit: 'grapheme' })), (raw) => {
      const once = normalise(raw).text;
      expect(normalise(once).text).toBe(once);
    }),
    { numRuns: 2000 },
  );
});

test('every character of a uniform line points into the line as sent, in order', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (raw) => {
      const { text, at } = normalise(raw);
      expect(at.length).toBe(text.length + 1);
      for (let i = 1; i < at.length; i++) expect(at[i]).toBeGreaterThanOrEqual(at[i - 1] ?? 0);
      expect(at[at.length - 1]).toBe(raw.length);
    }),
  );
});

const slots = fc.record({
  mode: fc.constantFrom('走访', '座谈', '调研', '入户', '宣讲', '接待', '视察'),
  date: fc.constantFrom('昨天', '前天上午', '9月12日', '上周三', '9.18', '9月5日至7日', '9月', '前几天'),
  where: fc.constantFrom('红柳社区', '桃源沟村', '启航机械厂', '春晖小学', '金穗街道东湖里社区', '惠民养老院', '北街早市'),
  people: fc.constantFrom('12人', '居民9人', '二十余人', '7户15人', '近80人', '3位老人', '家长23+老师6'),
  about: fc.constantFrom('物业收费', '停车难', '楼道灯不亮', '低保认定', '课后服务'),
});

test('the order of the slots of a terse line does not matter', () => {
  const order = fc.shuffledSubarray(['mode', 'date', 'where', 'people', 'about'] as const, { minLength: 5, maxLength: 5 });
  fc.assert(
    fc.property(slots, order, (values, names) => {
      const line = (keys: readonly (keyof typeof values)[]): string => `/记录 ${keys.map((key) => values[key]).join(' ')}`;
      const straight = reader.read(line(['mode', 'date', 'where', 'people', 'about']), { today });
      expect(unspanned(reader.read(line(names), { today }))).toEqual(unspanned(straight));
    }),
    { numRuns: 2000 },
  );
});

test('the separator of the slots does not matter', () => {
  fc.assert(
    fc.property(slots, fc.constantFrom('　', '  ', '，', ', ', '\n', ' \u2005', '；'), ({ mode, date, where, people, about }, gap) => {
      const parts = [mode, date, where, people, about];
      const straight = reader.read(`/记录 ${parts.join(' ')}`, { today });
      expect(unspanned(reader.read(`/记录 ${parts.join(gap)}`, { today }))).toEqual(unspanned(straight));
    }),
    { numRuns: 1000 },
  );
});

const chatter = fc.constantFrom(
  '收到',
  '谢谢',
  '辛苦了',
  '好的',
  '各位委员下午好',
  '👍👍',
  '今天太累了',
  '走访的照片发我一份',
  '明天座谈几点',
  '群里报一下',
  '哈哈',
);

test('chatter stores nothing, however much of it there is', () => {
  fc.assert(
    fc.property(fc.array(chatter, { minLength: 1, maxLength: 6 }), fc.constantFrom(' ', '，', '\n', ''), (words, gap) => {
      expect(reader.read(words.join(gap), { today }).intent).toBe('none');
    }),
    { numRuns: 1000 },
  );
});

test('courtesies after a record change nothing in it', () => {
  const thanks = fc.constantFrom('谢谢', '辛苦了', '谢谢小助手🙏', '麻烦了', '👍', '多谢！');
  fc.assert(
    fc.property(slots, thanks, ({ mode, date, where, people, about }, said) => {
      const line = `/记录 ${mode} ${date} ${where} ${people} ${about}`;
      expect(unspanned(reader.read(`${line} ${said}`, { today }))).toEqual(unspanned(reader.read(line, { today })));
    }),
    { numRuns: 1000 },
  );
});

test('a record that is not addressed to the bot is none, whatever it says', () => {
  fc.assert(
    fc.property(slots, ({ mode, date, where, people, about }) => {
      expect(reader.read(`${date}${mode}${where}${people}，${about}`, { today }).intent).toBe('none');
    }),
  );
});

test('a day to come is never stored', () => {
  const future = fc.constantFrom('明天', '后天下午', '下周三', '9月30日'.replace('9', '2026年9'), '大后天', '下个月5号', '2026-10-08');
  fc.assert(
    fc.property(slots, future, ({ mode, where, people }, date) => {
      expect(reader.read(`/记录 ${mode} ${date} ${where} ${people}`, { today })).toMatchObject({ reject: 'future_date' });
    }),
    { numRuns: 500 },
  );
});

test('any text at all is read without an error, and its spans lie inside it', () => {
  const words = fc.constantFrom(
    '/记录',
    '@政协小助手',
    '走访',
    '昨天',
    '12人',
    '红柳社区',
    '不是',
    '是',
    'A23',
    '家',
    '到',
    '、',
    '9月',
    '号',
    '+',
    '每户',
    '\n',
    '：',
    '委员',
    '李大爷',
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.array(words, { maxLength: 20 }).map((w) => w.join('')),
        fc.string({ unit: 'grapheme' }),
      ),
      (text) => {
        const reading = reader.read(text, { today });
        for (const [start, end] of Object.values(reading.spans ?? {}) as [number, number][]) {
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeLessThanOrEqual(text.length);
          expect(start).toBeLessThanOrEqual(end);
        }
      },
    ),
    { numRuns: 2000 },
  );
});
