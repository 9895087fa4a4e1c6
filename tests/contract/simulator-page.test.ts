import { request } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { isWeekday, nextWorkingMorning, twoWeeksBeforeQuarterEnd } from '../../packages/chat-simulator/demo-time';
import { until } from '../helpers/wait';
import { endScene, type Scene, startScene } from './simulator-stand-in';

describe('the doors of the chat page', () => {
  let scene: Scene;
  beforeEach(async () => {
    scene = await startScene();
  });
  afterEach(() => endScene(scene));

  const post = (path: string, form: Record<string, string>, headers: Record<string, string> = {}) =>
    fetch(`${scene.simulator.url}${path}`, { method: 'POST', body: new URLSearchParams(form), headers });
  const line = (text: string) => ({ as: 'ZhouLan', chat: 'wrGroupA', text, mention: 'yes' });
  const said = () => scene.simulator.groupMessages('wrGroupA').length;

  it('carry a policy that lets nothing in from outside', async () => {
    const response = await fetch(scene.simulator.url);
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/unsafe|\*|data:|https?:/);
    const html = await response.text();
    expect(html).not.toMatch(/ style=| on[a-z]+=/);
    expect(
      [...html.matchAll(/(?:src|href)="([^"]*)"/g)].map((found) => found[1]).filter((address) => !/^[/#]/.test(address ?? '')),
    ).toEqual([]);
  });

  it('serve their own files under the hash of their content', async () => {
    const html = await (await fetch(scene.simulator.url)).text();
    const paths = [...html.matchAll(/"(\/assets\/[^"]+)"/g)].map((found) => found[1]);
    expect(paths).toHaveLength(3);
    for (const path of paths) {
      const response = await fetch(`${scene.simulator.url}${path}`);
      expect([response.status, response.headers.get('cache-control')]).toEqual([200, expect.stringContaining('immutable')]);
    }
  });

  it('stay shut for other web pages and for other host names', async () => {
    expect((await post('/say', line('从别处来'), { origin: 'https://example.com' })).status).toBe(403);
    expect(await statusFor(scene.simulator.url, 'evil.example.com')).toBe(403);
    expect(said()).toBe(0);
    // control: the same line from the page itself is taken
    expect((await post('/say', line('从本页来'), { origin: scene.simulator.url })).status).toBe(204);
    expect(await statusFor(scene.simulator.url, 'localhost:1234')).toBe(200);
    expect(said()).toBe(1);
  });

  it.each([
    ['nothing', { as: 'ZhouLan', chat: 'wrGroupA', text: '  ' }],
    ['somebody unknown', { as: 'Nobody', chat: 'wrGroupA', text: '在' }],
    ['an unknown chat', { as: 'ZhouLan', chat: 'wrOther', text: '在' }],
    ['a chat one is not in', { as: 'XuZhiXia', chat: 'wrGroupA', text: '在' }],
    ['more than a message holds', { as: 'ZhouLan', chat: 'wrGroupA', text: '长'.repeat(5_400) }],
    ['more than a form holds', { as: 'ZhouLan', chat: 'wrGroupA', text: 'x'.repeat(70_000) }],
  ])('refuse %s with a sentence', async (_name, form) => {
    const response = await post('/say', form);
    expect(response.status).toBe(400);
    expect(await response.text()).toMatch(/[\u4e00-\u9fff]+。$/);
    expect(said()).toBe(0);
  });

  it('refuse an unknown destination of the clock', async () => {
    expect((await post('/control/clock', { to: 'yesterday' })).status).toBe(400);
    expect((await post('/control/clock', { to: 'constructor' })).status).toBe(400);
  });

  it('show no tools for a clock that cannot be moved', async () => {
    await endScene(scene);
    const fixed = { now: () => new Date('2026-09-18T02:24:00Z') };
    scene = await startScene({ clock: fixed });
    expect(await (await fetch(scene.simulator.url)).text()).not.toContain('data-move');
    expect((await post('/control/clock', { to: 'quarter-end' })).status).toBe(400);
  });

  it('open something for an address that no longer exists', async () => {
    const html = await (await fetch(`${scene.simulator.url}/?as=%3Cscript%3E&chat=gone`)).text();
    // the featured convener, in a group of his
    expect(html).toContain('data-as="HanLiZhou" data-chat="wrGroupA"');
  });

  it('count as read what the open page shows, and nothing else', async () => {
    await scene.simulator.say({ from: 'HanLiZhou', chat: 'wrGroupA', text: '通知' });
    const badges = async (query: string) =>
      [...(await (await fetch(`${scene.simulator.url}/?${query}`)).text()).matchAll(/class="badge"/g)].length;
    // one in the list, one on the phone's button
    expect(await badges('as=ZhouLan&chat=private')).toBe(2);
    expect(await badges('as=ZhouLan&chat=wrGroupA')).toBe(0);
    expect(await badges('as=ZhouLan&chat=private')).toBe(0);
  });

  it('tell open pages of every change', async () => {
    const response = await fetch(`${scene.simulator.url}/events`);
    const reader = response.body!.getReader();
    let heard = '';
    const listening = (async () => {
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return;
        heard += Buffer.from(value).toString();
      }
    })();
    await until('the stream opens', () => heard.includes('retry'));
    expect(heard).not.toContain('data:');
    await scene.simulator.say({ from: 'HanLiZhou', chat: 'wrGroupA', text: '通知' });
    await until('the change is told', () => heard.includes('data: changed'));
    await reader.cancel();
    await listening;
  });
});

describe('the clock of the demonstration', () => {
  const calendar = { zone: 'Asia/Shanghai', isWorkingDay: isWeekday };
  const at = (local: string) => new Date(`${local}+08:00`);

  it.each([
    ['before the morning of a working day', '2026-09-18T08:00', '2026-09-18T09:31'],
    ['at that very minute', '2026-09-18T09:31', '2026-09-21T09:31'],
    ['on a Sunday', '2026-09-20T12:00', '2026-09-21T09:31'],
    ['just before midnight', '2026-12-31T23:59', '2027-01-01T09:31'],
  ])('goes to the next working morning %s', (_name, now, then) => {
    expect(nextWorkingMorning(at(now), calendar)).toEqual(at(then));
  });

  it('jumps over the days a calendar of its own calls free', () => {
    const holidays = { zone: 'Asia/Shanghai', isWorkingDay: (day: string) => day > '2026-10-07' };
    expect(nextWorkingMorning(at('2026-09-30T18:00'), holidays)).toEqual(at('2026-10-08T09:31'));
  });

  it.each([
    ['2026-09-01T10:00', '2026-09-16T09:31'],
    ['2026-09-16T09:31', '2026-12-17T09:31'],
    ['2026-12-20T10:00', '2027-03-17T09:31'],
  ])('goes from %s to two weeks before a quarter ends', (now, then) => {
    expect(twoWeeksBeforeQuarterEnd(at(now), calendar)).toEqual(at(then));
  });

  it('does not search for ever in a calendar without working days', () => {
    expect(() => nextWorkingMorning(at('2026-09-01T10:00'), { zone: 'Asia/Shanghai', isWorkingDay: () => false })).toThrow(
      'no working day',
    );
  });
});

/** Status of GET / when the browser believes it talks to `host`. */
function statusFor(url: string, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    request(url, { headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .on('error', reject)
      .end();
  });
}
