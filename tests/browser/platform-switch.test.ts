import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { endScene, ok, type Scene, sealedReply, startScene, stream } from '../contract/simulator-stand-in';
import { type DingtalkScene, StandInRobot, startDingtalkScene } from '../helpers/dingtalk-stage';
import { complaintsOf, conversationOn, desktop, launchChromium, phone, typeLine } from './chromium';

const people = [{ userId: 'ZhouLan', name: '周岚', note: '教育界' }];
let browser: Browser;
let robot: StandInRobot;
let dingtalk: DingtalkScene;
let wecom: Scene;

beforeAll(async () => {
  browser = await launchChromium();
  robot = new StandInRobot();
  robot.answer = () => ({ text: JSON.stringify({ msgtype: 'text', text: { content: '钉钉里记下了' } }) });
  const groups = [{ chatId: 'cidA==', name: '教育界别群', members: ['ZhouLan'] }];
  dingtalk = await startDingtalkScene({ webhook: await robot.start(), people, groups });
  wecom = await startScene({}, dingtalk.simulator.onPage);
  wecom.webhook.onBot = ({ nonce, message }) =>
    ok(message.msgtype === 'event' ? '' : sealedReply(nonce, stream('企业微信里记下了', message.msgid)));
});
afterAll(async () => {
  await browser.close();
  await endScene(wecom);
  await dingtalk.close();
  await robot.stop();
});

const answered = (page: Page, words: string) => page.locator('#log [data-from="bot"] .words', { hasText: words }).waitFor();

it('shows the same person and group on either platform, and keeps what is said apart', async () => {
  const page = await browser.newPage({ viewport: desktop });
  const complaints = complaintsOf(page);
  await page.goto(`${wecom.simulator.url}/?as=ZhouLan&chat=wrGroupA`);
  await typeLine(page, '/记录 走访');
  await answered(page, '企业微信里记下了');

  await page.locator('.platforms a', { hasText: '钉钉' }).click();
  await page.locator('body.on-dingtalk').waitFor();
  expect(await page.locator('.head h2').innerText()).toBe('教育界别群');
  expect(await conversationOn(page)).toEqual([]);
  await typeLine(page, '/进度');
  await answered(page, '钉钉里记下了');
  expect(await conversationOn(page)).toEqual(['周岚: @政协小助手 /进度', '政协小助手: 钉钉里记下了']);
  expect(await page.locator('.platforms [aria-current]').innerText()).toContain('钉钉');

  await page.locator('.platforms a', { hasText: '企业微信' }).click();
  await page.locator('body.on-wecom').waitFor();
  expect(await conversationOn(page)).toEqual(['周岚: @政协小助手 /记录 走访', '政协小助手: 企业微信里记下了']);
  expect([...complaints, ...wecom.faults, ...dingtalk.faults]).toEqual([]);
  await page.close();
});

it('can be switched on a phone, where each half of the switch is large enough for a thumb', async () => {
  const page = await browser.newPage({ viewport: phone });
  await page.goto(`${wecom.simulator.url}/?as=ZhouLan&chat=private`);
  await page.locator('[data-open-side]').click();
  const other = page.locator('.platforms a', { hasText: '钉钉' });
  const box = await other.boundingBox();
  expect(box?.height).toBeGreaterThanOrEqual(44);
  await other.click();
  await page.locator('body.on-dingtalk').waitFor();
  expect(await page.locator('.head-platform').innerText()).toBe('钉钉');
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
  await page.close();
});

it('offers no choice where one platform is played', async () => {
  const alone = await startScene();
  const page = await browser.newPage({ viewport: desktop });
  await page.goto(`${alone.simulator.url}/?as=ZhouLan&chat=wrGroupA`);
  expect(await page.locator('.platforms').count()).toBe(0);
  expect(await page.locator('#composer').count()).toBe(1);
  await page.close();
  await endScene(alone);
});
