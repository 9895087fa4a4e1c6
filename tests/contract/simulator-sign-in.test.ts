import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Simulator } from '../../packages/chat-simulator';
import { type DingtalkSimulator, startDingtalkSimulator } from '../../packages/chat-simulator/dingtalk';
import { freePort } from '../../src/cli/free-port';
import type { House } from '../../src/cli/house';
import { ShiftableClock } from '../../src/foundation/clock';
import { Browser } from '../helpers/browser';
import { closeHouse, openHouse } from '../helpers/open-house';
import { pagesOnWecom } from '../helpers/page-town';
import { roster } from '../helpers/roster';
import { secrets, townSimulator } from '../helpers/town';

const dingtalkApp = {
  DINGTALK_CLIENT_ID: 'dingSIGNIN001',
  DINGTALK_CLIENT_SECRET: 'signInSecret-signInSecret-signIn',
  DINGTALK_CORP_ID: 'demoDINGSIGNIN',
  DINGTALK_ROBOT_NAME: '政协小助手',
};

describe('signing in over the simulated platforms', () => {
  let house: House;
  let wecom: Simulator;
  let dingtalk: DingtalkSimulator;
  let pages: string;
  const clock = new ShiftableClock();

  beforeAll(async () => {
    clock.moveTo(new Date('2026-09-23T10:11:00+08:00'));
    const port = await freePort();
    pages = `http://127.0.0.1:${port}`;
    wecom = await townSimulator(clock, () => pages);
    const { DINGTALK_CLIENT_ID: clientId, DINGTALK_CLIENT_SECRET: clientSecret, DINGTALK_CORP_ID: corpId } = dingtalkApp;
    const people = [
      { userId: 'dt-zhou', name: '周岚' },
      { userId: 'dt-stranger', name: '陌生人' },
    ];
    dingtalk = await startDingtalkSimulator({
      clock,
      corpId,
      clientId,
      clientSecret,
      robotName: '政协小助手',
      pages,
      webhook: pages,
      people,
      groups: [],
    });
    const base = dingtalk.apiBase;
    const ofDingtalk = {
      ...dingtalkApp,
      DINGTALK_API_BASE: base,
      DINGTALK_SESSION_BASE: base,
      DINGTALK_LOGIN_BASE: base,
      DINGTALK_JSAPI_URL: `${base}/dingtalk.open.js`,
    };
    const zhou = { ...roster[0]!, identities: [...roster[0]!.identities, { platform: 'dingtalk' as const, userId: 'dt-zhou' }] };
    const settings = { ...secrets, ...pagesOnWecom(wecom.apiBase, pages), ...ofDingtalk, PORT: String(port) };
    house = await openHouse({ settings, clock, members: [zhou, ...roster.slice(1)] });
  });
  afterAll(async () => {
    await closeHouse(house);
    await Promise.all([wecom.close(), dingtalk.close()]);
  });

  /** Follows every redirect, as a browser does; resolves with the last page. */
  async function follow(who: Browser, path: string) {
    let page = await who.get(path);
    for (let hops = 0; page.to !== '' && hops < 10; hops += 1) page = await who.get(new URL(page.to, pages).toString());
    return page;
  }

  it.each(['wecom', 'dingtalk'] as const)('leads whoever opens the app in the %s client to their own page', async (platform) => {
    const who = new Browser(pages);
    const entry = platform === 'wecom' ? `${wecom.url}/open-mine?as=zhoulan` : `${dingtalk.apiBase}/open-mine?as=dt-zhou`;
    expect((await follow(who, entry)).text).toContain('周岚委员 · 教育界');
  });

  it.each(['wecom', 'dingtalk'] as const)('asks on the page of %s who it is, and turns strangers away politely', async (platform) => {
    const who = new Browser(pages);
    const choice = await follow(who, `/sign-in/${platform}?to=%2Fme`);
    const link = /href="(\?[^"]*as=[^"&]*stranger)"/.exec(choice.text)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const login = platform === 'wecom' ? `${wecom.url}/wwlogin/sso/login` : `${dingtalk.apiBase}/oauth2/auth`;
    const told = await follow(who, `${login}${link}`);
    expect([told.status, told.text]).toEqual([403, expect.stringContaining('名册里还没有您')]);
  });

  it('hands the code over by the client’s script inside DingTalk, once', async () => {
    const inside = new Browser(pages, { 'user-agent': 'AliApp(DingTalk/7.6.0)' });
    const page = await follow(inside, `${dingtalk.apiBase}/open-mine?as=dt-zhou`);
    const state = /name="state" value="([0-9a-f]{32})"/.exec(page.text)?.[1] ?? '';
    const script = await inside.get(`${dingtalk.apiBase}/dingtalk.open.js`);
    const code = /code: "([^"]+)"/.exec(script.text)?.[1] ?? '';
    expect((await inside.post('/sign-in/dingtalk/by-script', { state, code }, { origin: pages })).to).toBe('/me');
    expect((await inside.get('/me')).text).toContain('周岚委员');
    const again = new Browser(pages, { 'user-agent': 'AliApp(DingTalk/7.6.0)' });
    const other = /name="state" value="([0-9a-f]{32})"/.exec((await again.get('/sign-in/dingtalk')).text)?.[1] ?? '';
    expect((await again.post('/sign-in/dingtalk/by-script', { state: other, code }, { origin: pages })).status).toBe(400);
  });

  it('refuses what the real pages refuse: another app, another host, another kind', async () => {
    const who = new Browser(pages);
    const sent = new URL((await who.get('/sign-in/wecom')).to);
    for (const [name, value] of [
      ['appid', 'demoOTHER'],
      ['agentid', '7'],
      ['redirect_uri', 'https://evil.example/x'],
      ['login_type', 'x'],
      ['state', 'a-b'],
    ]) {
      const changed = new URL(sent);
      changed.searchParams.set(name!, value!);
      expect((await who.get(changed.toString())).status).toBe(400);
    }
    const asked = new URL((await who.get('/sign-in/dingtalk')).to);
    for (const [name, value] of [
      ['client_id', 'x'],
      ['redirect_uri', 'https://evil.example/x'],
      ['scope', 'x'],
    ]) {
      const changed = new URL(asked);
      changed.searchParams.set(name!, value!);
      expect((await who.get(changed.toString())).status).toBe(400);
    }
    expect((await who.get(sent.toString())).status).toBe(200);
  });

  it('lets a code grow old after five minutes', async () => {
    const who = new Browser(pages);
    const sent = (await who.get('/sign-in/wecom')).to;
    const back = (await who.get(`${sent}&as=zhoulan`)).to;
    clock.moveTo(new Date(clock.now().getTime() + 301_000));
    expect((await who.get(back)).status).toBe(400);
  });
});
