import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { endScene, ok, type Scene, sealedReply, startScene, stream } from '../contract/simulator-stand-in';
import { complaintsOf, desktop, launchChromium, phone } from './chromium';

const card = (text?: string) => ({
  card_type: 'button_interaction',
  main_title: { title: '重阳关爱' },
  ...(text ? { sub_title_text: text } : {}),
  button_list: [
    { text: '报名', style: 1, key: 'k1' },
    { text: '看详情', style: 2, key: 'k2' },
  ],
  task_id: 't1',
});

describe('buttons on the chat page', () => {
  let browser: Browser;
  let scene: Scene;
  beforeAll(async () => {
    browser = await launchChromium();
    scene = await startScene();
    scene.webhook.onBot = ({ nonce, message }) => {
      const update = { response_type: 'update_template_card', userids: ['ZhouLan'], template_card: card('已为您报名') };
      const answer = { ...(stream('已发起活动') as object), msgtype: 'stream_with_template_card', template_card: card() };
      return ok(sealedReply(nonce, message.msgtype === 'event' ? update : answer));
    };
    await scene.simulator.say({ from: 'HanLiZhou', chat: 'wrGroupA', text: '发起活动' });
  });
  afterAll(async () => {
    await browser.close();
    await endScene(scene);
  });

  it.each([
    ['an office screen', desktop],
    ['a phone', phone],
  ])('are pressed on %s, large enough for a thumb, and the card answers the presser alone', async (_where, viewport) => {
    const page = await browser.newPage({ viewport });
    const complaints = complaintsOf(page);
    await page.goto(`${scene.simulator.url}/?as=ZhouLan&chat=wrGroupA`);
    const button = page.getByRole('button', { name: '报名', exact: true });
    expect((await button.boundingBox())?.height).toBeGreaterThanOrEqual(44);
    await button.focus();
    await page.keyboard.press('Enter');
    await page.getByText('已为您报名').waitFor();
    await page.goto(`${scene.simulator.url}/?as=HanLiZhou&chat=wrGroupA`);
    await page.locator('#log').getByText('已发起活动').waitFor();
    expect(await page.getByText('已为您报名').count()).toBe(0);
    expect(complaints).toEqual([]);
    await page.close();
  });
});
