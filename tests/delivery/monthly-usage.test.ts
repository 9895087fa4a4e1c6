import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Connection } from 'mongoose';
import { checkUsage } from '../../src/cli/checks';
import { MonthlyUsage } from '../../src/delivery/monthly-usage';
import { ShiftableClock } from '../../src/foundation/clock';
import { createLogger } from '../../src/foundation/logger';
import { connectMongo } from '../../src/foundation/mongo';
import { freshDatabase } from '../helpers/services';

interface Line {
  level: number;
  msg: string;
  kind?: string;
  used?: number;
  limit?: number;
}

describe('the month’s count', () => {
  let connection: Connection;
  let clock: ShiftableClock;
  let lines: Line[];
  let body: string;
  let bodies = 0;

  beforeAll(async () => {
    connection = await connectMongo(freshDatabase());
  });
  afterAll(() => connection.close());
  beforeEach(() => {
    clock = new ShiftableClock();
    clock.moveTo(new Date('2026-09-30T23:50:00+08:00'));
    lines = [];
    body = `body${++bodies}`;
  });

  const counter = (of = body, from: Connection = connection) =>
    new MonthlyUsage({
      connection: from,
      body: of,
      platform: 'dingtalk',
      zone: 'Asia/Shanghai',
      limits: { calls: 50, pushes: 30 },
      advice: 'buy more',
      clock,
      logger: createLogger('warn', { write: (line) => void lines.push(JSON.parse(line) as Line) }),
    });
  const warnings = (): string[] => lines.map(({ msg, used, limit }) => `${msg} (${used} of ${limit})`);

  it('counts every one, from several processes at once', async () => {
    const doors = [counter(), counter(), counter()];
    await Promise.all(Array.from({ length: 30 }, (_, at) => doors[at % 3]!.add('calls')));
    await Promise.all(doors.map((door) => door.add('pushes')));
    await doors[0]!.add('calls', -1);
    expect(await counter().month()).toEqual({ month: '2026-09', used: { calls: 29, pushes: 3 }, limits: { calls: 50, pushes: 30 } });
  });

  it('begins again with the month of the organisation, not of Greenwich', async () => {
    await counter().add('calls');
    clock.moveTo(new Date('2026-10-01T00:05:00+08:00'));
    expect(await counter().month()).toMatchObject({ month: '2026-10', used: { calls: 0 } });
    await counter().add('calls', 2);
    expect((await counter().month()).used.calls).toBe(2);
  });

  it('counts each organisation by itself', async () => {
    await counter().add('calls');
    expect((await counter('somebody-else').month()).used.calls).toBe(0);
  });

  it('warns once at 80 % and once at 95 %, whoever gets there', async () => {
    for (let at = 0; at < 50; at += 1) await counter().add('calls');
    expect(warnings()).toEqual(["80 % of the month's calls are used (40 of 50)", "95 % of the month's calls are used (48 of 50)"]);
    // Several at once, but never across both shares: whoever first sees 95 % leaves nothing to say of 80 %.
    const many = (times: number) => Promise.all(Array.from({ length: times }, () => counter().add('pushes')));
    const told = (): unknown[] => lines.slice(2).map(({ kind, level, msg }) => [kind, level, msg.slice(0, 4)]);
    await many(28);
    expect(told()).toEqual([['pushes', 40, '80 %']]);
    await many(2);
    expect(told().slice(1)).toEqual([['pushes', 40, '95 %']]);
  });

  it('says that calls are scarce from 80 % on', async () => {
    await counter().add('calls', 39);
    expect(await counter().scarce('calls')).toBe(false);
    await counter().add('calls');
    expect([await counter().scarce('calls'), await counter().scarce('pushes')]).toEqual([true, false]);
  });

  it('loses the count rather than the message when the store is away, and says so', async () => {
    const away = await connectMongo(freshDatabase());
    await away.close();
    await counter(body, away).add('calls');
    expect(lines.map(({ msg }) => msg)).toEqual(['use of the platform could not be counted']);
  });

  it('is shown by doctor', () => {
    const limits = { calls: 5_000, pushes: 3_000 };
    const verdicts = (calls: number, pushes: number) =>
      checkUsage({ month: '2026-09', used: { calls, pushes }, limits }).map(({ verdict }) => verdict);
    expect(verdicts(10, 2_400)).toEqual(['ok', 'note']);
    expect(verdicts(4_750, 0)).toEqual(['wrong', 'ok']);
    expect(checkUsage({ month: '2026-09', used: { calls: 1_234, pushes: 0 }, limits })[0]?.what).toContain(
      '接口调用：我们自己数到 1234 次，额度 5000 次（24%）',
    );
  });
});
