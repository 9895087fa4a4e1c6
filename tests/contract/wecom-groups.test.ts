import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Outgoing } from '../../src/delivery/outgoing';
import { lasting } from '../helpers/tempo';
import { type Door, openDoor } from '../helpers/wecom-door';
import { corpId, endScene, type HandClock, type Scene, groups as sceneGroups, secret, startScene } from './simulator-stand-in';

const key = 'a1b2c3d4-0000-4000-8000-000000000001';

/** The transport against the simulated platform: the ways into a group. */
describe('groups of WeCom', () => {
  let scene: Scene;
  let door: Door;
  let clock: HandClock;

  beforeEach(async () => {
    scene = await startScene({
      groups: [
        { ...sceneGroups[0]!, webhookKey: key },
        { chatId: 'wrOther', name: '没有推送的群', members: ['ZhouLan'] },
      ],
    });
    clock = scene.clock;
    door = await openDoor(clock, {
      apiBase: scene.simulator.apiBase,
      corpId,
      app: { token: 'anotherToken', aesKey: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG', agentId: '1000002', secret },
      limits: lasting,
      groupWebhooks: new Map([
        ['wrGroupA', key],
        ['wrRemoved', 'removed-0000-key'],
      ]),
    });
  });
  afterEach(async () => {
    await door.close();
    await endScene(scene);
  });

  const message = (chatId: string, more: Partial<Outgoing> = {}): Outgoing => ({
    body: 'yunchuan',
    platform: 'wecom',
    to: { chatId },
    format: 'text',
    text: '明天上午9点红柳社区协商议事',
    asked: true,
    ...more,
  });
  const send = (chatId: string, more: Partial<Outgoing> = {}) => door.wecom.sender.send(message(chatId, more));
  const shown = (chatId: string) => scene.simulator.groupMessages(chatId);

  it('are written to through their webhook, with real mentions of people and of nobody else', async () => {
    expect(await send('wrGroupA', { mentions: ['ZhouLan', '@all', 'ZhouLan', 'no id'] })).toEqual({ kind: 'sent' });
    expect(shown('wrGroupA')).toMatchObject([{ from: 'webhook', text: '明天上午9点红柳社区协商议事\n@ZhouLan' }]);
    expect(scene.simulator.calls.at(-1)).toMatchObject({ path: '/cgi-bin/webhook/send', query: { key: '***' } });
  });

  it('get long words whole in the larger kind, and no mention is cut off', async () => {
    const long = '联'.repeat(1_200);
    expect(await send('wrGroupA', { text: long, mentions: ['ZhouLan'] })).toEqual({ kind: 'sent' });
    expect(shown('wrGroupA')).toMatchObject([{ format: 'markdown', text: `${long}\n@ZhouLan` }]);
    await send('wrGroupA', { text: '联'.repeat(3_000), mentions: ['ZhouLan'] });
    expect(shown('wrGroupA').at(-1)?.text).toMatch(/^联+…\n@ZhouLan$/);
  });

  it('are not told what a member has written in as a mention', async () => {
    await send('wrGroupA', { text: `${'联'.repeat(700)}<@HanLiZhou> @all` });
    expect(shown('wrGroupA').at(-1)?.text).toMatch(/＜@HanLiZhou> ＠all$/);
  });

  it('hear twenty messages a minute each, the next ones later', async () => {
    for (let at = 0; at < 20; at += 1) expect((await send('wrGroupA')).kind).toBe('sent');
    expect(await send('wrGroupA')).toMatchObject({ kind: 'later', code: 'app pace' });
    expect(scene.simulator.calls.filter(({ path }) => path === '/cgi-bin/webhook/send')).toHaveLength(20);
  });

  it('have three outcomes: done, refused with its code, unknown', async () => {
    scene.simulator.faults.api('rate-limited', { path: 'webhook/send' });
    expect(await send('wrGroupA')).toMatchObject({ kind: 'later', code: '45009', afterMs: 60_000 });
    scene.simulator.faults.api('lost-after', { path: 'webhook/send' });
    expect(await send('wrGroupA')).toMatchObject({ kind: 'unknown' });
    expect(await send('wrRemoved')).toMatchObject({
      kind: 'refused',
      code: '93000',
      reason: expect.stringContaining('WECOM_GROUP_WEBHOOKS'),
    });
    expect(await send('wrOther')).toMatchObject({ kind: 'refused', code: 'no way to groups' });
  });

  it('are left in peace at :00 and :30, unless somebody asked', async () => {
    clock.moveTo(new Date('2026-09-18T02:30:10Z'));
    expect(await send('wrGroupA', { asked: false })).toMatchObject({ kind: 'later', code: 'quiet minute' });
    expect((await send('wrGroupA')).kind).toBe('sent');
  });

  it('say of themselves whether they can be reached', () => {
    const reached = ['wrGroupA', 'wrOther'].map((chatId) => door.wecom.sender.reachesGroup?.(chatId));
    expect(reached).toEqual([true, false]);
  });
});
