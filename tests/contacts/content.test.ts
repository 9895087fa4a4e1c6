import { describe, expect, it } from '@jest/globals';
import { loadVocabulary } from '../../config/load-vocabulary';
import { contentOf } from '../../src/contacts/content';
import { recordContact } from '../../src/contacts/readings';
import { createReader } from '../../src/reader';
import { intents } from '../../src/readings';

const reader = createReader(loadVocabulary(), intents);

/** What the confirmation quotes of a line. */
function quoted(text: string, index = 0): string | null {
  const reading = reader.read(text, { today: '2026-09-23' });
  if (!recordContact.is(reading)) throw new Error(`${text} is read as ${reading.intent}`);
  return contentOf(text, reading, index);
}

describe('what a contact was about, quoted back in the member’s own words', () => {
  it.each([
    ['/记录 走访 昨天 红柳社区 12人 物业收费', '物业收费'],
    ['／记录　８人　春晖小学　座谈　９月１８日　课后托管', '课后托管'],
    ['/记录\n方式：入户走访\n时间：2026年9月19日\n地点：红柳社区\n人数：7\n内容：暖气不热\n结果：已交社区办理', '暖气不热'],
    ['@履职助手 昨天去月牙湾社区义诊，给老人量血压，一共35位', '给老人量血压'],
    ['@履职助手 今天用微信视频跟云川纺织厂的女工座谈，线上来了19位，聊托育班', '聊托育班'],
    ['/记录 📞 昨天 村医3名 药品配送慢😓', '药品配送慢'],
  ])('%s → %s', (text, words) => expect(quoted(text)).toBe(words));

  it.each(['/记录 走访 昨天 红柳社区 12人', '/记录 走访 昨天 红柳社区 12人 谢谢小助手🙏', '/记录 走访'])('%s → nothing', (text) =>
    expect(quoted(text)).toBeNull(),
  );

  it('is at most sixty characters and shows no telephone number', () => {
    expect(
      quoted(`/记录 走访 昨天 红柳社区 12人 ${'物业收费不透明'.repeat(3)} ${'停车位不够用'.repeat(4)} ${'路灯不亮'.repeat(6)}`),
    ).toHaveLength(60);
    expect(quoted('/记录 走访 昨天 红柳社区 12人 王大姐13812345678家低保停发') ?? '').not.toContain('13812345678');
  });
});
