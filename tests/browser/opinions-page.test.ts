import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { type PageTown, startPageTown } from '../helpers/page-town';
import { complaintsOf, launchChromium, phone } from './chromium';

describe('the office’s page of what members told for opinion reports and proposals, on a phone', () => {
  let browser: Browser;
  let town: PageTown;

  beforeAll(async () => {
    browser = await launchChromium();
    town = await startPageTown('2026-10-14T10:24:00');
    await town.simulator.say({ from: 'zhoulan', chat: 'private', text: '/社情民意 <b>校门口</b>放学时太堵，建议错峰放学' });
    await town.simulator.say({ from: 'xuzhixia', chat: 'private', text: '/提案线索 老旧小区加装电梯，联系13987650004' });
    await town.simulator.say({ from: 'gaowenzheng', chat: 'private', text: 'M1 市里单篇采用了' });
  });
  afterAll(async () => {
    await browser.close();
    await town.close();
  });

  async function signedIn(name: string): Promise<{ page: Page; complaints: string[] }> {
    const context = await browser.newContext({ viewport: phone, deviceScaleFactor: 2 });
    const page = await context.newPage();
    const complaints = complaintsOf(page);
    await page.goto(town.at('/me'));
    await page.getByRole('link', { name }).click();
    await page.waitForURL('**/me');
    return { page, complaints };
  }

  it('lists them newest first with who told them and what the office added, numbers hidden', async () => {
    const { page, complaints } = await signedIn('高文正');
    await page.getByRole('link', { name: '社情民意和提案线索' }).click();
    await page.waitForURL('**/opinions');
    const shown = await page.locator('.card').allInnerTexts();
    expect(shown[0]).toContain('M2 提案线索');
    expect(shown[0]).toContain('许知夏 · 10月14日');
    expect(shown[0]).toContain('139****0004');
    expect(shown[1]).toContain('<b>校门口</b>放学时太堵');
    expect(shown[1]).toContain('机关补记：市里单篇采用了');
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
    expect(complaints).toEqual([]);
    if (process.env['SCREENSHOTS']) await page.screenshot({ path: `${process.env['SCREENSHOTS']}/opinions.png`, fullPage: true });
    await page.context().close();
  });

  it('is closed to a member, who finds the own ones on the own page', async () => {
    const { page } = await signedIn('周岚');
    expect(await page.locator('main').innerText()).toContain('M1 社情民意');
    expect(await page.locator('main').innerText()).not.toContain('M2');
    expect(await page.getByRole('link', { name: '社情民意和提案线索' }).count()).toBe(0);
    expect((await page.goto(town.at('/opinions')))?.status()).toBe(403);
    if (process.env['SCREENSHOTS']) {
      await page.goto(town.at('/me'));
      await page.screenshot({ path: `${process.env['SCREENSHOTS']}/me.png`, fullPage: true });
    }
    await page.context().close();
  });
});
