import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { body, roster } from '../helpers/roster';
import { addressOf, freshDatabase, freshPrefix } from '../helpers/services';
import { secrets, startTown, type Town } from '../helpers/town';

const members = roster.filter(({ sector }) => sector !== null).map(({ name }) => name);
const planningTime = '2026-12-17T08:07:00+08:00';
const sendingTime = '2026-12-17T09:47:00+08:00';

describe('a worker that is killed (kill -9)', () => {
  let town: Town;
  let mongodbUri: string;
  beforeEach(async () => {
    mongodbUri = freshDatabase();
    town = await startTown('2026-12-16T18:05:00', { mongodbUri });
  });
  afterEach(() => town.close());

  const counts = (): number[] => members.map((name) => town.inbox(name).filter((text) => text.startsWith('温馨提示')).length);
  const arrived = (): number => counts().reduce((sum, each) => sum + each, 0);
  const each = (count: number): number[] => members.map(() => count);
  const at = (time: string): void => town.clock.moveTo(new Date(time));
  const states = async (): Promise<string[]> => town.house.connection.collection('outbox').distinct('state', { body: body.id });

  async function worker(task: 'plan' | 'deliver', now: string): Promise<ChildProcess> {
    const child = fork(join(__dirname, 'remind-and-die.cjs'), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    const settings = { ...secrets, WECOM_API_BASE: town.simulator.apiBase, PORT: '0', REDIS_PREFIX: freshPrefix(), LOG_LEVEL: 'silent' };
    child.send({ settings, mongodbUri, redisUrl: addressOf('REDIS_URL'), now, task, body: body.id });
    expect((await Promise.race([once(child, 'message'), once(child, 'exit')]))[0]).toBe('ready');
    return child;
  }

  async function kill(child: ChildProcess): Promise<void> {
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }

  it('between planning and sending: another one sends each reminder once', async () => {
    at(planningTime);
    const planner = await worker('plan', planningTime);
    await once(planner, 'message');
    await kill(planner);
    expect([arrived(), await states()]).toEqual([0, ['planned']]);
    at(sendingTime);
    await Promise.all([town.deliver(), town.deliver()]);
    expect(counts()).toEqual(each(1));
  });

  it('in the middle of sending: every member still gets exactly one', async () => {
    at(planningTime);
    await kill(await planned());
    at(sendingTime);
    const [, signal] = (await once(await worker('deliver', sendingTime), 'exit')) as [null, string];
    expect([signal, arrived(), await states()]).toEqual(['SIGKILL', 3, ['claimed', 'planned', 'sent']]);
    await town.deliver();
    expect(arrived()).toBe(members.length);
    at('2026-12-17T09:49:00+08:00');
    await town.deliver();
    expect(counts()).toEqual(each(1));
    expect(await states()).toEqual(['sent']);
  });

  it('and planned again by another one: still one row and one reminder each', async () => {
    at(planningTime);
    await kill(await planned());
    const second = await planned();
    await kill(second);
    expect(await town.house.connection.collection('outbox').countDocuments({ body: body.id })).toBe(members.length);
    at(sendingTime);
    await town.deliver();
    expect(counts()).toEqual(each(1));
  });

  async function planned(): Promise<ChildProcess> {
    const planner = await worker('plan', planningTime);
    await once(planner, 'message');
    return planner;
  }
});
