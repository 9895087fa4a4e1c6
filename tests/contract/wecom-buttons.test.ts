import { afterEach, describe, expect, it } from '@jest/globals';
import { cardFor } from '../../packages/chat-simulator/cards';
import { startTown, type Town, userIdOf } from '../helpers/town';
import { until } from '../helpers/wait';

/** The whole product and a truly encrypted platform: an activity is announced in the work group and answered by buttons. */
describe.each([
  ['callback', {}],
  ['long connection', { longConnection: true }],
])('buttons of an announced activity, the bot by %s', (_way, options) => {
  let town: Town;
  afterEach(() => town.close());

  const withCard = () => town.simulator.groupMessages('wrALL').findLast((message) => message.card !== undefined);
  const press = async (name: string, label: string): Promise<string | null> =>
    (await town.simulator.press({ from: userIdOf(name), chat: 'wrALL', label })).answer;

  it('are a sentence of whoever presses: signed up once, seen by the presser, cancelled by the next button', async () => {
    town = await startTown('2026-09-21T10:11:00', options);
    await town.says('丁若梅', '/发起活动 妇联界别 9月26日上午9点 惠民养老院 重阳关爱 名额5');
    await until('the buttons are shown', () => withCard() !== undefined);
    const card = withCard()!;
    expect(card.card?.buttons.map(({ label }) => label)).toEqual(['报名', '看详情']);

    expect(await press('周岚', '报名')).toMatch(/^周岚委员，已为您报名A23/);
    expect(await press('周岚', '报名')).toMatch(/^周岚委员，您已报名A23/);
    expect(await press('周岚', '看详情')).toContain('还剩4人');
    expect(cardFor(card, userIdOf('周岚'))?.buttons.map(({ label }) => label)).toEqual(['报名', '取消报名']);
    expect(cardFor(card, userIdOf('丁若梅'))?.buttons.map(({ label }) => label)).toEqual(['报名', '看详情']);
    expect(await press('周岚', '取消报名')).toMatch(/^周岚委员，已为您取消A23/);
    expect(await press('丁若梅', '看详情')).toContain('还剩5人');
  });
});
