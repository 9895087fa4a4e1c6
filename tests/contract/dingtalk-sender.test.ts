import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import Redis from 'ioredis';
import { findRedis } from '../../src/cli/find-redis';
import type { Outgoing } from '../../src/delivery/outgoing';
import { ShiftableClock } from '../../src/foundation/clock';
import { codeEntry, knownCodes } from '../../src/transports/dingtalk/error-codes';
import { type DingtalkApi, paths, startDingtalkApi } from '../helpers/dingtalk-api';
import { clientId, clientSecret, type Door, openDoor } from '../helpers/dingtalk-door';
import { freshPrefix } from '../helpers/services';
import { lasting } from '../helpers/tempo';

const message = (userId = 'dt-zhoulan', more: Partial<Outgoing> = {}): Outgoing => ({
  body: 'yunchuan',
  platform: 'dingtalk',
  to: { userId },
  format: 'text',
  text: '温馨提示',
  asked: true,
  ...more,
});
const failure = (status: number, code: string) => ({ status, json: { code, message: 'no', requestid: 'r' } });

describe('sending through the DingTalk robot', () => {
  let api: DingtalkApi;
  let door: Door;
  const clock = new ShiftableClock();

  beforeEach(async () => {
    clock.moveTo(new Date('2026-09-23T10:11:00+08:00'));
    api = await startDingtalkApi();
    door = await openDoor(clock, { apiBase: api.url, sessionBase: api.url });
  });
  afterEach(async () => {
    await door.close();
    await api.close();
  });
  const send = (outgoing: Outgoing) => door.dingtalk.sender.send(outgoing);

  it('speaks to one person, in the documented form, with the token in the header', async () => {
    expect(await send(message())).toEqual({ kind: 'sent', platformId: 'key2' });
    expect(api.calls.map(({ path, token, json }) => ({ path, token, json }))).toEqual([
      { path: paths.token, token: null, json: { appKey: clientId, appSecret: clientSecret } },
      {
        path: paths.send,
        token: 'tok1',
        json: { robotCode: clientId, userIds: ['dt-zhoulan'], msgKey: 'sampleText', msgParam: '{"content":"温馨提示"}' },
      },
    ]);
  });

  it('promises no check for duplicates, because the platform has none', () => {
    expect(door.dingtalk.sender.repeatSafeMs).toBe(0);
  });

  it('fetches one token for many sends at once, shared with another instance', async () => {
    const shared = { apiBase: api.url, prefix: freshPrefix() };
    const doors = [
      await openDoor(clock, { ...shared, redis: door.redis.duplicate() }),
      await openDoor(clock, { ...shared, redis: door.redis.duplicate() }),
    ];
    const outcomes = await Promise.all(Array.from({ length: 10 }, (_, at) => doors[at % 2]!.dingtalk.sender.send(message(`user${at}`))));
    expect(outcomes.every(({ kind }) => kind === 'sent')).toBe(true);
    expect(api.of(paths.token)).toHaveLength(1);
    for (const each of doors) await each.close();
  });

  it('renews a refused token once, and sends once more', async () => {
    api.script[paths.send] = [failure(401, 'InvalidAuthentication'), { json: { processQueryKey: 'after' } }];
    expect(await send(message())).toEqual({ kind: 'sent', platformId: 'after' });
    expect(api.of(paths.send).map(({ token }) => token)).toEqual(['tok1', 'tok2']);
  });

  it('tries later when the renewed token is refused as well, without a storm of calls', async () => {
    api.script[paths.send] = [failure(400, 'invalidParameter.token.invalid')];
    expect(await send(message())).toMatchObject({ kind: 'later', code: 'invalidParameter.token.invalid' });
    expect(api.of(paths.send)).toHaveLength(2);
  });

  it('waits for the operator on a wrong secret and says what to do, after one call', async () => {
    api.script[paths.token] = [failure(400, 'invalidClientIdOrSecret')];
    expect(await send(message())).toMatchObject({
      kind: 'later',
      code: 'PLATFORM_MISCONFIGURED',
      afterMs: 600_000,
      advice: expect.stringContaining('DINGTALK_CLIENT_SECRET'),
    });
    expect(api.calls).toHaveLength(1);
  });

  it.each([
    ['invalidStaffIdList', { kind: 'refused', code: 'invalidStaffIdList' }],
    ['flowControlledStaffIdList', { kind: 'later', code: 'flowControlledStaffIdList', afterMs: 60_000 }],
  ] as const)('reads %s although HTTP says 200', async (list, outcome) => {
    api.script[paths.send] = [{ json: { processQueryKey: 'k', [list]: ['dt-zhoulan'] } }];
    expect(await send(message())).toMatchObject(outcome);
    expect(await send(message('dt-other'))).toMatchObject({ kind: 'sent' });
  });

  it.each([
    [failure(400, 'staffId.notExisted'), { kind: 'refused', code: 'staffId.notExisted' }],
    [failure(400, 'robot.oto.notExist'), { kind: 'refused', code: 'robot.oto.notExist' }],
    [failure(400, 'invalidParameter.robotCode.auth'), { kind: 'refused', code: 'invalidParameter.robotCode.auth' }],
    [
      failure(403, 'Forbidden.AccessDenied.IpNotInWhiteList'),
      { kind: 'later', code: 'Forbidden.AccessDenied.IpNotInWhiteList', afterMs: 600_000, advice: expect.stringContaining('服务器出口IP') },
    ],
    [{ status: 502 }, { kind: 'later', code: 'http 502' }],
    [{ status: 503 }, { kind: 'later', code: 'http 503' }],
    [{ status: 504 }, { kind: 'unknown', code: 'http 504' }],
    [failure(403, 'Forbidden.AccessDenied.ApiCountLimitForOrg'), { kind: 'refused', code: 'Forbidden.AccessDenied.ApiCountLimitForOrg' }],
    [failure(403, 'Forbidden.AccessDenied.QpsLimitForAppkeyAndApi'), { kind: 'later', afterMs: 5_000 }],
    [failure(400, 'send.too.fast'), { kind: 'later', code: 'send.too.fast', afterMs: 60_000 }],
    [failure(400, 'never.heard.of'), { kind: 'refused', code: 'never.heard.of' }],
    [{ status: 404 }, { kind: 'refused', code: 'http 404' }],
    [failure(500, 'system.error'), { kind: 'unknown', code: 'system.error' }],
    [{ status: 504 }, { kind: 'unknown', code: 'http 504' }],
    [{ status: 200 }, { kind: 'unknown', code: 'unreadable answer' }],
  ])('takes %j as %j', async (answer, outcome) => {
    api.script[paths.send] = [answer];
    expect(await send(message())).toMatchObject(outcome);
    expect(api.of(paths.send)).toHaveLength(1);
  });

  it('does not know what became of a call that is never answered', async () => {
    await send(message('warm'));
    api.script[paths.send] = ['hang'];
    expect(await send(message())).toMatchObject({ kind: 'unknown' });
  });

  it('tries later when DingTalk cannot be reached at all', async () => {
    const [own, gone] = [{ prefix: freshPrefix() }, await startDingtalkApi()];
    await gone.close();
    // The token is there from before: it is the sending that reaches nobody. A connection kept open would be cut off in the middle.
    const doors = [await openDoor(clock, { ...own, apiBase: api.url }), await openDoor(clock, { ...own, apiBase: gone.url })];
    const outcomes = [];
    for (const each of doors) outcomes.push(await each.dingtalk.sender.send(message()));
    for (const each of doors) await each.close();
    expect(outcomes).toMatchObject([{ kind: 'sent' }, { kind: 'later' }]);
  });

  it('holds back what is more than ten in a second, without a call', async () => {
    const paced = await openDoor(clock, { apiBase: api.url, limits: lasting });
    const outcomes = await Promise.all(Array.from({ length: 30 }, (_, at) => paced.dingtalk.sender.send(message(`user${at}`))));
    await paced.close();
    expect(outcomes.filter(({ kind }) => kind === 'sent')).toHaveLength(10);
    expect(outcomes.filter((outcome) => outcome.kind === 'later' && outcome.code === 'app pace')).toHaveLength(20);
    expect(api.of(paths.send)).toHaveLength(10);
  });

  it('stays away from the full hour unless somebody has just asked', async () => {
    clock.moveTo(new Date('2026-09-23T10:00:20+08:00'));
    expect(await send(message('quiet', { asked: false }))).toMatchObject({ kind: 'later', code: 'quiet minute' });
    expect((await send(message('quiet'))).kind).toBe('sent');
    clock.moveTo(new Date('2026-09-23T10:01:00+08:00'));
    expect((await send(message('quiet', { asked: false }))).kind).toBe('sent');
  });

  it('keeps a long text within 15000 bytes as the platform counts them, never within a character', async () => {
    await send(message('long', { text: '联\n"'.repeat(5_000) }));
    const msgParam = api.of(paths.send)[0]?.json['msgParam'] as string;
    expect(Buffer.byteLength(msgParam)).toBeLessThanOrEqual(15_000);
    expect((JSON.parse(msgParam) as { content: string }).content).toMatch(/^[联\n"]+…$/);
  });

  it.each(['text', 'markdown'] as const)('sends %s as words in which nothing acts', async (format) => {
    await send(message('words', { format, text: '@周岚 [点这里](dtmd://dingtalkclient/sendMessage?content=x)' }));
    const { content } = JSON.parse(api.of(paths.send)[0]?.json['msgParam'] as string) as { content: string };
    expect(api.of(paths.send)[0]?.json['msgKey']).toBe('sampleText');
    expect(content).toBe('＠周岚 [点这里](dtmd：//dingtalkclient/sendMessage?content=x)');
  });

  it('calls nobody by an encrypted id and sends nothing empty', async () => {
    expect(await send(message('$:LWCP_v1:$abc'))).toMatchObject({ kind: 'refused', code: 'encrypted id' });
    expect(await send(message('dt-zhoulan', { text: ' \u0000 ' }))).toMatchObject({ kind: 'refused', code: 'empty text' });
    expect(api.calls).toEqual([]);
  });

  it('knows advice for every code it reacts to', () => {
    for (const code of knownCodes) expect(codeEntry(code).advice).toMatch(/\p{Script=Han}{4}/u);
  });

  describe('late, to the session of a message', () => {
    const late = (more: object = {}): Outgoing =>
      message('', { to: { lateReply: `${api.url}${paths.session}?session=abc`, orUserId: 'dt-zhoulan', ...more }, format: 'markdown' });

    it('answers where it was asked, as text and with nobody mentioned', async () => {
      expect(await send(late())).toEqual({ kind: 'sent' });
      expect(api.calls).toMatchObject([{ path: paths.session, json: { msgtype: 'text', text: { content: '温馨提示' } } }]);
      expect(api.calls[0]?.json).not.toHaveProperty('at');
    });

    it.each([
      ['has expired', () => ({ json: { errcode: 300001, errmsg: 'session 不存在' } }), {}],
      ['says its errcode as text', () => ({ json: { errcode: '300001' } }), {}],
      ['is not one of DingTalk’s', () => ({ status: 200 }), { lateReply: 'http://169.254.169.254/robot/sendBySession' }],
    ])('answers in private when the session %s', async (_what, answer, more) => {
      api.script[paths.session] = [answer()];
      expect(await send(late(more))).toMatchObject({ kind: 'sent', platformId: expect.stringMatching(/^key/) });
      expect(api.of(paths.send)).toMatchObject([{ json: { userIds: ['dt-zhoulan'] } }]);
    });

    it('does not answer twice when it cannot know whether the session took it', async () => {
      api.script[paths.session] = [{ status: 504 }];
      expect(await send(late())).toMatchObject({ kind: 'unknown', code: 'http 504' });
      expect(api.of(paths.send)).toEqual([]);
    });

    it('waits when the session is too busy', async () => {
      api.script[paths.session] = [{ json: { errcode: 410100 } }];
      expect(await send(late())).toMatchObject({ kind: 'later', code: '410100' });
      expect(api.of(paths.send)).toEqual([]);
    });
  });

  it('goes on from memory with Redis away', async () => {
    const redis = await findRedis({ durable: false });
    const own = await openDoor(clock, {
      apiBase: api.url,
      redis: new Redis(redis.url, { enableOfflineQueue: false, maxRetriesPerRequest: 1, commandTimeout: 500 }).on('error', () => undefined),
    });
    await redis.stop();
    expect((await own.dingtalk.sender.send(message('a'))).kind).toBe('sent');
    expect((await own.dingtalk.sender.send(message('b'))).kind).toBe('sent');
    expect(api.of(paths.token)).toHaveLength(1);
    await own.close();
  });
});
