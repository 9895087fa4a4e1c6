import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { commonTexts } from '../../src/chat/texts';
import { findMongodb } from '../../src/cli/find-mongodb';
import { findRedis } from '../../src/cli/find-redis';
import { startTown, type Town } from '../helpers/town';

const now = '2026-09-23T10:11:00';
const line = '/记录 走访 昨天 红柳社区 12人 物业收费';

describe('a service dies under the running product', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lianxinqiao-dead-'));
  let town: Town | undefined;
  const stops: (() => Promise<void>)[] = [];

  beforeEach(() => {
    stops.length = 0;
  });

  afterEach(async () => {
    await town?.close();
    for (const stop of stops) await stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('keeps and answers records with Redis dead (promise A7)', async () => {
    const redis = await findRedis({ folder: join(folder, 'redis'), durable: false });
    town = await startTown(now, { redisUrl: redis.url, tempo: { answerWithinMs: 10_000 } });
    expect(await town.says('周岚', line)).toContain('R1024');
    await redis.stop();
    // The answer itself, not 已收到: nobody waits for what is dead.
    expect(await town.says('周岚', '/记录 座谈 今天 春晖小学 8人 课后托管')).toContain('R1025');
    expect(await town.house.app.contacts.contributions('yunchuan', 'M0001', '2026-07-01', '2026-09-30')).toHaveLength(2);
  });

  it('never says "saved" with MongoDB dead, and keeps the line once it is back (promise A6)', async () => {
    // A server of its own, as one that was given to us is not ours to stop.
    const options = { folder: join(folder, 'mongodb'), production: false };
    const first = await findMongodb(options);
    stops.push(() => second.stop());
    town = await startTown(now, { mongodbUri: first.uri('dead') });
    expect(await town.says('周岚', line)).toContain('已为您记录');
    await first.stop();
    expect(await town.says('周岚', '/记录 座谈 今天 春晖小学 8人 课后托管')).toBe(commonTexts.storeUnavailable);
    const second = await findMongodb(options);
    expect(await town.says('周岚', '/记录 座谈 今天 春晖小学 8人 课后托管')).toContain('已为您记录');
    expect(await town.house.app.contacts.contributions('yunchuan', 'M0001', '2026-07-01', '2026-09-30')).toHaveLength(2);
  });
});
