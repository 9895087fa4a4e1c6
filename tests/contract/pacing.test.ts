import { afterAll, describe, expect, it } from '@jest/globals';
import Redis from 'ioredis';
import type { Limit } from '../../src/transports/pacing';
import { Pacing } from '../../src/transports/pacing';
import { openDoor as openDingtalk } from '../helpers/dingtalk-door';
import { addressOf, freshPrefix } from '../helpers/services';
import { stillClock } from '../helpers/still-clock';
import { lasting } from '../helpers/tempo';
import { until } from '../helpers/wait';
import { openDoor as openWecom } from '../helpers/wecom-door';

const clock = stillClock('2026-09-23T10:11:00+08:00');
const documented = [{ name: 'second', points: 3, duration: 1 }];
const connections: Redis[] = [];
const connect = (): Redis => {
  const redis = new Redis(addressOf('REDIS_URL'), { maxRetriesPerRequest: 1 });
  connections.push(redis);
  return redis;
};
afterAll(() => {
  for (const redis of connections) redis.disconnect();
});
const common = { zone: 'Asia/Shanghai', documented, quietMinutes: [0] };

describe('the pace at which we send', () => {
  it('is shared by processes, and each target has its own', async () => {
    const prefix = freshPrefix();
    const one = new Pacing({ ...common, redis: connect(), prefix, limits: lasting });
    const other = new Pacing({ ...common, redis: connect(), prefix, limits: lasting });
    const waits = [await one.waitFor('a'), await other.waitFor('a'), await one.waitFor('a'), await other.waitFor('a')];
    expect(waits.map((ms) => ms > 0)).toEqual([false, false, false, true]);
    expect(await one.hold('a', null)).toMatchObject({ kind: 'later', code: 'app pace' });
    expect(await other.waitFor('b')).toBe(0);
  });

  it('says how long to wait, at least a second, and lets go when the window is over', async () => {
    const pacing = new Pacing({
      ...common,
      redis: connect(),
      prefix: freshPrefix(),
      limits: () => [{ name: 'pair', points: 1, duration: 2 }],
    });
    expect(await pacing.waitFor('a')).toBe(0);
    const held = await Promise.all([1, 2, 3].map(() => pacing.waitFor('a')));
    for (const ms of held.filter((wait) => wait > 0)) expect([ms >= 1_000, ms <= 2_000]).toEqual([true, true]);
    await until('the window is over', async () => (await pacing.waitFor('a')) === 0);
  });

  it('is kept by memory where Redis is away', async () => {
    const redis = new Redis('redis://127.0.0.1:9', { enableOfflineQueue: false, maxRetriesPerRequest: 1, lazyConnect: true });
    const pacing = new Pacing({ ...common, redis, prefix: freshPrefix(), limits: lasting });
    const waits = [];
    for (let times = 0; times < 4; times += 1) waits.push(await pacing.waitFor('a'));
    redis.disconnect();
    expect(waits.map((ms) => ms > 0)).toEqual([false, false, false, true]);
  });

  it('keeps to what the platforms document', async () => {
    const kept: Limit[] = [];
    const limits = (of: readonly Limit[]): readonly Limit[] => {
      kept.push(...of);
      return of;
    };
    const doors = [await openWecom(clock, { limits }), await openDingtalk(clock, { limits })];
    for (const door of doors) await door.close();
    const told = kept.map(({ name, points, duration }) => `${name}: ${points} in ${duration} s`);
    expect([...new Set(told)].toSorted()).toEqual([
      'hour: 1000 in 3600 s',
      'minute: 20 in 60 s',
      'minute: 30 in 60 s',
      'second: 10 in 1 s',
      'webhook: 10 in 60 s',
    ]);
  });
});
