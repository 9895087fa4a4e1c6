import { afterEach, describe, expect, it } from '@jest/globals';
import { encrypt, getSignature } from '@wecom/crypto';
import { loadSettings } from '../../config/load';
import { commonTexts } from '../../src/chat/texts';
import { checkEvents } from '../../src/cli/check-events';
import { createLogger } from '../../src/foundation/logger';
import { dingtalkUsage } from '../../src/transports/dingtalk/from-settings';
import type { Tempo } from '../../src/transports/ways';
import { paths } from '../helpers/dingtalk-api';
import { knock, robotJson, signedHeaders } from '../helpers/dingtalk-door';
import { type DingtalkTown, dingtalkSecrets, staffIdOf, startDingtalkTown } from '../helpers/dingtalk-town';
import { body, roster } from '../helpers/roster';
import { secrets, startTown } from '../helpers/town';
import { until } from '../helpers/wait';

const record = { name: '周岚', private: false, text: '@政协小助手 /记录 走访 昨天 红柳社区 12人 物业收费' };
const kept = '已为您记录（R1024）：9月22日 走访 红柳社区，联系界别群众12人次，内容：反映诉求（物业收费）。如有误请回复“更正”，也可“撤回”。';

describe('the house on DingTalk', () => {
  let town: DingtalkTown | undefined;
  afterEach(async () => {
    await town?.close();
    town = undefined;
  });
  const start = async (options: { both?: boolean; more?: Record<string, string>; tempo?: Tempo } = {}): Promise<DingtalkTown> =>
    (town = await startDingtalkTown('2026-09-23T10:11:00', options));

  /** Holds the work up until the returned function is called. */
  function held({ house }: DingtalkTown): () => void {
    let open: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (open = resolve));
    const organisation = house.app.features.organisation.service;
    const find = organisation.memberByUserId.bind(organisation);
    organisation.memberByUserId = async (...person) => {
      await gate;
      return find(...person);
    };
    return open;
  }
  const eventSettings = (token: string, aesKey: string) =>
    loadSettings({ ...secrets, ...dingtalkSecrets, DINGTALK_EVENT_TOKEN: token, DINGTALK_EVENT_AES_KEY: aesKey });
  const planned = ({ house }: DingtalkTown): Promise<number> => house.connection.collection('outbox').countDocuments({ state: 'planned' });

  it('says within 1.5 s that it is at work, and answers once through the session', async () => {
    const stage = await start({ tempo: {} });
    const open = held(stage);
    expect(await stage.hear(record)).toBe(commonTexts.received);
    open();
    await until('the late answer is planned', async () => (await planned(stage)) === 1);
    await stage.deliver();
    await stage.deliver();
    expect(stage.late()).toEqual([kept]);
    expect(stage.inbox('周岚')).toEqual([]);
  });

  it('answers in private when the session has expired meanwhile', async () => {
    const stage = await start({ tempo: {} });
    stage.api.script[paths.session] = [{ json: { errcode: 300001, errmsg: 'session 不存在' } }];
    const open = held(stage);
    await stage.hear(record);
    open();
    await until('the late answer is planned', async () => (await planned(stage)) === 1);
    await stage.deliver();
    expect(stage.inbox('周岚')).toEqual([kept]);
  });

  it('keeps one record however often a message comes, and whatever stands in a replay of it', async () => {
    const stage = await start();
    expect(await stage.hear(record)).toBe(kept);
    expect(await stage.hearAgain()).toBe(kept);
    const replay = robotJson({
      msgId: 'msg1==',
      robotCode: dingtalkSecrets.DINGTALK_CLIENT_ID,
      chatbotCorpId: dingtalkSecrets.DINGTALK_CORP_ID,
      senderCorpId: dingtalkSecrets.DINGTALK_CORP_ID,
      senderStaffId: 'dt-zhoulan',
      text: { content: ' /记录 座谈 昨天 和平里社区 99人' },
    });
    const headers = signedHeaders(stage.clock.now(), dingtalkSecrets.DINGTALK_CLIENT_SECRET);
    const { text } = await knock(`http://127.0.0.1:${stage.house.web?.port}`, replay, headers);
    expect(JSON.parse(text)).toEqual({ msgtype: 'text', text: { content: kept } });
    expect(await stage.hear({ ...record, private: true, text: '/我的记录' })).toBe(
      '您最近的记录：\nR1024：9月22日 走访 红柳社区，联系界别群众12人次，内容：反映诉求（物业收费）',
    );
  });

  it('answers in private where it was asked: a member of both platforms who asks on DingTalk', async () => {
    const stage = await start({ both: true });
    expect(await stage.hear({ ...record, text: '@政协小助手 /进度' })).toBe('已单独发给您，请看与助手的私聊。');
    await stage.deliver();
    expect(stage.inbox('周岚')).toEqual([expect.stringContaining('周岚委员，截至9月23日10:11')]);
  });

  it('stops writing to an account that the address book says has left, and goes on with the other one', async () => {
    const token = 'townEventToken';
    const aesKey = '4g5j64qlyl3zvetqxz5jiocdr586fn2zvjpa8zls3ij';
    const stage = await start({ both: true, more: { DINGTALK_EVENT_TOKEN: token, DINGTALK_EVENT_AES_KEY: aesKey } });
    const accounts = async (): Promise<string[] | undefined> =>
      (await stage.house.app.features.organisation.service.member(body.id, roster[0]!.id))?.identities.map(({ platform }) => platform);
    expect(await accounts()).toEqual(['wecom', 'dingtalk']);
    const userId = [staffIdOf(roster[0]!.name)];
    const event = { EventType: 'user_leave_org', CorpId: dingtalkSecrets.DINGTALK_CORP_ID, eventId: 'e1', UserId: userId };
    const sealed = encrypt(aesKey, JSON.stringify(event), dingtalkSecrets.DINGTALK_CLIENT_ID);
    const timestamp = String(stage.clock.now().getTime());
    const query = new URLSearchParams({ signature: getSignature(token, timestamp, 'n', sealed), timestamp, nonce: 'n' });
    const url = `http://127.0.0.1:${stage.house.web?.port}/dingtalk/events?${query.toString()}`;
    expect((await fetch(url, { method: 'POST', body: JSON.stringify({ encrypt: sealed }) })).status).toBe(200);
    expect(await accounts()).toEqual(['wecom']);
    const found = await checkEvents({ ...eventSettings(token, aesKey), HOST: '127.0.0.1' }, stage.house.web!.port, stage.clock.now());
    expect(found.map(({ verdict }) => verdict)).toEqual(['ok']);
    const wrong = await checkEvents({ ...eventSettings(`${token}X`, aesKey), HOST: '127.0.0.1' }, stage.house.web!.port, stage.clock.now());
    expect(wrong.map(({ verdict }) => verdict)).toEqual(['wrong']);
  });

  it('keeps the month’s count where a restart finds it', async () => {
    const stage = await start();
    await stage.hear({ ...record, private: true, text: '/进度' });
    await stage.hear(record);
    const usage = dingtalkUsage(loadSettings({ ...secrets, ...dingtalkSecrets }), {
      connection: stage.house.connection,
      clock: stage.clock,
      logger: createLogger('silent'),
    });
    await until('both messages are counted', async () => (await usage.month()).used.pushes === 2);
    const before = (await usage.month()).used.calls;
    await stage.house.app.outbox.plan({
      body: body.id,
      key: 'notice:1',
      purpose: 'activity_notice',
      memberId: null,
      platform: 'dingtalk',
      to: { chatId: 'cidALL==' },
      format: 'text',
      text: '活动改到下午',
      dueAt: stage.clock.now(),
    });
    await stage.deliver();
    expect(stage.api.of(paths.group)).toHaveLength(1);
    expect((await usage.month()).used.calls).toBe(before + 1);
  });

  it('is not there at all without its settings', async () => {
    const wecomOnly = await startTown('2026-09-23T10:11:00');
    const headers = signedHeaders(wecomOnly.clock.now(), dingtalkSecrets.DINGTALK_CLIENT_SECRET);
    expect((await knock(`http://127.0.0.1:${wecomOnly.house.web?.port}`, robotJson(), headers)).status).toBe(404);
    await wecomOnly.close();
  });
});
