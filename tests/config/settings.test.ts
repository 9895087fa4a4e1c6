import { describe, expect, it } from '@jest/globals';
import { isConfigured, loadSettings, printSettings } from '../../config/load';
import { wecomIn } from '../../config/schema';
import { dingtalkSecrets } from '../helpers/dingtalk-town';
import { secrets } from '../helpers/town';

const refusal = (environment: Record<string, string | undefined>): string => {
  try {
    loadSettings(environment);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('the settings were accepted');
};

describe('settings', () => {
  it('are read once, checked and frozen', () => {
    const settings = loadSettings({ ...secrets, PORT: '8123' });
    expect(settings.PORT).toBe(8123);
    expect(settings.WECOM_BOT_MENTIONS).toEqual(['政协小助手', '履职助手', '联络小秘']);
    expect(Object.isFrozen(settings)).toBe(true);
  });

  it('name what 没有填 and the console page where it is found', () => {
    const said = refusal({ ...secrets, WECOM_BOT_TOKEN: undefined });
    expect(said).toContain('WECOM_BOT_TOKEN 没有填');
    expect(said).toContain('智能机器人');
    expect(said).toContain('有 1 项设置不对');
  });

  it('say what is wrong with a value without quoting it', () => {
    const said = refusal({ ...secrets, WECOM_APP_AES_KEY: 'short-secret-value' });
    expect(said).toContain('WECOM_APP_AES_KEY 应正好是 43 位字母和数字');
    expect(said).not.toContain('short-secret-value');
  });

  it('ask for a real MongoDB in production, and for nothing of the kind elsewhere', () => {
    expect(refusal({ ...secrets, NODE_ENV: 'production' })).toMatch(/有 1 项设置不对：\n {2}MONGODB_URI 没有填：.*内置数据库/);
    expect(loadSettings({ ...secrets, NODE_ENV: 'production', MONGODB_URI: 'mongodb://db/lianxinqiao' }).NODE_ENV).toBe('production');
    expect(loadSettings(secrets).MONGODB_URI).toBeUndefined();
  });

  const { WECOM_BOT_TOKEN, WECOM_BOT_AES_KEY, ...ofBoth } = secrets;
  const bySocket = { ...ofBoth, WECOM_BOT_SECRET: 'townBotSecret-townBotSecret-townBotSecret' };

  it('take the secret of the long connection instead of token and key of the callback', () => {
    expect(loadSettings(bySocket)).toMatchObject({
      WECOM_BOT_SECRET: bySocket.WECOM_BOT_SECRET,
      WECOM_BOT_SOCKET_URL: 'wss://openws.work.weixin.qq.com',
    });
    expect(loadSettings(secrets).WECOM_BOT_SECRET).toBeUndefined();
  });

  it('refuse both ways of the bot at once, and neither', () => {
    const both = refusal({ ...bySocket, WECOM_BOT_TOKEN, WECOM_BOT_AES_KEY });
    expect(both).toMatch(/有 2 项设置不对[\s\S]*WECOM_BOT_TOKEN 不能和 WECOM_BOT_SECRET 一起填[\s\S]*WECOM_BOT_AES_KEY 不能/);
    expect(refusal({ ...bySocket, WECOM_BOT_AES_KEY })).toContain('有 1 项设置不对');
    expect(refusal(ofBoth)).toMatch(/有 2 项设置不对[\s\S]*WECOM_BOT_TOKEN 没有填（机器人用长连接的话/);
    expect(refusal({ ...bySocket, WECOM_BOT_SOCKET_URL: 'https://openws.example' })).toContain('WECOM_BOT_SOCKET_URL 应以 wss:// 开头');
  });

  it('are refused in Chinese, whatever is wrong with them', () => {
    const said = refusal({ ...secrets, PORT: '99999', NODE_ENV: 'live', WECOM_API_BASE: 'nowhere', TIME_ZONE: 'Asia/Nowhere' });
    expect(said).toMatch(/^启动不了，有 4 项设置不对：/);
    for (const line of said.split('\n').slice(1)) expect(line).toMatch(/^ {2}[A-Z_]+ [^a-z]*[\u4e00-\u9fff].*这一项是：.*在这里找：/);
  });

  it('list every wrong value at once', () => {
    const said = refusal({});
    for (const name of ['BODY_ID', 'WECOM_CORP_ID', 'WECOM_BOT_TOKEN', 'WECOM_BOT_AES_KEY', 'WECOM_APP_SECRET'])
      expect(said).toContain(`${name} 没有填`);
  });

  it('have no default for a secret', () => {
    const said = refusal(Object.fromEntries(Object.entries(secrets).filter(([name]) => !/TOKEN|KEY|SECRET/.test(name))));
    for (const name of Object.keys(secrets).filter((each) => /TOKEN|KEY|SECRET/.test(each))) expect(said).toContain(`${name} 没有填`);
  });

  it('are printed without secrets and without passwords in addresses', () => {
    const lines = printSettings(
      loadSettings({ ...secrets, MONGODB_URI: 'mongodb://user:hidden@db.example/lxq', REDIS_URL: 'redis://:hidden@cache.example:6379' }),
    ).join('\n');
    for (const [name, value] of Object.entries(secrets)) if (/TOKEN|KEY|SECRET/.test(name)) expect(lines).not.toContain(value);
    expect(lines).not.toContain('hidden');
    expect(lines).toContain('mongodb://***@db.example/lxq');
    expect(lines).toContain('demoTOWN0001');
  });

  it('turn DingTalk on when all of its settings are given, and leave it off when none is', () => {
    expect(loadSettings({ ...secrets, ...dingtalkSecrets })).toMatchObject({
      ...dingtalkSecrets,
      DINGTALK_API_BASE: 'https://api.dingtalk.com',
    });
    expect(loadSettings(secrets).DINGTALK_CLIENT_ID).toBeUndefined();
  });

  it('refuse half of DingTalk and say which setting 没有填 and on which page it stands', () => {
    const said = refusal({ ...secrets, ...dingtalkSecrets, DINGTALK_CLIENT_SECRET: undefined, DINGTALK_CORP_ID: '' });
    expect(said).toContain('有 2 项设置不对');
    expect(said).toMatch(/DINGTALK_CLIENT_SECRET 没有填.*open-dev\.dingtalk\.com.*凭证与基础信息/);
    expect(said).toMatch(/DINGTALK_CORP_ID 没有填.*CorpId/);
    expect(refusal({ ...secrets, DINGTALK_ROBOT_CODE: 'dingROBOT1' })).toContain('有 4 项设置不对');
    const alone = refusal({ BODY_ID: 'yunchuan', DINGTALK_CLIENT_ID: 'dingTOWN0001' });
    expect(alone).toContain('DINGTALK_CLIENT_SECRET 没有填');
    expect(alone).not.toContain('WECOM_');
  });

  it('let a body have DingTalk alone, and refuse half of WeCom beside it', () => {
    const alone = loadSettings({ BODY_ID: 'yunchuan', ...dingtalkSecrets, WECOM_API_BASE: 'https://wecom.example' });
    expect(wecomIn(alone)).toBeNull();
    expect(wecomIn(loadSettings({ ...secrets, ...dingtalkSecrets }))).toMatchObject({ WECOM_CORP_ID: 'demoTOWN0001' });
    const half = refusal({ BODY_ID: 'yunchuan', ...dingtalkSecrets, WECOM_CORP_ID: 'demoTOWN0001' });
    expect(half).toMatch(/WECOM_APP_SECRET 没有填（企业微信的设置要么全填[\s\S]*WECOM_BOT_TOKEN 没有填/);
  });

  it('read the webhook keys of WeCom groups, alone or as whole addresses, and print none of them', () => {
    const address = 'wrB|https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=ffffeeee-2222';
    const settings = loadSettings({ ...secrets, WECOM_GROUP_WEBHOOKS: `wrA|aaaabbbb-1111\n ${address}` });
    expect([...(settings.WECOM_GROUP_WEBHOOKS ?? [])]).toEqual([
      ['wrA', 'aaaabbbb-1111'],
      ['wrB', 'ffffeeee-2222'],
    ]);
    expect(printSettings(settings).join('\n')).not.toMatch(/aaaabbbb|ffffeeee/);
    for (const wrong of ['wrA', '|aaaabbbb-1111', 'wrA|short', 'wrA|https://qyapi.weixin.qq.com/cgi-bin/webhook/send'])
      expect(refusal({ ...secrets, WECOM_GROUP_WEBHOOKS: wrong })).toContain('应写成 群编号|key');
  });

  it('read the addresses of groups, and print how many there are instead of them', () => {
    const plain = 'cidA+/==|https://oapi.dingtalk.com/robot/send?access_token=abcdef';
    const signed = 'cidB==|https://oapi.dingtalk.com/robot/send?access_token=ghijkl|SEC123abc';
    const settings = loadSettings({ ...secrets, ...dingtalkSecrets, DINGTALK_GROUP_WEBHOOKS: ` ${plain}\n ${signed} ` });
    expect([...(settings.DINGTALK_GROUP_WEBHOOKS ?? [])]).toEqual([
      ['cidA+/==', { url: 'https://oapi.dingtalk.com/robot/send?access_token=abcdef' }],
      ['cidB==', { url: 'https://oapi.dingtalk.com/robot/send?access_token=ghijkl', secret: 'SEC123abc' }],
    ]);
    const printed = printSettings(settings).join('\n');
    expect(printed).toMatch(/DINGTALK_GROUP_WEBHOOKS \*\*\*（2 个群）/);
    expect(printed).not.toMatch(/abcdef|ghijkl|SEC123abc/);
  });

  it.each(['cidA==', '|https://oapi.dingtalk.com/robot/send?access_token=x', 'cidA==|https://evil.example/robot', 'cidA==|x|SEC1'])(
    'refuse “%s” as a group’s address',
    (DINGTALK_GROUP_WEBHOOKS) => {
      expect(refusal({ ...secrets, ...dingtalkSecrets, DINGTALK_GROUP_WEBHOOKS })).toContain('应写成 会话编号|地址|SEC…');
    },
  );

  it('take both settings of DingTalk’s events or none', () => {
    const token = { DINGTALK_EVENT_TOKEN: 'eventToken' };
    expect(refusal({ ...secrets, ...dingtalkSecrets, ...token })).toMatch(/有 1 项设置不对：\n {2}DINGTALK_EVENT_AES_KEY 没有填/);
    const both = { ...token, DINGTALK_EVENT_AES_KEY: secrets.WECOM_APP_AES_KEY };
    expect(loadSettings({ ...secrets, ...dingtalkSecrets, ...both })).toMatchObject(both);
  });

  it('say what is wrong with a DingTalk secret without quoting it, and print it masked', () => {
    const said = refusal({ ...secrets, ...dingtalkSecrets, DINGTALK_CLIENT_SECRET: 'short-secret' });
    expect(said).toContain('DINGTALK_CLIENT_SECRET 太短，不会是钉钉的 Secret');
    expect(said).not.toContain('short-secret');
    const printed = printSettings(loadSettings({ ...secrets, ...dingtalkSecrets })).join('\n');
    expect(printed).not.toContain(dingtalkSecrets.DINGTALK_CLIENT_SECRET);
    expect(printed).toContain(dingtalkSecrets.DINGTALK_CLIENT_ID);
  });

  it('make the demo step aside as soon as one setting of a tenant is given', () => {
    expect(isConfigured({})).toBe(false);
    expect(isConfigured({ WECOM_CORP_ID: 'ww1234' })).toBe(true);
    expect(isConfigured({ DINGTALK_CLIENT_ID: 'ding1234' })).toBe(true);
    expect(isConfigured({ NODE_ENV: 'production' })).toBe(true);
  });
});
