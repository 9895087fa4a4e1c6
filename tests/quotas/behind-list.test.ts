import { describe, expect, it } from '@jest/globals';
import { quotaTexts } from '../../src/quotas/texts';

const names = Array.from({ length: 25 }, (_, at) => ({ name: `委员${at + 1}`, lines: [] }));
const about = { who: '全体委员', today: '2026-11-25', span: null };
const parts = [
  { name: '教育界', count: 15 },
  { name: '经济界', count: 10 },
];

describe('who is behind, when they are many', () => {
  it('is counted by sector first, twenty are named, and the page has the rest', () => {
    const said = quotaTexts.behind(about, names, { parts, page: 'https://lxq.example/behind' }).split('\n');
    expect(said[0]).toBe('全体委员待提醒25位（仅您可见，请勿转发群内）：');
    expect(said[1]).toBe('教育界15位、经济界10位。');
    expect(said.slice(2, -1)).toHaveLength(20);
    expect(said.at(-1)).toBe('还有5位没有列出，全部名单在网页上看：lxq.example/behind');
  });

  it('is asked for by sector where there is no page', () => {
    const said = quotaTexts.behind(about, names, { parts, page: null });
    expect(said.split('\n').at(-1)).toBe('还有5位没有列出，可以按界别问，例如“教育界谁还没完成”。');
  });

  it('is said whole when they are few', () => {
    expect(quotaTexts.behind(about, names.slice(0, 20), { parts, page: null }).split('\n')).toHaveLength(21);
  });
});
