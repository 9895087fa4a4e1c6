import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { loadSettings } from '../../config/load';
import type { Finding } from '../../src/cli/finding';
import { checkDingtalkTenant, checkWecomTenant } from '../../src/cli/tenant-checks';
import { ShiftableClock } from '../../src/foundation/clock';
import { company, playDingtalkCompany, playWecomCompany } from '../helpers/company';
import { type DingtalkApi, paths, startDingtalkApi } from '../helpers/dingtalk-api';
import { openDoor as openDingtalkDoor } from '../helpers/dingtalk-door';
import { secrets } from '../helpers/town';
import { startWecomApi, type WecomApi } from '../helpers/wecom-api';
import { openDoor } from '../helpers/wecom-door';

type Identity = { platform: 'wecom' | 'dingtalk'; userId: string };
const on = (platform: Identity['platform'], ...userIds: string[]) =>
  userIds.map((userId, at) => ({ id: `M000${at + 1}`, identities: [{ platform, userId }] }));
const wrongOf = (found: Finding[]): string[] => found.filter(({ verdict }) => verdict === 'wrong').map(({ what }) => what);
const lines = (found: Finding[]): string[] => found.map(({ verdict, what }) => `${verdict} ${what}`);

describe('doctor before a real tenant', () => {
  const clock = new ShiftableClock();
  const settings = loadSettings({ ...secrets, PUBLIC_URL: 'https://lxq.example.test' });
  let wecomApi: WecomApi;
  let dingtalkApi: DingtalkApi;
  beforeAll(async () => {
    [wecomApi, dingtalkApi] = await Promise.all([startWecomApi(), startDingtalkApi()]);
  });
  afterAll(async () => {
    await Promise.all([wecomApi.close(), dingtalkApi.close()]);
  });
  beforeEach(() => {
    for (const api of [wecomApi, dingtalkApi]) for (const path of Object.keys(api.script)) delete api.script[path];
    playWecomCompany(wecomApi, company());
    playDingtalkCompany(dingtalkApi, company());
    dingtalkApi.script[paths.send] = [{ status: 400, json: { code: 'invalidParameter.userIds.empty', message: 'x' } }];
  });

  /** Every check with a token of its own. */
  async function wecom(people = on('wecom', 'ZHOULAN', 'xuzhixia'), base = wecomApi.url): Promise<Finding[]> {
    const door = await openDoor(clock, { apiBase: base });
    try {
      return await checkWecomTenant(door.wecom, settings, people);
    } finally {
      await door.close();
    }
  }
  async function dingtalk(people = on('dingtalk', 'zhoulan', 'xuzhixia')): Promise<Finding[]> {
    const door = await openDingtalkDoor(clock, { apiBase: dingtalkApi.url, sessionBase: dingtalkApi.url });
    try {
      return await checkDingtalkTenant(door.dingtalk, people);
    } finally {
      await door.close();
    }
  }

  it('finds nothing wrong where nothing is, and says what cannot be known', async () => {
    const found = await wecom();
    expect(wrongOf(found)).toEqual([]);
    expect(lines(found)).toEqual([
      'ok WeCom: the token works, secret and AgentId 1000002 are of one app',
      "ok WeCom: lxq.example.test is the app's trusted domain",
      'ok WeCom: 5 people in 3 departments are within the visible range',
      'ok WeCom: all 2 accounts of the roster can be reached',
      expect.stringMatching(/^note .*cannot be seen from here.*保存/),
      expect.stringMatching(/^note .*WECOM_BOT_ID cannot be asked/),
    ]);
    const other = await dingtalk();
    expect(wrongOf(other)).toEqual([]);
    expect(lines(other).slice(0, 3)).toEqual([
      'ok DingTalk: 5 people in 3 departments are within the visible range',
      'ok DingTalk: all 2 accounts of the roster can be reached',
      'ok DingTalk: the robot may write to people (asked with a message to nobody)',
    ]);
  });

  it('sends nobody anything', async () => {
    await wecom();
    await dingtalk();
    expect(wecomApi.calls.filter(({ path }) => path.includes('send'))).toEqual([]);
    const sends = dingtalkApi.calls.filter(({ path }) => /send/i.test(path));
    expect(sends.length).toBeGreaterThan(0);
    expect(sends.flatMap(({ json }) => json['userIds'] as string[])).toEqual([]);
  });

  it.each([
    ['a wrong secret', '/cgi-bin/gettoken', { errcode: 40001, errmsg: 'invalid credential' }, /40001.*WECOM_APP_SECRET.*Secret/],
    ['a wrong corp id', '/cgi-bin/gettoken', { errcode: 40013, errmsg: 'invalid corpid' }, /40013.*WECOM_CORP_ID.*我的企业/],
    ['a token that is never good', '/cgi-bin/agent/get', { errcode: 42001, errmsg: 'access_token expired' }, /42001/],
    [
      'an address that is not trusted',
      '/cgi-bin/agent/get',
      { errcode: 60020, errmsg: 'not allow to access from your ip, hint: [1,2], from ip: 203.0.113.7, more info at x' },
      /60020.*企业可信IP.*the address it saw is 203\.0\.113\.7/,
    ],
    ['a secret without the right', '/cgi-bin/agent/get', { errcode: 48002, errmsg: 'api forbidden' }, /48002.*no right to this API/],
    ['an agent id of another app', '/cgi-bin/agent/get', { errcode: 301002, errmsg: 'not allow' }, /301002.*WECOM_APP_AGENT_ID/],
    ['a disabled app', '/cgi-bin/agent/get', { errcode: 50003, errmsg: 'agent is forbidden' }, /50003.*启用/],
    ['a broken platform', '/cgi-bin/agent/get', { httpStatus: 502 }, /does not answer: check the network/],
  ])('says what is the matter with WeCom: %s', async (_what, path, answer, expected) => {
    wecomApi.script[path] = [answer];
    const wrong = wrongOf(await wecom());
    expect(wrong).toEqual([expect.stringMatching(expected)]);
  });

  it('says that WeCom cannot be reached at all', async () => {
    expect(wrongOf(await wecom([], 'http://127.0.0.1:9'))).toEqual([expect.stringMatching(/ECONNREFUSED.*check the network/)]);
  });

  it('says when nobody is within the range, the app is off, or the domain is another', async () => {
    playWecomCompany(wecomApi, { ...company(), range: { departments: [], people: [] } }, { close: 1, redirect_domain: 'old.example.test' });
    expect(wrongOf(await wecom())).toEqual([
      expect.stringContaining('switched off'),
      expect.stringContaining("the trusted domain is 'old.example.test', PUBLIC_URL has lxq.example.test"),
      expect.stringMatching(/0 people.*nobody can use the app.*可见范围/),
    ]);
    playDingtalkCompany(dingtalkApi, { ...company(), range: { departments: [], people: [] } });
    expect(wrongOf(await dingtalk())).toEqual([expect.stringMatching(/0 people.*nobody can use the app.*通讯录权限范围/)]);
  });

  it.each(['wecom', 'dingtalk'] as const)('names the accounts of the roster that %s does not know or may not see', async (platform) => {
    const people = on(platform, 'zhoulan', 'nobody', 'hidden', 'guchanglin');
    const wrong = wrongOf(await (platform === 'wecom' ? wecom(people) : dingtalk(people)));
    expect(wrong).toEqual([expect.stringContaining('3 of 4 accounts of the roster cannot be reached')]);
    expect(wrong[0]).toContain('1: M0002 (nobody)');
    expect(wrong[0]).toContain('2: M0003 (hidden), M0004 (guchanglin)');
  });

  it.each([
    [
      'a wrong secret',
      paths.token,
      { status: 400, json: { code: 'invalidClientIdOrSecret', message: 'x' } },
      /invalidClientIdOrSecret.*凭证与基础信息/,
    ],
    [
      'an address that is not allowed',
      '/auth/scopes',
      { json: { errcode: 60020, errmsg: '访问ip不在白名单之中,request ip=203.0.113.9' } },
      /60020.*服务器出口IP.*the address it saw is 203\.0\.113\.9/,
    ],
    [
      'a missing permission of the address book',
      '/auth/scopes',
      {
        json: { errcode: 88, errmsg: 'ding talk error', sub_code: '60011', sub_msg: '应用尚未开通所需的权限：[qyapi_get_department_list]' },
      },
      /60011.*通讯录管理.*asks for the permission qyapi_get_department_list/,
    ],
    [
      'a missing permission to write',
      paths.send,
      {
        status: 403,
        json: {
          code: 'Forbidden.AccessDenied.AccessTokenPermissionDenied',
          message: 'x',
          accessdenieddetail: { requiredScopes: ['qyapi_robot_sendmsg'] },
        },
      },
      /企业内机器人发送消息权限.*asks for the permission qyapi_robot_sendmsg/,
    ],
    [
      'a robot code of another app',
      paths.send,
      { status: 400, json: { code: 'invalidParameter.robotCode.auth', message: 'x' } },
      /robot code.*DINGTALK_ROBOT_CODE/,
    ],
  ])('says what is the matter with DingTalk: %s', async (_what, path, answer, expected) => {
    dingtalkApi.script[path] = [answer];
    const wrong = wrongOf(await dingtalk());
    expect(wrong.length).toBeGreaterThan(0);
    expect(wrong[0]).toMatch(expected);
  });

  it('does not call the robot good when it could not be asked', async () => {
    dingtalkApi.script[paths.send] = [{ status: 500 }];
    expect(lines(await dingtalk())).toContainEqual(expect.stringMatching(/^note .*could not be asked \(http 500\)/));
  });

  it('opens no second connection for a bot that uses the long one', async () => {
    const long = loadSettings({ ...secrets, WECOM_BOT_TOKEN: '', WECOM_BOT_AES_KEY: '', WECOM_BOT_SECRET: 'x'.repeat(40) });
    const door = await openDoor(clock, { apiBase: wecomApi.url });
    const found = lines(await checkWecomTenant(door.wecom, long, []));
    await door.close();
    expect(found).toContainEqual(expect.stringMatching(/^note .*long connection.*is not tried/));
    expect(found).toContainEqual('note WeCom: no account of it stands in the roster');
  });
});
