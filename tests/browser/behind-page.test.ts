import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { type PageTown, startPageTown } from '../helpers/page-town';
import { complaintsOf, launchChromium, phone } from './chromium';

describe('the page of who is behind, on a phone', () => {
  let browser: Browser;
  let town: PageTown;
  beforeAll(async () => {
    browser = await launchChromium();
    town = await startPageTown('2026-10-14T10:24:00');
    await town.simulator.say({ from: 'zhoulan', chat: 'private', text: '/记录 走访 昨天 红柳社区 60人' });
  });
  afterAll(async () => {
    await browser.close();
    await town.close();
  });

  async function seenBy(name: string) {
    const context = await browser.newContext({ viewport: phone, deviceScaleFactor: 2 });
    const page = await context.newPage();
    const complaints = complaintsOf(page);
    await page.goto(town.at('/me'));
    await page.getByRole('link', { name }).click();
    await page.waitForURL('**/me');
    const status = (await page.goto(town.at('/behind')))?.status();
    const text = await page.locator('main').innerText();
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    await context.close();
    return { status, text, wide, complaints };
  }

  it('names all of them by sector to the office, the own sector to a convener, nobody to a member', async () => {
    const office = await seenBy('高文正');
    expect(office.text).toContain('教育界 1 位');
    expect(office.text).toContain('许知夏');
    expect(office.text).not.toContain('周岚');
    expect(office.wide).toBeLessThanOrEqual(0);
    expect(office.complaints).toEqual([]);
    const convener = await seenBy('何静姝');
    expect(convener.text).toContain('教育界 1 位');
    expect(convener.text).not.toContain('许知夏');
    expect((await seenBy('许知夏')).status).toBe(403);
  });
});
