import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { House } from '../../src/cli/house';
import { consoleTexts } from '../../src/console/texts';
import { ShiftableClock } from '../../src/foundation/clock';
import { Browser } from '../helpers/browser';
import { type DingtalkApi, startDingtalkApi } from '../helpers/dingtalk-api';
import { dingtalkSecrets } from '../helpers/dingtalk-town';
import { closeHouse, openHouse } from '../helpers/open-house';
import { body, roster } from '../helpers/roster';
import { secrets } from '../helpers/town';
import { startWecomApi, type WecomApi } from '../helpers/wecom-api';

const publicUrl = 'https://lxq.example.test';
const userInfo = '/cgi-bin/auth/getuserinfo';
const { trouble } = consoleTexts;

describe('signing in to one’s own page', () => {
  let house: House;
  let wecom: WecomApi;
  let dingtalk: DingtalkApi;
  const clock = new ShiftableClock();
  const browser = (headers: Record<string, string> = {}): Browser => new Browser(`http://127.0.0.1:${house.web?.port}`, headers);
  const later = (ms: number): void => clock.moveTo(new Date(clock.now().getTime() + ms));
  const stateIn = (address: string): string => new URL(address).searchParams.get('state') ?? '';

  beforeAll(async () => {
    clock.moveTo(new Date('2026-09-23T10:11:00+08:00'));
    [wecom, dingtalk] = await Promise.all([startWecomApi(), startDingtalkApi()]);
    const bases = { WECOM_API_BASE: wecom.url, DINGTALK_API_BASE: dingtalk.url, DINGTALK_SESSION_BASE: dingtalk.url };
    const both = { ...roster[2]!, identities: [...roster[2]!.identities, { platform: 'dingtalk' as const, userId: 'dt-xu' }] };
    const settings = { ...secrets, ...dingtalkSecrets, ...bases, PUBLIC_URL: publicUrl };
    house = await openHouse({ settings, clock, members: [roster[0]!, both, roster[12]!] });
  });
  afterAll(async () => {
    await closeHouse(house);
    await Promise.all([wecom.close(), dingtalk.close()]);
  });
  beforeEach(() => {
    wecom.script[userInfo] = [{ errcode: 0, userid: 'ZhouLan' }];
    for (const path of Object.keys(dingtalk.script)) delete dingtalk.script[path];
  });

  /** Signs in up to the platform's page; resolves with the state it was sent there with. */
  async function begin(who: Browser, path = '/sign-in/wecom?to=%2Fme'): Promise<string> {
    const sent = await who.get(path);
    expect(sent.status).toBe(302);
    return stateIn(sent.to);
  }

  async function signedIn(): Promise<Browser> {
    const who = browser();
    const state = await begin(who);
    expect(await who.get(`/sign-in/wecom/callback?code=c1&state=${state}`)).toMatchObject({ status: 302, to: '/me' });
    return who;
  }

  it('leads from the page over WeCom back to the page, with a cookie no script can read and no other site can use', async () => {
    const who = browser();
    expect(await who.get('/me')).toMatchObject({ status: 302, to: '/sign-in?to=%2Fme' });
    const choice = await who.get('/sign-in?to=%2Fme');
    expect([choice.status, choice.text]).toEqual([200, expect.stringContaining(consoleTexts.signIn.dingtalk)]);
    const sent = await who.get('/sign-in/wecom?to=%2Fme');
    const asked = new URL(sent.to);
    expect(`${asked.origin}${asked.pathname}`).toBe('https://login.work.weixin.qq.com/wwlogin/sso/login');
    expect(Object.fromEntries(asked.searchParams)).toEqual({
      login_type: 'CorpApp',
      appid: secrets.WECOM_CORP_ID,
      agentid: secrets.WECOM_APP_AGENT_ID,
      redirect_uri: `${publicUrl}/sign-in/wecom/callback`,
      state: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
    const back = await who.get(`/sign-in/wecom/callback?code=c1&state=${stateIn(sent.to)}&appid=x`);
    expect([back.status, back.to]).toEqual([302, '/me']);
    const session = back.setCookies.find((line) => line.startsWith('__Host-lxq-session='));
    for (const part of [/; path=\/(;|$)/, /; secure/, /; httponly/, /; samesite=lax/]) expect(session).toMatch(part);
    const page = await who.get('/me');
    expect(page.status).toBe(200);
    expect(page.text).toContain('周岚委员 · 教育界');
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
  });

  it('asks WeCom silently inside its client', async () => {
    const inside = browser({ 'user-agent': 'Mozilla/5.0 (iPhone) wxwork/4.1.30 MicroMessenger/7.0.1' });
    expect((await inside.get('/sign-in?to=%2Fme')).to).toBe('/sign-in/wecom?to=%2Fme');
    const sent = new URL((await inside.get('/sign-in/wecom?to=%2Fme')).to);
    expect([sent.origin + sent.pathname, sent.hash]).toEqual(['https://open.weixin.qq.com/connect/oauth2/authorize', '#wechat_redirect']);
    expect(sent.searchParams.get('scope')).toBe('snsapi_base');
  });

  it('shows everybody the own work only', async () => {
    const who = await signedIn();
    const context = { platform: 'wecom', channel: 'app', body: body.id, chat: { kind: 'private', id: 'p' } } as const;
    await house.app.inbox.receive({ ...context, eventId: 'e1', senderId: 'zhoulan', text: '/记录 走访 昨天 红柳社区 12人 物业收费' });
    await house.app.inbox.receive({ ...context, eventId: 'e2', senderId: 'xuzhixia', text: '/记录 座谈 昨天 和平里社区 9人' });
    const { text } = await who.get('/me');
    expect(text).toContain('9月22日 走访 红柳社区，联系界别群众12人次');
    expect(text).not.toContain('和平里社区');
    expect(text).toContain('本季度联系活动');
    expect(text).toMatch(/还差 38 人次/);
  });

  it('leads nowhere but to pages of its own, whatever was asked', async () => {
    for (const to of [
      'https://evil.example',
      '//evil.example',
      '/\\evil.example',
      '/me@evil.example',
      'javascript:alert(1)',
      '/healthz',
      '%2F%2Fevil',
    ]) {
      const who = browser();
      const state = await begin(who, `/sign-in/wecom?${new URLSearchParams({ to }).toString()}`);
      expect(await who.get(`/sign-in/wecom/callback?code=c1&state=${state}`)).toMatchObject({ status: 302, to: '/me' });
      expect((await who.get(`/sign-in?to=${encodeURIComponent(to)}`)).text).not.toContain('evil');
    }
  });

  it('refuses a state that is missing, foreign, used, altered, too old, or of the other platform, and asks WeCom nothing', async () => {
    const [mine, other] = [browser(), browser()];
    const state = await begin(mine);
    const foreign = await begin(other);
    const asked = wecom.of(userInfo).length;
    const refused = async (who: Browser, path: string): Promise<void> => {
      const page = await who.get(path);
      expect([page.status, page.text]).toEqual([400, expect.stringContaining(trouble.expired.text)]);
      expect(page.setCookies.some((line) => line.includes('session=') && !line.includes('session=;'))).toBe(false);
    };
    await refused(browser(), `/sign-in/wecom/callback?code=c1&state=${state}`);
    await refused(mine, `/sign-in/wecom/callback?code=c1&state=${foreign}`);
    await refused(mine, '/sign-in/wecom/callback?code=c1');
    await refused(mine, `/sign-in/wecom/callback?code=c1&state=${state}&state=${state}`);
    await refused(mine, `/sign-in/wecom/callback?code=c1&state=${state.slice(0, -1)}`);
    await refused(mine, `/sign-in/dingtalk/callback?code=c1&state=${state}`);
    later(601_000);
    await refused(mine, `/sign-in/wecom/callback?code=c1&state=${state}`);
    expect(wecom.of(userInfo)).toHaveLength(asked);
  });

  it('takes a state once, even when the browser’s cookie is played back with it', async () => {
    const who = browser();
    const state = await begin(who);
    const kept = new Map(who.cookies);
    expect((await who.get(`/sign-in/wecom/callback?code=c1&state=${state}`)).status).toBe(302);
    const replay = browser();
    for (const [name, value] of kept) replay.cookies.set(name, value);
    expect((await replay.get(`/sign-in/wecom/callback?code=c2&state=${state}`)).status).toBe(400);
    expect((await replay.get('/me')).status).toBe(302);
    const twice = browser();
    const again = await begin(twice);
    const pages = await Promise.all([1, 2, 3].map(() => twice.get(`/sign-in/wecom/callback?code=c1&state=${again}`)));
    expect(pages.filter(({ status }) => status === 302)).toHaveLength(1);
  });

  it.each([
    ['a code that was used', [{ errcode: 40029, errmsg: 'invalid code' }], 400, trouble.expired],
    ['somebody of the roster of no body', [{ errcode: 0, userid: 'stranger' }], 403, trouble.unknown],
    ['somebody who is no member of the company', [{ errcode: 0, openid: 'o123' }], 403, trouble.unknown],
    ['an answer without anybody', [{ errcode: 0 }], 403, trouble.unknown],
    ['a platform that is busy', [{ errcode: -1, errmsg: 'busy' }], 503, trouble.unavailable],
    ['an address that is not trusted', [{ errcode: 60020, errmsg: 'not allow to access from your ip' }], 503, trouble.unavailable],
    ['a broken platform', [{ httpStatus: 502 }], 503, trouble.unavailable],
  ])('says politely what is the matter: %s', async (_what, answers, status, { title, text }) => {
    wecom.script[userInfo] = answers;
    const who = browser();
    const state = await begin(who);
    const page = await who.get(`/sign-in/wecom/callback?code=c1&state=${state}`);
    expect([page.status, page.text]).toEqual([status, expect.stringContaining(text)]);
    expect(page.text).toContain(title);
    expect((await who.get('/me')).status).toBe(302);
  });

  it('asks WeCom no more than a few times about codes that lead to nobody, whatever address is made up, and says so', async () => {
    wecom.script[userInfo] = [{ errcode: 40029, errmsg: 'invalid code' }];
    const asked = wecom.of(userInfo).length;
    const guess = async (address: string): Promise<number> => {
      const who = browser({ 'x-forwarded-for': `198.51.100.${wecom.calls.length % 250}, ${address}` });
      const state = await begin(who);
      return (await who.get(`/sign-in/wecom/callback?code=guess&state=${state}`)).status;
    };
    const statuses: number[] = [];
    for (let n = 0; n < 60; n += 1) statuses.push(await guess('203.0.113.9'));
    expect(wecom.of(userInfo).length - asked).toBe(30);
    expect(statuses.slice(30)).toEqual(Array.from({ length: 30 }, () => 429));
    // Somebody elsewhere can sign in, and the guesser too when some time has passed.
    wecom.script[userInfo] = [{ errcode: 0, userid: 'ZhouLan' }];
    expect(await guess('203.0.113.10')).toBe(302);
    later(601_000);
    expect(await guess('203.0.113.9')).toBe(302);
  });

  it('tries a few codes under one state, however often the browser’s cookie is played back', async () => {
    wecom.script[userInfo] = [{ errcode: 40029, errmsg: 'invalid code' }];
    const who = browser({ 'x-forwarded-for': '203.0.113.20' });
    const state = await begin(who);
    const kept = new Map(who.cookies);
    const asked = wecom.of(userInfo).length;
    for (let n = 0; n < 10; n += 1) {
      for (const [name, value] of kept) who.cookies.set(name, value);
      await who.get(`/sign-in/wecom/callback?code=guess${n}&state=${state}`);
    }
    expect(wecom.of(userInfo).length - asked).toBe(3);
  });

  it('asks whoever loads pages without end to slow down, and nobody else', async () => {
    const hasty = browser({ 'x-forwarded-for': '203.0.113.30' });
    const statuses: number[] = [];
    for (let n = 0; n < 610; n += 1) statuses.push((await hasty.get('/sign-in?again=1')).status);
    expect([statuses[599], statuses[600], statuses.at(-1)]).toEqual([200, 429, 429]);
    expect((await hasty.get('/sign-in?again=1')).text).toContain(trouble.tooFast.text);
    expect((await browser({ 'x-forwarded-for': '203.0.113.31' }).get('/sign-in?again=1')).status).toBe(200);
    later(61_000);
    expect((await hasty.get('/sign-in?again=1')).status).toBe(200);
  });

  it('says so when somebody did not agree, or the code is impossibly long', async () => {
    const who = browser();
    const state = await begin(who);
    expect((await who.get(`/sign-in/wecom/callback?state=${state}`)).text).toContain(trouble.cancelled.text);
    const again = await begin(who);
    expect((await who.get(`/sign-in/wecom/callback?state=${again}&code=${'x'.repeat(513)}`)).status).toBe(400);
  });

  it('ends by signing out, by time, with the account, and with the membership', async () => {
    const out = await signedIn();
    const secret = out.cookies.get('__Host-lxq-session') ?? '';
    expect((await out.post('/sign-out', {}, { origin: 'https://evil.example' })).status).toBe(400);
    expect((await out.get('/me')).status).toBe(200);
    expect((await out.post('/sign-out', {}, { origin: publicUrl })).status).toBe(302);
    out.cookies.set('__Host-lxq-session', secret);
    expect((await out.get('/me')).status).toBe(302);

    const [expired, gone, left] = [await signedIn(), await signedIn(), await signedIn()];
    later(11 * 3_600_000);
    expect((await expired.get('/me')).status).toBe(200);
    await house.app.features.organisation.service.receive({
      body: body.id,
      platform: 'wecom',
      userId: 'zhoulan',
      kind: 'left',
      at: clock.now(),
    });
    expect((await gone.get('/me')).status).toBe(302);
    later(1_000);
    await house.app.features.organisation.service.receive({
      body: body.id,
      platform: 'wecom',
      userId: 'zhoulan',
      kind: 'joined',
      at: clock.now(),
    });
    expect((await gone.get('/me')).status).toBe(200);
    await house.app.features.organisation.service.saveMembers(body.id, [{ ...roster[0]!, active: false }]);
    expect((await left.get('/me')).status).toBe(302);
    await house.app.features.organisation.service.saveMembers(body.id, [roster[0]!]);
    later(2 * 3_600_000);
    expect((await expired.get('/me')).status).toBe(302);
  });

  it('knows no session that was made up, and keeps none that the database would give away', async () => {
    const who = await signedIn();
    const secret = who.cookies.get('__Host-lxq-session') ?? '';
    const kept = await house.connection.collection('sessions').find({ body: body.id }).toArray();
    expect(JSON.stringify(kept)).not.toContain(secret);
    for (const made of ['', 'x', secret.slice(0, -1), String(kept[0]?._id), '{"$ne":null}', secret.toUpperCase()]) {
      const other = browser();
      other.cookies.set('__Host-lxq-session', encodeURIComponent(made));
      expect((await other.get('/me')).status).toBe(302);
    }
  });

  describe('with DingTalk', () => {
    const inside = { 'user-agent': 'Mozilla/5.0 (Linux; Android 13) AliApp(DingTalk/7.6.0)' };
    const exchange = '/v1.0/oauth2/userAccessToken';
    const people = () => {
      dingtalk.script[exchange] = [{ json: { accessToken: 'user-token', expireIn: 7200 } }];
      dingtalk.script['/v1.0/contact/users/me'] = [{ json: { nick: '许', unionId: 'union-1' } }];
      dingtalk.script['/topapi/user/getbyunionid'] = [{ json: { errcode: 0, result: { userid: 'dt-xu' } } }];
    };

    it('goes by redirect outside the client', async () => {
      people();
      const who = browser();
      const sent = new URL((await who.get('/sign-in/dingtalk?to=%2Fme')).to);
      expect(`${sent.origin}${sent.pathname}`).toBe('https://login.dingtalk.com/oauth2/auth');
      expect(Object.fromEntries(sent.searchParams)).toMatchObject({
        client_id: dingtalkSecrets.DINGTALK_CLIENT_ID,
        scope: 'openid',
        response_type: 'code',
      });
      const state = sent.searchParams.get('state') ?? '';
      expect((await who.get(`/sign-in/dingtalk/callback?authCode=a1&code=a1&state=${state}`)).to).toBe('/me');
      expect((await who.get('/me')).text).toContain('许知夏委员');
      expect(dingtalk.of(exchange).at(-1)?.json).toMatchObject({ code: 'a1', grantType: 'authorization_code' });
      expect(dingtalk.of('/v1.0/contact/users/me').at(-1)?.token).toBe('user-token');
    });

    it('goes by the client’s own script inside, and a code by hand of another site is refused', async () => {
      dingtalk.script['/topapi/v2/user/getuserinfo'] = [{ json: { errcode: 0, result: { userid: 'dt-xu', name: '许' } } }];
      const who = browser(inside);
      const page = await who.get('/sign-in/dingtalk?to=%2Fme');
      expect(page.headers.get('content-security-policy')).toContain("script-src 'self' https://g.alicdn.com");
      expect(page.text).toContain(`data-corp-id="${dingtalkSecrets.DINGTALK_CORP_ID}"`);
      const state = /name="state" value="([0-9a-f]{32})"/.exec(page.text)?.[1] ?? '';
      expect((await who.post('/sign-in/dingtalk/by-script', { state, code: 'j1' }, { origin: 'https://evil.example' })).status).toBe(400);
      expect((await browser(inside).post('/sign-in/dingtalk/by-script', { state, code: 'j1' }, { origin: publicUrl })).status).toBe(400);
      expect((await who.post('/sign-in/dingtalk/by-script', { state, code: 'j1' }, { origin: publicUrl })).to).toBe('/me');
      expect((await who.get('/me')).text).toContain('许知夏委员');
    });

    it.each([
      ['a used code', { json: { code: 'invalidParameter.authCode.notFound', message: 'x' }, status: 400 }, exchange, 400],
      ['a wrong secret', { json: { code: 'invalidClientIdOrSecret', message: 'x' }, status: 400 }, exchange, 503],
      ['a person of another organisation', { json: { errcode: 60121, errmsg: '找不到该用户' } }, '/topapi/user/getbyunionid', 403],
      ['a missing permission', { json: { errcode: 60011, errmsg: 'x' } }, '/topapi/user/getbyunionid', 503],
      ['a silent platform', { status: 504 }, '/v1.0/contact/users/me', 503],
      ['an account of nobody in the roster', { json: { errcode: 0, result: { userid: 'zhoulan' } } }, '/topapi/user/getbyunionid', 403],
    ])('says politely what is the matter: %s', async (_what, answer, path, status) => {
      people();
      dingtalk.script[path] = [answer];
      const who = browser();
      const sent = new URL((await who.get('/sign-in/dingtalk')).to);
      const page = await who.get(`/sign-in/dingtalk/callback?code=a1&state=${sent.searchParams.get('state')}`);
      expect([page.status, (await who.get('/me')).status]).toEqual([status, 302]);
    });
  });
});
