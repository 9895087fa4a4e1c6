import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { corpId, endScene, ok, type Scene, sealedReply, secret, startScene, stream } from '../contract/simulator-stand-in';
import { until } from '../helpers/wait';
import { complaintsOf, conversationOn, desktop, launchChromium, phone, typeLine } from './chromium';

let browser: Browser;
let scene: Scene;
let page: Page;
let complaints: string[];

beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());
beforeEach(async () => {
  scene = await startScene({ title: '政协云川市委员会' });
  page = await browser.newPage({ viewport: desktop });
  complaints = complaintsOf(page);
});
afterEach(async () => {
  await page.close();
  await endScene(scene);
});

const open = (as: string, chat: string, on = page) => on.goto(`${scene.simulator.url}/?${new URLSearchParams({ as, chat }).toString()}`);
const botSays = (content: string): void => {
  scene.webhook.onBot = ({ nonce, message }) => ok(message.msgtype === 'event' ? '' : sealedReply(nonce, stream(content, message.msgid)));
};
const arrivedTexts = (): string[] =>
  scene.webhook.arrived
    .filter(({ message }) => message.msgtype === 'text')
    .map(({ message }) => (message['text'] as { content: string }).content);
const remind = async (touser: string, content: string): Promise<void> => {
  const given = await fetch(`${scene.simulator.apiBase}/cgi-bin/gettoken?corpid=${corpId}&corpsecret=${secret}`);
  const { access_token: token } = (await given.json()) as { access_token: string };
  const body = JSON.stringify({ touser, agentid: 1000002, msgtype: 'text', text: { content } });
  await fetch(`${scene.simulator.apiBase}/cgi-bin/message/send?access_token=${token}`, { method: 'POST', body });
};

describe('in a group', () => {
  it('sends a typed line with Enter and shows what the bot answers', async () => {
    botSays('已为您记录 **R1024**\n- 红柳社区\n- 12人次');
    await open('ZhouLan', 'wrGroupA');
    await typeLine(page, '/记录 走访 红柳社区 12人');
    await page.locator('#log strong', { hasText: 'R1024' }).waitFor();
    expect(await conversationOn(page)).toEqual([
      '周岚: @政协小助手 /记录 走访 红柳社区 12人',
      '政协小助手: 已为您记录 R1024\n\n红柳社区\n\n12人次',
    ]);
    expect(await page.locator('#text').inputValue()).toBe('');
    expect(arrivedTexts()).toEqual(['@政协小助手 /记录 走访 红柳社区 12人']);
    expect(complaints).toEqual([]);
  });

  it('shows markup of any kind as words, never as elements', async () => {
    const hostile = '<img src=x onerror="document.title=1"><b>粗</b> [点](javascript:alert(1)) <script>alert(2)</script>';
    botSays(hostile);
    await open('ZhouLan', 'wrGroupA');
    await typeLine(page, hostile);
    await page.locator('#log [data-from="bot"]').waitFor();
    expect(await conversationOn(page)).toEqual([`周岚: @政协小助手 ${hostile}`, `政协小助手: ${hostile}`]);
    expect(await page.locator('#log img, #log b, #log script, #log a').count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  it('leaves the bot out when the mention is switched off', async () => {
    await open('ZhouLan', 'wrGroupA');
    await page.locator('.at').click();
    await typeLine(page, '大家好');
    await page.locator('#log .words', { hasText: '大家好' }).waitFor();
    expect(scene.webhook.arrived).toHaveLength(0);
    // control: switched on again, the next line arrives
    await page.locator('.at').click();
    await typeLine(page, '/帮助');
    await until('the mentioned line arrives', () => arrivedTexts().length > 0);
    expect(arrivedTexts()).toEqual(['@政协小助手 /帮助']);
  });

  it('shows at once what somebody else says elsewhere', async () => {
    await open('ZhouLan', 'wrGroupA');
    const other = await browser.newPage({ viewport: phone });
    await open('HanLiZhou', 'wrGroupA', other);
    await typeLine(other, '明天义诊，欢迎报名');
    await page.locator('#log .words', { hasText: '欢迎报名' }).waitFor();
    expect(await conversationOn(page)).toEqual(['韩立舟: @政协小助手 明天义诊，欢迎报名']);
    await other.close();
  });

  it('says so when the assistant cannot be reached', async () => {
    scene.webhook.onBot = () => ({ status: 503, body: '' });
    await open('ZhouLan', 'wrGroupA');
    await typeLine(page, '/进度');
    await page.locator('#log .note').waitFor();
    expect(await page.locator('#log .note').innerText()).toContain('小助手没有收到');
  });

  it('says so when the assistant answered as no client accepts it', async () => {
    scene.webhook.onBot = () => ok('success');
    await open('ZhouLan', 'wrGroupA');
    await typeLine(page, '/进度');
    await page.locator('#log .note', { hasText: '没有显示' }).waitFor();
    // control: silence is allowed, and nobody remarks on it
    scene.webhook.onBot = () => ok();
    await typeLine(page, '谢谢');
    await until('the thanks arrive', () => arrivedTexts().length === 2);
    expect(await page.locator('#log .note').count()).toBe(1);
  });

  it('quotes an answer of the bot', async () => {
    botSays('已为您记录 R1024');
    await open('ZhouLan', 'wrGroupA');
    await typeLine(page, '/记录 走访');
    await page.locator('#log [data-quote]').click();
    await typeLine(page, '更正 15人');
    await until('the correction arrives', () => arrivedTexts().length === 2);
    expect(scene.webhook.arrived[1]?.message['quote']).toEqual({ msgtype: 'text', text: { content: '已为您记录 R1024' } });
    // the quote is used once
    await typeLine(page, '/进度');
    await until('the third line arrives', () => arrivedTexts().length === 3);
    expect(scene.webhook.arrived[2]?.message['quote']).toBeUndefined();
  });
});

describe('in private', () => {
  it('announces a reminder with a badge at once, and drops the badge when it is read', async () => {
    await open('ZhouLan', 'wrGroupA');
    expect(await page.locator('#chats .badge').count()).toBe(0);
    await remind('ZhouLan', '温馨提示：尚待开展1次。\n本提示仅您可见。');
    const mine = page.locator('#chats [data-kind="bot"]');
    await mine.locator('.badge', { hasText: '1' }).waitFor();
    await mine.click();
    await page.locator('#log [data-from="app"]').waitFor();
    expect(await conversationOn(page)).toEqual(['连心桥: 温馨提示：尚待开展1次。\n\n本提示仅您可见。']);
    expect(await page.locator('#chats .badge').count()).toBe(0);
  });

  it('shows whose private chat has news, and becomes that person on a click', async () => {
    await open('ZhouLan', 'wrGroupA');
    await remind('XuZhiXia', '温馨提示');
    await page.locator('#chats [data-kind="person"]', { hasText: '许知夏' }).click();
    await page.locator('#log [data-from="app"]').waitFor();
    expect(await page.locator('.me .row-name').innerText()).toBe('许知夏');
    // control: the reminder is in nobody else's chat
    await open('HanLiZhou', 'private');
    expect(await conversationOn(page)).toEqual([]);
  });

  it('greets on the first opening of the day as the bot does', async () => {
    scene.webhook.onBot = ({ nonce }) => ok(sealedReply(nonce, { msgtype: 'text', text: { content: '周岚委员，您好' } }));
    await open('ZhouLan', 'private');
    await page.locator('#log .words', { hasText: '您好' }).waitFor();
  });
});

describe('for every hand', () => {
  it('lets one choose among everybody by typing a name, with the keyboard alone', async () => {
    await open('ZhouLan', 'wrGroupA');
    await page.locator('.side [data-open-chooser]').focus();
    await page.keyboard.press('Enter');
    await page.keyboard.type('韩立');
    expect(await page.locator('#everybody li:visible').allInnerTexts()).toEqual([expect.stringContaining('韩立舟')]);
    await page.keyboard.press('Enter');
    await page.locator('.me .row-name', { hasText: '韩立舟' }).waitFor();
  });

  it('fills the line with an example on a tap, without sending it', async () => {
    await open('ZhouLan', 'wrGroupA');
    const example = page.locator('.example').nth(2);
    await example.click();
    expect(await page.locator('#text').inputValue()).toBe(await example.innerText());
    expect(scene.webhook.arrived).toHaveLength(0);
    await page.keyboard.press('Enter');
    await until('the example arrives', () => arrivedTexts().length === 1);
  });

  it('does not send when Enter only ends a word of an input method', async () => {
    await open('ZhouLan', 'wrGroupA');
    await page.locator('#text').fill('走访');
    const press = (isComposing: boolean) =>
      page.locator('#text').evaluate((field, composing) => {
        field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', isComposing: composing, bubbles: true, cancelable: true }));
      }, isComposing);
    await press(true);
    expect(await page.locator('#text').inputValue()).toBe('走访');
    // control: a plain Enter sends
    await press(false);
    await page.locator('#log .message').waitFor();
  });

  it('is readable on a phone: nothing sticks out, no small letters, no small buttons', async () => {
    await page.setViewportSize(phone);
    await remind('ZhouLan', '温馨提示');
    botSays('已为您记录：9月17日 走访 红柳社区，联系界别群众12人次。');
    await open('ZhouLan', 'wrGroupA');
    await typeLine(page, '/记录 走访 昨天 红柳社区 12人 一个没有空格的很长很长很长很长很长很长很长很长的词');
    await page.locator('#log [data-from="bot"]').waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(phone.width);
    expect(await smallLetters(page)).toEqual([]);
    await page.locator('.to-chats .badge', { hasText: '1' }).waitFor();
    await page.locator('.to-chats').click();
    expect(await smallLetters(page)).toEqual([]);
    expect(await smallTargets(page)).toEqual([]);
    await page.locator('#chats [data-kind="bot"]').click();
    await page.locator('#log .words', { hasText: '温馨提示' }).waitFor();
  });
});

describe('the tools of the demonstration', () => {
  it('move the clock to the next working morning and show where it stands', async () => {
    await open('ZhouLan', 'wrGroupA');
    expect(await page.locator('#clock').innerText()).toBe('2026年9月18日 星期五 10:24');
    await page.locator('[data-move="next-working-day"]').click();
    await page.locator('#clock', { hasText: '2026年9月21日 星期一 09:31' }).waitFor();
    expect(scene.clock.now().toISOString()).toBe('2026-09-21T01:31:00.000Z');
    await page.locator('[data-move="quarter-end"]').click();
    await page.locator('#clock', { hasText: '2026年12月17日 星期四 09:31' }).waitFor();
    await page.locator('[data-move="half-an-hour"]').click();
    await page.locator('#clock', { hasText: '2026年12月17日 星期四 10:01' }).waitFor();
  });
});

/** Visible words set smaller than 16 px. */
const smallLetters = (on: Page): Promise<string[]> =>
  on.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('body *')]
      .filter(
        (element) => element.checkVisibility() && [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim()),
      )
      .filter((element) => Number.parseFloat(getComputedStyle(element).fontSize) < 16)
      .map((element) => `${element.className}: ${element.innerText}`),
  );

/** Visible buttons and links of the page's frame that are lower than 44 px; words inside a bubble are no targets. */
const smallTargets = (on: Page): Promise<string[]> =>
  on.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('button, .row')]
      .filter((element) => element.checkVisibility({ visibilityProperty: true }) && element.getBoundingClientRect().height < 44)
      .map((element) => element.innerText),
  );
