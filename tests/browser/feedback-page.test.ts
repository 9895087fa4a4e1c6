import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { type PageTown, startPageTown } from '../helpers/page-town';
import { body } from '../helpers/roster';
import { complaintsOf, launchChromium, phone } from './chromium';

describe('the office’s page of suggestions and complaints, on a phone', () => {
  let browser: Browser;
  let town: PageTown;

  beforeAll(async () => {
    browser = await launchChromium();
    town = await startPageTown('2026-12-10T10:24:00');
    await town.simulator.say({ from: 'zhoulan', chat: 'private', text: '/建议 活动通知能不能早三天发' });
    await town.simulator.say({ from: 'xuzhixia', chat: 'private', text: '/投诉 <b>表格</b>太多' });
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

  it('is found from the own page, lists what waits, takes an answer, and tells whoever asked', async () => {
    const { page, complaints } = await signedIn('高文正');
    await page.getByRole('link', { name: '建议和投诉' }).click();
    await page.waitForURL('**/feedback');
    expect(await page.locator('main').innerText()).toContain('待答复 2 件');
    expect(await page.locator('main').innerText()).toContain('<b>表格</b>太多');
    const first = page.locator('.card').first();
    await first.getByLabel('答复 J1').fill('已经安排，下周起提前三天通知');
    await first.getByRole('button', { name: '答复并告诉本人' }).click();
    await page.waitForURL('**/feedback');
    expect(await page.locator('main').innerText()).toContain('待答复 1 件');
    expect(await page.locator('main').innerText()).toContain('答复：已经安排，下周起提前三天通知');
    await town.house.app.outbox.deliverDue(body.id);
    expect(town.simulator.privateMessages('zhoulan').map(({ text }) => text)).toContain(
      '您的建议（J1：活动通知能不能早三天发）有答复了：已经安排，下周起提前三天通知',
    );
    const fits = await page.evaluate(() => ({
      overflow: document.documentElement.scrollWidth - window.innerWidth,
      lowest: Math.min(...[...document.querySelectorAll('a, button, textarea')].map((node) => node.getBoundingClientRect().height)),
    }));
    expect(fits.overflow).toBeLessThanOrEqual(0);
    expect(fits.lowest).toBeGreaterThanOrEqual(44);
    expect(complaints).toEqual([]);
    if (process.env['SCREENSHOTS']) await page.screenshot({ path: `${process.env['SCREENSHOTS']}/feedback.png`, fullPage: true });
    await page.context().close();
  });

  it('is neither shown nor open to a member, nor is its form', async () => {
    const { page } = await signedIn('周岚');
    expect(await page.getByRole('link', { name: '建议和投诉' }).count()).toBe(0);
    const opened = await page.goto(town.at('/feedback'));
    expect([opened?.status(), await page.locator('h1').innerText()]).toEqual([403, '这一页您看不了']);
    const posted = await page.request.post(town.at('/feedback/answer'), { form: { id: 'J2', text: '不用填了', once: 'x' } });
    expect(posted.status()).toBe(403);
    expect((await town.house.app.features.feedback.service.open(body.id)).all).toBe(1);
    await page.context().close();
  });

  it('takes no form of another site, and answers once when a form is sent twice', async () => {
    const { page } = await signedIn('高文正');
    const form = { id: 'J2', text: '下月起减一张', once: 'once-only' };
    const foreign = await page.request.post(town.at('/feedback/answer'), { form, headers: { origin: 'https://evil.example' } });
    expect(foreign.status()).toBe(403);
    for (let time = 0; time < 2; time += 1)
      await page.request.post(town.at('/feedback/answer'), { form, headers: { origin: town.at('') } });
    const found = await town.house.app.features.feedback.service.answered(body.id, 5);
    expect(found.find(({ id }) => id === 'J2')?.answers).toHaveLength(1);
    await page.context().close();
  });
});
