import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import Redis from 'ioredis';
import { findRedis } from '../../src/cli/find-redis';
import type { Outgoing } from '../../src/delivery/outgoing';
import { ShiftableClock } from '../../src/foundation/clock';
import { codeEntry, knownCodes } from '../../src/transports/wecom/error-codes';
import { freshPrefix } from '../helpers/services';
import { lasting } from '../helpers/tempo';
import { startWecomApi, type WecomApi } from '../helpers/wecom-api';
import { type Door, openDoor } from '../helpers/wecom-door';

const sendPath = '/cgi-bin/message/send';
const message = (userId = 'zhoulan', more: Partial<Outgoing> = {}): Outgoing => ({
  body: 'yunchuan',
  platform: 'wecom',
  to: { userId },
  format: 'text',
  text: '温馨提示',
  asked: true,
  ...more,
});

describe('sending through the self-built app', () => {
  let api: WecomApi;
  let door: Door;
  const clock = new ShiftableClock();

  beforeEach(async () => {
    clock.moveTo(new Date('2026-09-23T10:11:00+08:00'));
    api = await startWecomApi();
    door = await openDoor(clock, { apiBase: api.url, limits: lasting });
  });
  afterEach(async () => {
    await door.close();
    await api.close();
  });

  it('says the same bytes for the same message, with the platform’s duplicate check on', async () => {
    expect(await door.wecom.sender.send(message())).toEqual({ kind: 'sent', platformId: 'id2' });
    await door.wecom.sender.send(message());
    const [first, second] = api.of(sendPath);
    expect(first?.json).toEqual({
      touser: 'zhoulan',
      msgtype: 'text',
      agentid: 218,
      text: { content: '温馨提示' },
      enable_duplicate_check: 1,
      duplicate_check_interval: 14_400,
    });
    expect(second?.raw).toBe(first?.raw);
  });

  it('fetches one token for fifty sends at once, shared with another instance', async () => {
    const shared = { apiBase: api.url, prefix: freshPrefix() };
    const other = await openDoor(clock, { ...shared, redis: door.redis.duplicate() });
    const mine = await openDoor(clock, { ...shared, redis: door.redis.duplicate() });
    const sends = Array.from({ length: 50 }, (_, at) => (at % 2 ? mine : other).wecom.sender.send(message(`user${at}`)));
    const outcomes = await Promise.all(sends);
    expect(outcomes.every(({ kind }) => kind === 'sent')).toBe(true);
    expect(api.of('/cgi-bin/gettoken')).toHaveLength(1);
    await other.close();
    await mine.close();
  });

  it('renews a refused token once, and sends once more', async () => {
    api.script[sendPath] = [{ errcode: 42001 }, { errcode: 0, msgid: 'after' }];
    expect(await door.wecom.sender.send(message())).toEqual({ kind: 'sent', platformId: 'after' });
    expect(api.of('/cgi-bin/gettoken')).toHaveLength(2);
    expect(api.of(sendPath).map(({ token }) => token)).toEqual(['tok1', 'tok2']);
  });

  it('renews an expired token once under load', async () => {
    await door.wecom.sender.send(message('first'));
    api.script[sendPath] = [({ token }) => (token === 'tok1' ? { errcode: 40014 } : { errcode: 0, msgid: 'm' })];
    const outcomes = await Promise.all(Array.from({ length: 5 }, (_, at) => door.wecom.sender.send(message(`load${at}`))));
    expect(outcomes.map(({ kind }) => kind)).toEqual(['sent', 'sent', 'sent', 'sent', 'sent']);
    expect(api.of('/cgi-bin/gettoken')).toHaveLength(2);
  });

  it('waits for the operator on a wrong secret and says what to do, without a storm of calls', async () => {
    api.script['/cgi-bin/gettoken'] = [{ errcode: 40001 }];
    expect(await door.wecom.sender.send(message())).toMatchObject({
      kind: 'later',
      code: 'PLATFORM_MISCONFIGURED',
      afterMs: 600_000,
      advice: expect.stringContaining('WECOM_APP_SECRET'),
    });
    expect(api.of('/cgi-bin/gettoken')).toHaveLength(1);
    expect(api.of(sendPath)).toHaveLength(0);
  });

  it('reads invaliduser although errcode is 0, in whatever case it comes back', async () => {
    api.script[sendPath] = [{ errcode: 0, invaliduser: 'someone|zhoulan' }];
    expect(await door.wecom.sender.send(message('ZhouLan'))).toMatchObject({ kind: 'refused', code: 'invaliduser' });
    api.script[sendPath] = [{ errcode: 0, invaliduser: 'someone', msgid: 'x' }];
    expect(await door.wecom.sender.send(message('ZhouLan'))).toEqual({ kind: 'sent', platformId: 'x' });
  });

  it.each([
    [{ errcode: 81013 }, { kind: 'refused', code: '81013' }],
    [
      { errcode: 60020, errmsg: 'not allow to access from your ip, hint: [1], from ip: 203.0.113.7, more info' },
      { kind: 'later', code: '60020', afterMs: 600_000, advice: expect.stringMatching(/企业可信IP.*203\.0\.113\.7/u) },
    ],
    [{ errcode: 45009 }, { kind: 'later', code: '45009', afterMs: 60_000 }],
    [{ errcode: -1 }, { kind: 'later', code: '-1' }],
    [{ errcode: 999_999 }, { kind: 'refused', code: '999999' }],
    [{ httpStatus: 502 }, { kind: 'later', code: 'http 502' }],
    [{ httpStatus: 503 }, { kind: 'later', code: 'http 503' }],
    [{ httpStatus: 504 }, { kind: 'unknown', code: 'http 504' }],
  ] as const)('takes %j as %j', async (answer, outcome) => {
    api.script[sendPath] = [answer];
    expect(await door.wecom.sender.send(message())).toMatchObject(outcome);
  });

  it('does not know what became of a call that is never answered', async () => {
    await door.wecom.sender.send(message('warm'));
    api.script[sendPath] = ['hang'];
    expect(await door.wecom.sender.send(message())).toMatchObject({ kind: 'unknown' });
  });

  it('tries later when WeCom cannot be reached at all', async () => {
    const [own, gone] = [{ prefix: freshPrefix() }, await startWecomApi()];
    await gone.close();
    // The token is there from before: it is the sending that reaches nobody. A connection kept open would be cut off in the middle.
    const doors = [await openDoor(clock, { ...own, apiBase: api.url }), await openDoor(clock, { ...own, apiBase: gone.url })];
    const outcomes = [];
    for (const each of doors) outcomes.push(await each.wecom.sender.send(message()));
    for (const each of doors) await each.close();
    expect(outcomes).toMatchObject([{ kind: 'sent' }, { kind: 'later' }]);
  });

  it('holds the 31st message of a minute to one member back, not those to others', async () => {
    for (let at = 0; at < 30; at += 1) expect((await door.wecom.sender.send(message('busy', { text: `第${at}条` }))).kind).toBe('sent');
    expect(await door.wecom.sender.send(message('BUSY', { text: '第31条' }))).toMatchObject({ kind: 'later', code: 'member pace' });
    expect((await door.wecom.sender.send(message('other'))).kind).toBe('sent');
    expect(api.of(sendPath)).toHaveLength(31);
  });

  it('stays away from the minutes :00 and :30 unless somebody has just asked', async () => {
    for (const minute of ['00', '30']) {
      clock.moveTo(new Date(`2026-09-23T10:${minute}:20+08:00`));
      expect(await door.wecom.sender.send(message('quiet', { asked: false }))).toMatchObject({ kind: 'later', code: 'quiet minute' });
      expect((await door.wecom.sender.send(message('quiet', { text: minute }))).kind).toBe('sent');
    }
    clock.moveTo(new Date('2026-09-23T10:31:00+08:00'));
    expect((await door.wecom.sender.send(message('quiet', { asked: false }))).kind).toBe('sent');
  });

  it('cuts a long text at 2048 bytes, never within a character', async () => {
    await door.wecom.sender.send(message('long', { text: '联'.repeat(2_000) }));
    const content = (api.of(sendPath)[0]!.json['text'] as { content: string }).content;
    expect(Buffer.byteLength(content)).toBeLessThanOrEqual(2_048);
    expect(content).toMatch(/^联+\n后面还有$/);
  });

  it('answers late once through the address of the message, and through no other host', async () => {
    const address = `${api.url}/cgi-bin/aibot/response?response_code=abc`;
    expect((await door.wecom.sender.send(message('', { to: { lateReply: address } }))).kind).toBe('sent');
    expect(api.of('/cgi-bin/aibot/response')[0]?.json).toEqual({ msgtype: 'markdown', markdown: { content: '温馨提示' } });
    expect(await door.wecom.sender.send(message('', { to: { lateReply: 'http://127.0.0.1:1/steal' } }))).toMatchObject({
      kind: 'refused',
      code: 'address',
    });
  });

  it('answers in private when the address of the message has expired, and not when its outcome is unknown', async () => {
    const late = message('', {
      to: { lateReply: `${api.url}/cgi-bin/aibot/response?response_code=abc`, orUserId: 'zhoulan' },
      format: 'markdown',
    });
    api.script['/cgi-bin/aibot/response'] = [{ errcode: 60140 }, { httpStatus: 504 }];
    expect((await door.wecom.sender.send(late)).kind).toBe('sent');
    expect(api.of(sendPath)).toMatchObject([{ json: { touser: 'zhoulan', msgtype: 'text', text: { content: '温馨提示' } } }]);
    expect((await door.wecom.sender.send(late)).kind).toBe('unknown');
    expect(api.of(sendPath)).toHaveLength(1);
  });

  it('refuses an empty text before calling', async () => {
    expect(await door.wecom.sender.send(message('empty', { text: ' \u0000 ' }))).toMatchObject({ kind: 'refused', code: '44004' });
    expect(api.calls).toEqual([]);
  });

  it('goes on from memory with Redis away', async () => {
    const redis = await findRedis({ durable: false });
    const own = await openDoor(clock, {
      apiBase: api.url,
      redis: new Redis(redis.url, { enableOfflineQueue: false, maxRetriesPerRequest: 1, commandTimeout: 500 }).on('error', () => undefined),
    });
    await redis.stop();
    expect((await own.wecom.sender.send(message('a'))).kind).toBe('sent');
    expect((await own.wecom.sender.send(message('b'))).kind).toBe('sent');
    expect(api.of('/cgi-bin/gettoken')).toHaveLength(1);
    await own.close();
  });

  it('knows advice for every code it reacts to', () => {
    for (const code of knownCodes) expect(codeEntry(code).advice).toMatch(/\p{Script=Han}{4}/u);
  });
});
