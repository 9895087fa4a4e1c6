import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Outgoing, SendOutcome } from '../../src/delivery/outgoing';
import { ShiftableClock } from '../../src/foundation/clock';
import type { DingtalkOptions } from '../../src/transports/dingtalk';
import { signatureOf } from '../../src/transports/dingtalk/signature';
import { type ApiAnswer, type DingtalkApi, paths, startDingtalkApi } from '../helpers/dingtalk-api';
import { type CountingUsage, clientId, countingUsage, type Door, openDoor } from '../helpers/dingtalk-door';
import { freshPrefix } from '../helpers/services';
import { lasting } from '../helpers/tempo';

const group = 'cidALL==';
const signed = 'cidSIGNED==';
const secret = 'SECabc';
const card = { title: '读书会', buttons: [{ label: '报名', says: '/报名 A23' }] };
const failure = (code: string, status = 400): ApiAnswer => ({ status, json: { code, message: 'no', requestid: 'r' } });
const lost: ApiAnswer = { status: 504 };

describe('the ways out of DingTalk', () => {
  let api: DingtalkApi;
  let door: Door;
  let usage: CountingUsage;
  const clock = new ShiftableClock();

  const open = async (more: Partial<DingtalkOptions> = {}): Promise<Door> => {
    await door?.close();
    const groupWebhooks = new Map([
      [group, { url: `${api.url}${paths.webhook}?access_token=plain` }],
      [signed, { url: `${api.url}${paths.webhook}?access_token=signed`, secret }],
    ]);
    return (door = await openDoor(clock, { apiBase: api.url, sessionBase: api.url, groupWebhooks, agentId: '8401', usage, ...more }));
  };

  beforeEach(async () => {
    clock.moveTo(new Date('2026-09-23T10:11:00+08:00'));
    api = await startDingtalkApi();
    usage = countingUsage();
    await open();
  });
  afterEach(async () => {
    await door.close();
    await api.close();
  });

  const message = (to: Outgoing['to'], more: Partial<Outgoing> = {}): Outgoing => ({
    body: 'yunchuan',
    platform: 'dingtalk',
    to,
    format: 'text',
    text: '温馨提示',
    asked: true,
    key: 'yunchuan:reminder:1',
    ...more,
  });
  const send = (outgoing: Outgoing): Promise<SendOutcome> => door.dingtalk.sender.send(outgoing);
  const toGroup = (more: Partial<Outgoing> = {}, chatId = group): Promise<SendOutcome> => send(message({ chatId }, more));
  const toPerson = (more: Partial<Outgoing> = {}): Promise<SendOutcome> => send(message({ userId: 'dt-zhoulan' }, more));
  const used = (): string[] => api.calls.map(({ path }) => path).filter((path) => path !== paths.token);

  describe('to a group', () => {
    it('speaks as the robot, by the id under which the group’s messages come in', async () => {
      expect(door.dingtalk.sender.reachesGroup?.(group)).toBe(true);
      expect(await toGroup()).toMatchObject({ kind: 'sent', platformId: expect.stringMatching(/^key/) });
      expect(api.of(paths.group)).toMatchObject([
        {
          token: 'tok1',
          json: { robotCode: clientId, openConversationId: group, msgKey: 'sampleText', msgParam: '{"content":"温馨提示"}' },
        },
      ]);
      expect(usage.counted).toEqual({ calls: 1, pushes: 0 });
    });

    it('takes the webhook when somebody is to be mentioned, because the robot cannot', async () => {
      expect(await toGroup({ mentions: ['dt-a', 'dt-b', 'dt-a'] })).toEqual({ kind: 'sent' });
      expect(used()).toEqual([paths.webhook]);
      expect(api.calls[0]?.json).toMatchObject({
        msgtype: 'text',
        text: { content: '温馨提示\n@dt-a @dt-b' },
        at: { atUserIds: ['dt-a', 'dt-b'], isAtAll: false },
      });
      expect(usage.counted).toEqual({ calls: 0, pushes: 1 });
    });

    it('mentions nobody whom only the words name', async () => {
      await toGroup({ text: '@dt-evil 您好', mentions: ['dt-a'] });
      expect(api.calls[0]?.json).toMatchObject({ text: { content: '＠dt-evil 您好\n@dt-a' }, at: { atUserIds: ['dt-a'] } });
    });

    it('speaks without mentions where no webhook is known', async () => {
      expect(await toGroup({ mentions: ['dt-a'] }, 'cidOTHER==')).toMatchObject({ kind: 'sent' });
      expect(used()).toEqual([paths.group]);
    });

    it('signs at the moment of the call, and never twice into one address', async () => {
      for (let times = 0; times < 2; times += 1) await toGroup({ mentions: ['dt-a'], key: `k${times}` }, signed);
      expect(api.of(paths.webhook)).toHaveLength(2);
      for (const { query } of api.of(paths.webhook)) {
        const [timestamp = '', ...more] = query.getAll('timestamp');
        expect([more, Math.abs(Number(timestamp) - clock.now().getTime()) < 60_000]).toEqual([[], true]);
        expect(query.getAll('sign')).toEqual([signatureOf(timestamp, secret)]);
        expect(query.get('access_token')).toBe('signed');
      }
    });

    it('agrees with the vector of the signature', () => {
      expect(signatureOf('1700000000000', secret)).toBe('jcUpW0QmtKduN03n4JqQ0PBosVjqnM8gU7fIIvsDmCM=');
    });

    it.each(['conversation.org.notMatch', 'bot.stopped', 'Forbidden.AccessDenied.ApiCountLimitForOrg'])(
      'takes the webhook when the robot is refused (%s)',
      async (code) => {
        api.script[paths.group] = [failure(code)];
        expect(await toGroup()).toEqual({ kind: 'sent' });
        expect(used()).toEqual([paths.group, paths.webhook]);
        expect(await toGroup({}, 'cidOTHER==')).toMatchObject({ kind: 'refused', code });
      },
    );

    it('goes to the person instead, where the message names one', async () => {
      api.script[paths.group] = [failure('conversation.org.notMatch')];
      expect(await send(message({ chatId: 'cidOTHER==', orUserId: 'dt-zhoulan' }))).toMatchObject({ kind: 'sent' });
      expect(api.of(paths.send)).toMatchObject([{ json: { userIds: ['dt-zhoulan'] } }]);
    });

    it('takes no second way while the first may have arrived', async () => {
      api.script[paths.group] = [lost];
      expect(await toGroup()).toMatchObject({ kind: 'unknown', code: 'http 504' });
      expect(used()).toEqual([paths.group]);
    });

    it('repeats what the webhook may have taken once, under the key by which the platform drops the second', async () => {
      api.script[paths.webhook] = [lost, { json: { errcode: 0 } }];
      expect(await toGroup({ mentions: ['dt-a'] })).toEqual({ kind: 'sent' });
      const [first, second] = api.of(paths.webhook);
      expect(first?.json['msgUuid']).toMatch(/^[0-9a-f]{24}$/);
      expect(second?.raw).toBe(first?.raw);
      await toGroup({ mentions: ['dt-a'], key: 'another' });
      expect(api.of(paths.webhook)[2]?.json['msgUuid']).not.toBe(first?.json['msgUuid']);
    });

    it('does not know when the repetition is refused: the first may have arrived', async () => {
      api.script[paths.webhook] = [lost, { json: { errcode: 410100 } }];
      expect(await toGroup({ mentions: ['dt-a'] })).toMatchObject({ kind: 'unknown', code: 'http 504' });
    });

    it.each([
      [310000, { kind: 'refused', code: '310000' }],
      [400101, { kind: 'refused', code: '400101' }],
      [410100, { kind: 'later', afterMs: 60_000 }],
    ])('takes %s of the webhook as %j', async (errcode, outcome) => {
      api.script[paths.webhook] = [{ json: { errcode, errmsg: 'no' } }];
      expect(await toGroup({ mentions: ['dt-a'] })).toMatchObject(outcome);
    });

    it('holds back what is more than a webhook takes in a minute, the other group’s not', async () => {
      await open({ limits: lasting });
      const outcomes = await Promise.all(Array.from({ length: 25 }, (_, at) => toGroup({ mentions: ['dt-a'], key: `k${at}` })));
      expect(outcomes.filter(({ kind }) => kind === 'sent')).toHaveLength(10);
      expect(outcomes.filter((each) => each.kind === 'later' && each.code === 'app pace')).toHaveLength(15);
      expect(await toGroup({ mentions: ['dt-a'] }, signed)).toEqual({ kind: 'sent' });
    });
  });

  describe('to a member with whom the robot has no conversation', () => {
    beforeEach(() => {
      api.script[paths.send] = [failure('robot.oto.notExist')];
    });
    const notified = (): unknown => (api.of(paths.notify)[0]!.json['msg'] as { text: { content: string } }).text.content;

    it('sends a work notification, and says that its result is still to be asked for', async () => {
      expect(await toPerson()).toEqual({ kind: 'taken', ticket: '4711:dt-zhoulan', askAfterMs: 60_000 });
      expect(api.of(paths.notify)).toMatchObject([{ json: { agent_id: 8401, userid_list: 'dt-zhoulan', to_all_user: false } }]);
      expect(api.of(paths.notify)[0]?.query.get('access_token')).toBe('tok1');
      expect(notified()).toBe('温馨提示\n（此刻）');
      expect(usage.counted).toEqual({ calls: 2, pushes: 0 });
    });

    it('keeps within what a work notification may hold', async () => {
      await toPerson({ text: '长"'.repeat(5_000) });
      expect(Buffer.byteLength(JSON.stringify(api.of(paths.notify)[0]?.json['msg']))).toBeLessThanOrEqual(2_048);
    });

    it('repeats what may have been taken with the same words, which the platform drops by itself', async () => {
      api.script[paths.notify] = [lost, { json: { errcode: '0', task_id: '4712' } }];
      expect(await toPerson()).toMatchObject({ kind: 'taken', ticket: '4712:dt-zhoulan' });
      const [first, second] = api.of(paths.notify);
      expect(second?.raw).toBe(first?.raw);
    });

    it('gives up as before without the AgentId', async () => {
      await open({ agentId: '' });
      expect(await toPerson()).toMatchObject({ kind: 'refused', code: 'robot.oto.notExist' });
      expect(api.of(paths.notify)).toEqual([]);
    });

    it('sends none for a member who does not exist, or when the robot’s message may have arrived', async () => {
      api.script[paths.send] = [failure('staffId.notExisted'), lost];
      expect(await toPerson()).toMatchObject({ kind: 'refused' });
      expect(await toPerson()).toMatchObject({ kind: 'unknown' });
      expect(api.of(paths.notify)).toEqual([]);
    });

    const ticket = '4711:dt-zhoulan';
    it.each<[string, object, object]>([
      ['read', { read_user_id_list: ['dt-zhoulan'] }, { kind: 'sent', platformId: '4711' }],
      ['unread', { unread_user_id_list: ['dt-zhoulan'] }, { kind: 'sent' }],
      ['a repetition of the same day', { forbidden_list: [{ code: '143106', userid: 'dt-zhoulan' }] }, { kind: 'sent' }],
      ['too much for one day', { forbidden_list: [{ code: 143105, userid: 'dt-zhoulan' }] }, { kind: 'refused', code: '143105' }],
      ['too fast', { forbidden_list: [{ code: '143103', userid: 'dt-zhoulan' }] }, { kind: 'later', code: '143103' }],
      ['no such member', { invalid_user_id_list: ['dt-zhoulan'] }, { kind: 'refused', code: 'invalid_user_id_list' }],
      ['failed', { failed_user_id_list: ['dt-zhoulan'] }, { kind: 'refused', code: 'failed_user_id_list' }],
      ['not yet known', { read_user_id_list: ['dt-other'] }, { kind: 'taken', ticket, askAfterMs: 60_000 }],
    ])('learns by its ticket: %s', async (_what, send_result, outcome) => {
      api.script[paths.result] = [{ json: { errcode: 0, send_result } }];
      expect(await door.dingtalk.sender.resolve?.(ticket)).toMatchObject(outcome);
      expect(api.of(paths.result)).toMatchObject([{ json: { agent_id: 8401, task_id: 4711 } }]);
    });
  });

  it('asks again when the question itself could not be answered', async () => {
    api.script[paths.result] = [failure('Forbidden.AccessDenied.QpsLimitForApi', 403), { json: { errcode: 90018 } }, lost];
    for (let times = 0; times < 3; times += 1) {
      expect(await door.dingtalk.sender.resolve?.('4711:dt-zhoulan')).toMatchObject({ kind: 'taken', ticket: '4711:dt-zhoulan' });
    }
  });

  describe('with buttons', () => {
    const link = 'dtmd://dingtalkclient/sendMessage?content=%2F%E6%8A%A5%E5%90%8D%20A23';

    it('shows one in private', async () => {
      await toPerson({ card });
      const { msgKey, msgParam } = api.of(paths.send)[0]!.json as { msgKey: string; msgParam: string };
      expect([msgKey, JSON.parse(msgParam)]).toEqual([
        'sampleActionCard',
        { title: '读书会', text: '温馨提示', singleTitle: '报名', singleURL: link },
      ]);
    });

    it('numbers several', async () => {
      await toPerson({ card: { ...card, buttons: [...card.buttons, { label: '看详情', says: '/活动 A23' }] } });
      const { msgKey, msgParam } = api.of(paths.send)[0]!.json as { msgKey: string; msgParam: string };
      expect(msgKey).toBe('sampleActionCard2');
      expect(JSON.parse(msgParam)).toMatchObject({ actionTitle1: '报名', actionURL1: link, actionTitle2: '看详情' });
    });

    it('shows none in a group, where pressing one may reach nobody, until the operator says it does', async () => {
      await toGroup({ card });
      expect(api.of(paths.group)[0]?.json).toMatchObject({ msgKey: 'sampleText' });
      await open({ buttons: 'everywhere' });
      await toGroup({ card });
      await toGroup({ card, mentions: ['dt-a'] });
      expect(api.of(paths.group)[1]?.json).toMatchObject({ msgKey: 'sampleActionCard' });
      expect(api.of(paths.webhook)[0]?.json).toMatchObject({
        msgtype: 'actionCard',
        actionCard: { text: '温馨提示  \n  @dt-a', singleTitle: '报名', singleURL: link },
        at: { atUserIds: ['dt-a'] },
      });
    });

    it('shows them in a late answer too, where the message stood in private', async () => {
      const lateReply = `${api.url}${paths.session}?session=abc`;
      await send(message({ lateReply, inPrivate: true }, { card }));
      await send(message({ lateReply }, { card }));
      expect(api.of(paths.session).map(({ json }) => json['msgtype'])).toEqual(['actionCard', 'text']);
      expect(api.of(paths.session)[0]?.json).toMatchObject({ actionCard: { singleTitle: '报名', singleURL: link } });
    });

    it('shows none at all when switched off', async () => {
      await open({ buttons: 'none' });
      await toPerson({ card });
      expect(api.of(paths.send)[0]?.json).toMatchObject({ msgKey: 'sampleText', msgParam: '{"content":"温馨提示"}' });
    });
  });

  it('gives back what the plan is not charged for', async () => {
    const own = { prefix: freshPrefix() };
    await open(own);
    api.script[paths.send] = [failure('Forbidden.AccessDenied.QpsLimitForAppkeyAndApi', 403)];
    expect(await toPerson()).toMatchObject({ kind: 'later' });
    expect(usage.counted.calls).toBe(0);
    api.script[paths.send] = [failure('staffId.notExisted')];
    await toPerson();
    expect(usage.counted.calls).toBe(1);
    // With the token from before, but nobody there; a connection kept open would be cut off in the middle, with an unknown outcome.
    const gone = await startDingtalkApi();
    await gone.close();
    await open({ ...own, apiBase: gone.url });
    expect(await toPerson()).toMatchObject({ kind: 'later' });
    expect(usage.counted.calls).toBe(1);
  });
});
