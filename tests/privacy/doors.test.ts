import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { everythingStored } from '../helpers/ledger';
import { startTown, type Town } from '../helpers/town';
import { mobileSpellings, onlyDigits, otherNumbers } from './spellings';

type Door = (number: string, nth: number) => readonly [name: string, line: string, quote?: string];

/** Every way in which words of a person come to be kept or sent on. */
const doors: Readonly<Record<string, Door>> = {
  'a record': (number, nth) => ['周岚', `/记录 走访 昨天 第${nth}社区 王大姐${number}家 1人 低保停发`],
  'a correction': (number) => ['周岚', `/更正 R1024 地点和平里社区，电话${number}`],
  'an activity’s title': (number, nth) => [
    '丁若梅',
    `/发起活动 妇联界别 10月${1 + (nth % 28)}日上午9点 惠民养老院 重阳关爱联系${number} 名额15`,
  ],
  'an activity’s place': (number, nth) => ['丁若梅', `/发起活动 妇联界别 10月${1 + (nth % 28)}日上午9点 惠民养老院${number} 义诊 名额15`],
  'the reason of a cancellation': (number) => ['周岚', `/取消报名 A23 家里老人病了，找我打${number}`],
  'a suggestion': (number) => ['周岚', `/建议 活动通知能不能早三天发，联系我${number}`],
  'a line nobody understands': (number) => ['周岚', `天气真好呀${number}呵呵`],
  'a quotation': (number) => ['周岚', '这条是什么意思', `王大姐${number}`],
};

describe('a number of a person stands in clear nowhere, at whichever door it came in', () => {
  let town: Town;
  const together = 3;
  let everything = '';
  const digits = (nth: number): string => `1398765${String(1_000 + nth)}`;
  const numbers = [
    ...Object.values(mobileSpellings).map((write, at) => (nth: number) => write(digits(at * 20 + nth))),
    ...otherNumbers.map((each) => () => each),
  ];
  const said: { door: string; number: string }[] = [];

  beforeAll(async () => {
    town = await startTown('2026-09-23T10:11:00');
    const answers: string[] = [];
    await town.says('周岚', '/记录 走访 昨天 红柳社区 12人 物业收费');
    for (let at = 0; at < numbers.length; at += together)
      for (const [nth, [door, line]] of Object.entries(doors).entries()) {
        const some = numbers.slice(at, at + together).map((write) => write(nth));
        const [name, text, quote] = line(some.join('和'), at);
        said.push(...some.map((number) => ({ door, number })));
        answers.push((await town.says(name, text, quote ? { quote } : {})) ?? '');
      }
    // What is sent stands in the outbox now; it is not delivered, since a member takes only so many in a minute.
    everything = onlyDigits(`${await everythingStored(town)}${answers.join('\n')}`);
  }, 300_000);
  afterAll(() => town.close());

  it.each(Object.keys(doors))('%s', (door) => {
    const clear = said.filter((each) => each.door === door && everything.includes(onlyDigits(each.number)));
    expect(clear.map(({ number }) => number)).toEqual([]);
  });

  it('while what was said beside the numbers is kept', async () => {
    const stored = await everythingStored(town);
    for (const words of ['低保停发', '重阳关爱', '惠民养老院', '活动通知能不能早三天发']) expect(stored).toContain(words);
    expect(stored).toContain('139****');
  });
});
