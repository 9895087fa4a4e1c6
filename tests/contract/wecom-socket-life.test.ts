import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { findRedis } from '../../src/cli/find-redis';
import type { Outgoing } from '../../src/delivery/outgoing';
import { ShiftableClock } from '../../src/foundation/clock';
import { failFastRedis } from '../../src/foundation/redis';
import { freshPrefix } from '../helpers/services';
import { lasting } from '../helpers/tempo';
import { until } from '../helpers/wait';
import { eventFrame, live, openSocketDoor, openWire, type SocketDoor } from '../helpers/wecom-socket';

const minute = 60_000;

describe('the long connection of the WeCom bot', () => {
  let door: SocketDoor;
  const doors: SocketDoor[] = [];
  const stops: (() => Promise<void>)[] = [];
  const clock = new ShiftableClock();

  const open = async (more: Parameters<typeof openSocketDoor>[1] = {}): Promise<SocketDoor> => {
    const opened = await openSocketDoor(clock, more);
    doors.push(opened);
    return opened;
  };
  const subscriptions = (at: SocketDoor = door): number => at.wire.of('aibot_subscribe').length;
  const errors = (): string => door.logged.filter((line) => line.includes('"level":50')).join('');

  beforeEach(() => {
    clock.moveTo(new Date('2026-09-23T10:11:00+08:00'));
  });
  afterEach(async () => {
    for (const each of doors.splice(0).reverse()) await each.close();
    for (const stop of stops.splice(0)) await stop();
  });

  it('comes back after a break, but not at once', async () => {
    door = await open();
    await live(door);
    const from = performance.now();
    for (const client of door.wire.clients) client.terminate();
    await until('it subscribes again', () => subscriptions() === 2);
    expect(performance.now() - from).toBeGreaterThan(400);
    await live(door);
  });

  it('ends when nothing is heard for two pings, and not while something is', async () => {
    door = await open();
    await live(door);
    door.wire.ack = ({ cmd }) => (cmd === 'ping' ? null : 0);
    door.steady.jump(40_000);
    await until('it has pinged', () => door.wire.of('ping').length === 1);
    door.wire.send({ cmd: 'aibot_unheard_of', headers: { req_id: 'r' } });
    door.deliver('control');
    await until('something was heard', () => door.received.length === 1);
    door.steady.jump(40_000);
    await until('it has pinged again', () => door.wire.of('ping').length === 2);
    expect(subscriptions()).toBe(1);
    door.steady.jump(66_000);
    await until('it subscribes again', () => subscriptions() === 2);
  });

  it('does not fight for the bot with another program: it stays away for minutes and says so loudly', async () => {
    door = await open();
    await live(door);
    door.wire.send(eventFrame('e', 'disconnected_event'));
    await until('it has closed', () => door.wire.clients.size === 0);
    await until('it has been said', () => errors().includes('another program has connected'));
    door.steady.jump(4 * minute);
    door.deliver('nobody hears this');
    // The lease goes on being renewed, so the process is alive and waiting.
    await until('the wait goes on', async () => (await door.redis.pttl((await leaseKeys(door))[0] ?? '')) > 0);
    expect(subscriptions()).toBe(1);
    door.steady.jump(7 * minute);
    await until('it tries again', () => subscriptions() === 2);
    await live(door);
    door.wire.send(eventFrame('e2', 'disconnected_event'));
    await until('it has closed again', () => door.wire.clients.size === 0);
    door.steady.jump(9 * minute);
    expect(door.wecom.socket?.live).toBe(false);
    expect(subscriptions()).toBe(2);
    door.steady.jump(12 * minute);
    await until('it tries once more, after a longer pause', () => subscriptions() === 3);
  });

  it('does not loop on a refused secret, and names the settings', async () => {
    const wire = await openWire();
    wire.ack = ({ cmd }) => (cmd === 'aibot_subscribe' ? 853000 : 0);
    door = await open({ wire });
    await until('it has been said', () => errors().includes('WECOM_BOT_SECRET 不对'));
    expect(errors()).not.toContain('long-connection-secret');
    door.steady.jump(20_000);
    await until('the refused connection is closed', () => wire.clients.size === 0);
    expect(subscriptions()).toBe(1);
    wire.ack = () => 0;
    door.steady.jump(minute);
    await live(door);
    expect(subscriptions()).toBe(2);
  });

  it('hears what stands right behind the acknowledgement, and nothing before it', async () => {
    const wire = await openWire();
    wire.ack = () => null;
    door = await open({ wire });
    await until('it has asked', () => subscriptions() === 1);
    door.deliver('too early');
    const [asked] = wire.of('aibot_subscribe');
    wire.send({ headers: asked?.headers, errcode: 0, errmsg: 'ok' });
    door.deliver('at once');
    await until('it is heard', () => door.received.length > 0);
    expect(door.received.map(({ eventId }) => eventId)).toEqual(['msg-at once']);
  });

  describe('among several processes', () => {
    it('is held by one; another begins as soon as that one stops, with a larger number', async () => {
      const wire = await openWire();
      const prefix = freshPrefix();
      // A lease of an hour: it does not end by itself while this is watched, so the second waits for the first to let go.
      door = await open({ wire, prefix });
      await live(door);
      const second = await open({ wire, prefix });
      const hour = 60 * minute;
      const asking = jest.spyOn(second.redis, 'eval');
      second.steady.jump(hour);
      await until('the second asks for the lease', () => asking.mock.calls.length > 0);
      await second.redis.ping();
      expect(subscriptions()).toBe(1);
      await door.wecom.socket?.stop();
      second.steady.jump(hour);
      await live(second);
      expect(subscriptions()).toBe(2);
      expect(wire.clients.size).toBe(1);
      expect(second.logged.join('')).toContain('"fence":2');
    });

    it('sends nothing and closes when the lease has gone to another, though nobody told it', async () => {
      door = await open();
      await live(door);
      const [lease = ''] = await leaseKeys(door);
      door.answer = async () => {
        await door.redis.set(lease, 'somebody-else:9');
        return { text: '太晚了' };
      };
      door.deliver('r1');
      await until('it has closed', () => door.wire.clients.size === 0);
      await until('the answer follows another way', () => door.unsaid.length === 1);
      expect(door.wire.of('aibot_respond_msg')).toEqual([]);
      expect(await door.redis.get(lease)).toBe('somebody-else:9');
    });

    it('is held no longer than the lease when Redis is away, and comes back with it', async () => {
      const own = await findRedis({ durable: false });
      stops.push(() => own.stop());
      door = await open({ redis: failFastRedis(own.url), leaseMs: 10_000 });
      await live(door);
      door.deliver('with Redis');
      await until('it is answered', () => door.wire.of('aibot_respond_msg').length === 1);
      await door.redis.client('PAUSE', 7_000);
      door.deliver('while the lease lives');
      await until('it is answered all the same', () => door.wire.of('aibot_respond_msg').length === 2);
      door.steady.jump(11_000);
      await until('it closes when the lease has run out', () => door.wire.clients.size === 0);
      expect(door.logged.join('')).toContain('"why":"ran out"');
      await live(door);
    });

    it('is left to another process by one whose network to WeCom is broken', async () => {
      const wire = await openWire();
      const prefix = freshPrefix();
      const dead = await openWire();
      await dead.close();
      // The same bot at the same address, as the lease sees it; only the road there differs.
      door = await open({ wire, prefix, leaseMs: 2_000, road: dead.url });
      await until('it leads', () => door.logged.join('').includes('leads'));
      const second = await open({ wire, prefix, leaseMs: 2_000 });
      const jumping = setInterval(() => {
        door.steady.jump(1_000);
      }, 50);
      await until('the second is connected', () => second.wecom.socket?.live === true).finally(() => clearInterval(jumping));
      expect(door.wecom.socket?.live).toBe(false);
    });
  });

  describe('for what is said unasked', () => {
    const outgoing = (chatId: string, more: Partial<Outgoing> = {}): Outgoing => ({
      body: 'yunchuan',
      platform: 'wecom',
      to: { chatId },
      format: 'markdown',
      text: '今天三点集合',
      ...more,
    });
    const send = (chatId: string, more: Partial<Outgoing> = {}) => door.wecom.sender.send(outgoing(chatId, more));
    const pushes = () => door.wire.of('aibot_send_msg');

    beforeEach(async () => {
      door = await open({ limits: lasting });
      await live(door);
      door.deliver('learn');
      await until('the chat is known', () => door.wire.of('aibot_respond_msg').length === 1);
    });

    it('reaches the chats in which somebody has spoken to the bot, and no other', async () => {
      expect(await send('wrCHAT')).toEqual({ kind: 'sent' });
      expect(pushes()[0]?.body).toEqual({ chatid: 'wrCHAT', chat_type: 2, msgtype: 'markdown', markdown: { content: '今天三点集合' } });
      expect(await send('wrNEVER')).toMatchObject({ kind: 'refused', code: 'unknown chat' });
      expect(pushes()).toHaveLength(1);
    });

    it('forgets a chat that WeCom says is lost, and learns it again from its next message', async () => {
      door.wire.ack = ({ cmd }) => (cmd === 'aibot_send_msg' ? 93006 : 0);
      expect(await send('wrCHAT')).toMatchObject({ kind: 'refused', code: '93006' });
      expect(await send('wrCHAT')).toMatchObject({ kind: 'refused', code: 'unknown chat' });
      expect(pushes()).toHaveLength(1);
      door.wire.ack = () => 0;
      door.deliver('again');
      await until('the chat is known', () => door.wire.of('aibot_respond_msg').length === 2);
      expect(await send('wrCHAT')).toEqual({ kind: 'sent' });
    });

    it('is unknown without an acknowledgement, later when too much, and later while nobody is connected', async () => {
      door.wire.ack = ({ cmd }) => (cmd === 'aibot_send_msg' ? null : 0);
      const unsure = send('wrCHAT');
      await until('it is sent', () => pushes().length === 1);
      door.steady.jump(6_000);
      expect(await unsure).toEqual({ kind: 'unknown', code: 'ack timeout' });
      const broken = send('wrCHAT');
      await until('it is sent', () => pushes().length === 2);
      for (const client of door.wire.clients) client.terminate();
      expect(await broken).toEqual({ kind: 'unknown', code: 'connection lost' });
      expect(await send('wrCHAT')).toMatchObject({ kind: 'later', code: 'not connected' });
      door.wire.ack = ({ cmd }) => (cmd === 'aibot_send_msg' ? 45009 : 0);
      await live(door);
      expect(await send('wrCHAT')).toMatchObject({ kind: 'later', code: '45009' });
    });

    it('keeps to thirty a minute with the answers in the same chat', async () => {
      const all = await Promise.all(Array.from({ length: 30 }, () => send('wrCHAT')));
      expect(all.filter(({ kind }) => kind === 'sent')).toHaveLength(29);
      expect(all.filter((outcome) => outcome.kind === 'later' && outcome.code === 'chat pace')).toHaveLength(1);
      expect(pushes()).toHaveLength(29);
    });
  });
});

const leaseKeys = async ({ redis, prefix }: SocketDoor): Promise<string[]> =>
  (await redis.keys(`${prefix}:wecom:socket:*`)).filter((key) => !key.endsWith(':fence'));
