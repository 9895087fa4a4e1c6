import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import Redis from 'ioredis';
import type { House } from '../../src/cli/house';
import { Flood } from '../../src/delivery/flood';
import { createLogger } from '../../src/foundation/logger';
import type { Tempo } from '../../src/transports/ways';
import { wecomStage } from '../helpers/dialogues';
import { startDingtalkTown } from '../helpers/dingtalk-town';
import type { Stage } from '../helpers/play-dialogue';
import { addressOf, freshPrefix } from '../helpers/services';
import { startStreamTown } from '../helpers/stream-town';
import { unhurried } from '../helpers/tempo';
import { startTown, type Town } from '../helpers/town';

const now = '2026-09-23T10:11:00';
/** Two messages a day; nothing else is held back. */
const tempo: Tempo = {
  ...unhurried,
  limits: (own) => own.flatMap((limit) => (limit.name === 'flood' ? { ...limit, points: 2, duration: 86_400 } : [])),
};
const sentence = '发得有点快，这条没有记下，请稍等1440分钟再发。（在那之前再发的，也都不会记下。）';

type Played = Stage & { house: House; close(): Promise<void> };
const onWecom = (town: Town): Played => ({ ...wecomStage(town), house: town.house, close: () => town.close() });

const ways: readonly [string, () => Promise<Played>][] = [
  ['WeCom by callback', async () => onWecom(await startTown(now, { tempo }))],
  ['WeCom by long connection', async () => onWecom(await startTown(now, { tempo, longConnection: true, answerWithinMs: 4_000 }))],
  ['DingTalk by HTTP', async () => startDingtalkTown(now, { tempo })],
  ['DingTalk over Stream', async () => startStreamTown(now, { tempo })],
];

describe('one person who sends too fast', () => {
  let close: () => Promise<void> = async () => undefined;
  afterEach(async () => {
    await close();
    close = async () => undefined;
  });

  it.each(ways)('%s: hears one kind sentence, nothing of it is kept, and nobody else is held back', async (_way, start) => {
    const stage = await start();
    close = () => stage.close();
    const says = (name: string, text: string): Promise<string | null> => stage.hear({ name, private: false, text: `@政协小助手 ${text}` });
    expect(await says('周岚', '/记录 走访 昨天 红柳社区 12人')).toContain('R1024');
    const last = await says('周岚', '/记录 走访 前天 石榴园社区 8人');
    expect(last).toContain('R1025');
    // What the platform repeats was accepted: answered again, and counted no second time.
    expect(await stage.hearAgain()).toBe(last);
    expect(await says('周岚', '/记录 走访 今天 红柳社区 5人')).toBe(sentence);
    expect(await says('周岚', '/记录 走访 今天 红柳社区 6人')).toBeNull();
    expect(await says('韩立舟', '/记录 走访 昨天 红柳社区 9人')).toContain('R1026');
    expect(await stage.house.connection.collection('inbox').countDocuments({})).toBe(3);
  });
});

describe('how much one person may send', () => {
  const limit = { points: 3, duration: 86_400 };
  const logger = createLogger('silent');
  const connections: Redis[] = [];
  const connect = (url: string): Redis => {
    const redis = new Redis(url, { enableOfflineQueue: url !== nowhere, maxRetriesPerRequest: 1 });
    redis.on('error', () => undefined);
    connections.push(redis);
    return redis;
  };
  const nowhere = 'redis://127.0.0.1:9';
  afterAll(() => {
    for (const redis of connections) redis.disconnect();
  });
  const zhoulan = { platform: 'wecom', senderId: 'zhoulan' } as const;
  const connected = async (): Promise<Redis> => {
    const redis = connect(addressOf('REDIS_URL'));
    await redis.ping();
    return redis;
  };

  it('is counted for all processes together, and the first refusal of a window is known in all of them', async () => {
    const prefix = freshPrefix();
    const [one, other] = [
      new Flood({ redis: await connected(), prefix, limit, logger }),
      new Flood({ redis: await connected(), prefix, limit, logger }),
    ];
    const counted = [];
    for (const process of [one, other, one, other, one, other]) counted.push(await process.count(zhoulan));
    expect(counted.map((held) => held?.first ?? null)).toEqual([null, null, null, true, false, false]);
    expect(await one.count({ ...zhoulan, platform: 'dingtalk' })).toBeNull();
    const elsewhere = new Flood({ redis: await connected(), prefix: freshPrefix(), limit, logger });
    expect(await elsewhere.count(zhoulan)).toBeNull();
  });

  it('is not counted while Redis is away: nobody is refused', async () => {
    const flood = new Flood({ redis: connect(nowhere), prefix: freshPrefix(), limit, logger });
    for (let times = 0; times < 6; times += 1) expect(await flood.count(zhoulan)).toBeNull();
    await flood.giveBack(zhoulan);
  });
});
