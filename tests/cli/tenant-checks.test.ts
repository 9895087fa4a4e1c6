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
      'ok 企业微信：凭证有效，Secret 和 AgentId 1000002 属于同一个应用',
      'ok 企业微信：lxq.example.test 是应用的可信域名',
      'ok 企业微信：可见范围里有 3 个部门、5 人',
      'ok 企业微信：名册里的 2 个账号都够得着',
      expect.stringMatching(/^note .*看不出来.*保存/),
      expect.stringMatching(/^note .*WECOM_BOT_ID 对不对问不到/),
    ]);
    const other = await dingtalk();
    expect(wrongOf(other)).toEqual([]);
    expect(lines(other).slice(0, 3)).toEqual([
      'ok 钉钉：可见范围里有 3 个部门、5 人',
      'ok 钉钉：名册里的 2 个账号都够得着',
      'ok 钉钉：机器人可以给人发消息（用一条不发给任何人的消息问过）',
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
      /60020.*企业可信IP.*看到的地址是 203\.0\.113\.7/,
    ],
    ['a secret without the right', '/cgi-bin/agent/get', { errcode: 48002, errmsg: 'api forbidden' }, /48002.*没有权限调用/],
    ['an agent id of another app', '/cgi-bin/agent/get', { errcode: 301002, errmsg: 'not allow' }, /301002.*WECOM_APP_AGENT_ID/],
    ['a disabled app', '/cgi-bin/agent/get', { errcode: 50003, errmsg: 'agent is forbidden' }, /50003.*启用/],
    ['a broken platform', '/cgi-bin/agent/get', { httpStatus: 502 }, /没有应答，请检查网络/],
  ])('says what is the matter with WeCom: %s', async (_what, path, answer, expected) => {
    wecomApi.script[path] = [answer];
    const wrong = wrongOf(await wecom());
    expect(wrong).toEqual([expect.stringMatching(expected)]);
  });

  it('says that WeCom cannot be reached at all', async () => {
    expect(wrongOf(await wecom([], 'http://127.0.0.1:9'))).toEqual([expect.stringMatching(/ECONNREFUSED.*请检查网络/)]);
  });

  it('says when nobody is within the range, the app is off, or the domain is another', async () => {
    playWecomCompany(wecomApi, { ...company(), range: { departments: [], people: [] } }, { close: 1, redirect_domain: 'old.example.test' });
    expect(wrongOf(await wecom())).toEqual([
      expect.stringContaining('应用被停用'),
      expect.stringContaining('可信域名是“old.example.test”，PUBLIC_URL 里是 lxq.example.test'),
      expect.stringMatching(/、0 人.*谁也用不了.*可见范围/),
    ]);
    playDingtalkCompany(dingtalkApi, { ...company(), range: { departments: [], people: [] } });
    expect(wrongOf(await dingtalk())).toEqual([expect.stringMatching(/、0 人.*谁也用不了.*通讯录权限范围/)]);
  });

  it.each(['wecom', 'dingtalk'] as const)('names the accounts of the roster that %s does not know or may not see', async (platform) => {
    const people = on(platform, 'zhoulan', 'nobody', 'hidden', 'guchanglin');
    const wrong = wrongOf(await (platform === 'wecom' ? wecom(people) : dingtalk(people)));
    expect(wrong).toEqual([expect.stringContaining('名册里 4 个账号有 3 个够不着')]);
    expect(wrong[0]).toContain('1 个：M0002 (nobody)');
    expect(wrong[0]).toContain('2 个：M0003 (hidden)、M0004 (guchanglin)');
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
      /60020.*服务器出口IP.*看到的地址是 203\.0\.113\.9/,
    ],
    [
      'a missing permission of the address book',
      '/auth/scopes',
      {
        json: { errcode: 88, errmsg: 'ding talk error', sub_code: '60011', sub_msg: '应用尚未开通所需的权限：[qyapi_get_department_list]' },
      },
      /60011.*通讯录管理.*还要权限 qyapi_get_department_list/,
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
      /企业内机器人发送消息权限.*还要权限 qyapi_robot_sendmsg/,
    ],
    [
      'a robot code of another app',
      paths.send,
      { status: 400, json: { code: 'invalidParameter.robotCode.auth', message: 'x' } },
      /RobotCode.*DINGTALK_ROBOT_CODE/,
    ],
  ])('says what is the matter with DingTalk: %s', async (_what, path, answer, expected) => {
    dingtalkApi.script[path] = [answer];
    const wrong = wrongOf(await dingtalk());
    expect(wrong.length).toBeGreaterThan(0);
    expect(wrong[0]).toMatch(expected);
  });

  it('does not call the robot good when it could not be asked', async () => {
    dingtalkApi.script[paths.send] = [{ status: 500 }];
    expect(lines(await dingtalk())).toContainEqual(expect.stringMatching(/^note .*没有问到（http 500）/));
  });

  it('opens no second connection for a bot that uses the long one', async () => {
    const long = loadSettings({ ...secrets, WECOM_BOT_TOKEN: '', WECOM_BOT_AES_KEY: '', WECOM_BOT_SECRET: 'x'.repeat(40) });
    const door = await openDoor(clock, { apiBase: wecomApi.url });
    const found = lines(await checkWecomTenant(door.wecom, long, []));
    await door.close();
    expect(found).toContainEqual(expect.stringMatching(/^note .*长连接.*这里不试/));
    expect(found).toContainEqual('note 企业微信：名册里一个账号也没有');
  });
});
