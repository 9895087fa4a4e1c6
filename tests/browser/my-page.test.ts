import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { type PageTown, startPageTown } from '../helpers/page-town';
import { complaintsOf, launchChromium, phone } from './chromium';

let browser: Browser;
let town: PageTown;
const complaints: string[] = [];

/** A browser of its own at phone width. `inside`: it calls itself WeCom's; `strict`: it may complain of nothing. */
async function phonePage({ inside = false, strict = true } = {}): Promise<Page> {
  const context = await browser.newContext({
    viewport: phone,
    deviceScaleFactor: 2,
    ...(inside ? { userAgent: 'Mozilla/5.0 (iPhone) AppleWebKit wxwork/4.1.30 MicroMessenger/7.0.1' } : {}),
  });
  const page = await context.newPage();
  const said = complaintsOf(page);
  if (strict) page.on('close', () => complaints.push(...said));
  return page;
}

const signInByHand = async (page: Page, name: string): Promise<void> => {
  await page.goto(town.at('/me'));
  await page.getByRole('link', { name }).click();
};

describe('我的履职 on a phone', () => {
  beforeAll(async () => {
    browser = await launchChromium();
    town = await startPageTown('2026-12-10T10:00:00');
  });
  afterAll(async () => {
    await browser.close();
    await town.close();
    expect(town.faults).toEqual([]);
  });

  it('opens from the chat page for the person one plays, without a question', async () => {
    await town.simulator.say({ from: 'zhoulan', chat: 'wrALL', text: '/记录 走访 昨天 红柳社区 12人 物业收费' });
    const page = await phonePage();
    await page.goto(`${town.simulator.url}/?as=zhoulan&chat=wrALL`);
    await page.locator('[data-open-side]').click();
    const [mine] = await Promise.all([page.context().waitForEvent('page'), page.getByRole('link', { name: '打开我的履职' }).click()]);
    await mine.waitForURL('**/me');
    expect(await mine.locator('h1').innerText()).toBe('我的履职');
    expect(await mine.locator('.head').innerText()).toContain('周岚委员 · 教育界');
    expect(await mine.locator('.records').innerText()).toContain('12月9日 走访 红柳社区，联系界别群众12人次');
    expect(await mine.locator('.card').first().innerText()).toContain('已有 1 次');
    await page.close();
  });

  it('asks who it is in an ordinary browser, and lets one sign out', async () => {
    const page = await phonePage();
    await signInByHand(page, '许知夏');
    await page.waitForURL('**/me');
    expect(await page.locator('main').innerText()).toContain('还没有您的记录');
    await page.getByRole('button', { name: '退出登录' }).click();
    await page.waitForURL('**/sign-in?again=1');
    await page.goto(town.at('/me'));
    expect(page.url()).toContain('/wwlogin/sso/login');
    await page.close();
  });

  it('tells somebody whom the roster does not know', async () => {
    const page = await phonePage({ inside: true, strict: false });
    await signInByHand(page, '陌生人');
    expect(await page.locator('h1').innerText()).toBe('名册里还没有您');
    await page.close();
  });

  it('fits the phone, with words large enough to read and things large enough to touch', async () => {
    const page = await phonePage();
    await signInByHand(page, '周岚');
    await page.waitForURL('**/me');
    const measured = await page.evaluate(() => {
      const smallest = Math.min(
        ...[...document.querySelectorAll('main *')].map((node) => Number.parseFloat(getComputedStyle(node).fontSize)),
      );
      const low = [...document.querySelectorAll('a, button')].map((node) => node.getBoundingClientRect().height);
      return { overflow: document.documentElement.scrollWidth - window.innerWidth, smallest, lowest: Math.min(...low) };
    });
    expect(measured.overflow).toBeLessThanOrEqual(0);
    expect(measured.smallest).toBeGreaterThanOrEqual(18);
    expect(measured.lowest).toBeGreaterThanOrEqual(44);
    await page.close();
    expect(complaints).toEqual([]);
  });
});
