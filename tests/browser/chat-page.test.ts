import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { type PageTown, startPageTown } from '../helpers/page-town';
import { body, roster } from '../helpers/roster';
import { userIdOf } from '../helpers/town';
import { until } from '../helpers/wait';
import { complaintsOf, conversationOn, desktop, launchChromium, phone, typeLine } from './chromium';

let browser: Browser;
let town: PageTown;
const complaints: string[] = [];

beforeAll(async () => {
  browser = await launchChromium();
  town = await startPageTown('2026-12-10T10:00:00', { works: true });
});
afterAll(async () => {
  await browser.close();
  await town.close();
});

async function pageOf(name: string, viewport = desktop): Promise<Page> {
  const page = await browser.newPage({ viewport });
  page.setDefaultTimeout(15_000);
  const heard = complaintsOf(page);
  page.on('close', () => complaints.push(...heard));
  await page.goto(`${town.simulator.url}/?as=${userIdOf(name)}&chat=wrALL`);
  return page;
}

const idOf = (name: string): string => roster.find((member) => member.name === name)!.id;
const answer = (page: Page, words: RegExp) => page.locator('#log [data-from="bot"] .words', { hasText: words });

describe('an afternoon in the work group', () => {
  it('one person records, another signs up, and a reminder arrives in private', async () => {
    const [convener, recorder, guest] = [await pageOf('何静姝'), await pageOf('周岚'), await pageOf('许知夏', phone)];

    await typeLine(convener, '/发起活动 岁末关爱 12月26日上午9点 惠民养老院 名额15 截止12月24日18点');
    await answer(convener, /已发起活动A\d+/).waitFor();
    const activity = /A\d+/.exec(await answer(convener, /已发起活动/).innerText())?.[0] ?? '';

    await typeLine(recorder, '/记录 座谈 昨天 红柳社区 60人 物业收费');
    await answer(recorder, /已为您记录.*12月9日.*红柳社区.*60人次/).waitFor();

    await typeLine(guest, `/报名 ${activity}`);
    await answer(guest, new RegExp(`已为您报名${activity}`)).waitFor();
    // everybody in the group sees all of it
    await answer(convener, new RegExp(`已为您报名${activity}`)).waitFor();
    expect((await conversationOn(guest)).filter((line) => line.startsWith('政协小助手'))).toHaveLength(3);

    await recorder.locator('[data-move="quarter-end"]').click();
    await recorder.locator('#clock', { hasText: '2026年12月17日 星期四' }).waitFor();
    // reminders are spread over half an hour, so that they are no burst
    await until(
      'the reminder is planned',
      async () => (await town.house.app.outbox.history(body.id, idOf('许知夏'), 'reminder')).length > 0,
    );
    await recorder.locator('[data-move="half-an-hour"]').click();
    await guest.locator('.to-chats .badge').waitFor();
    await guest.locator('.to-chats').click();
    await guest.locator('#chats [data-kind="bot"]').click();
    await guest.locator('#log [data-from="app"] .words', { hasText: '本提示仅您可见' }).waitFor();

    // the member who is done hears nothing, and nobody is named in the group
    await recorder.locator('#chats [data-kind="person"]', { hasText: '许知夏' }).waitFor();
    expect(await recorder.locator('#chats [data-kind="bot"] .badge').count()).toBe(0);
    expect(town.simulator.groupMessages('wrALL').filter((message) => message.text.includes('尚待'))).toEqual([]);
    for (const page of [convener, recorder, guest]) await page.close();
    expect([...complaints, ...town.faults]).toEqual([]);
  });
});
