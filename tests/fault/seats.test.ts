import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Connection } from 'mongoose';
import { createActivities } from '../../src/activities/service';
import { createActivityStore } from '../../src/activities/store';
import { systemClock } from '../../src/foundation/clock';
import { addDays, dayOf } from '../../src/foundation/day';
import { connectMongo } from '../../src/foundation/mongo';
import { freshDatabase } from '../helpers/services';

interface Outcome {
  memberId: string;
  kind: 'seated' | 'waiting';
  place?: number;
}

const zone = 'Asia/Shanghai';
const people = Array.from({ length: 500 }, (_, at) => `M${String(at).padStart(4, '0')}`);

describe('500 members sign up for 30 seats at the same time, through two processes', () => {
  const uri = freshDatabase();
  let connection: Connection;
  beforeAll(async () => {
    connection = await connectMongo(uri);
    await createActivityStore(connection).ensureIndexes();
  });
  afterAll(() => connection.close());

  async function start(activity: string, members: string[]): Promise<ChildProcess> {
    const child = fork(join(__dirname, 'seat-rush.cjs'), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    child.send({ uri, body: 'yunchuan', activity, members });
    expect(await Promise.race([once(child, 'message'), once(child, 'exit')])).toEqual(['ready', undefined]);
    return child;
  }

  async function finish(child: ChildProcess): Promise<Outcome[]> {
    const ended = once(child, 'exit');
    const [outcomes] = (await Promise.race([once(child, 'message'), ended])) as [Outcome[] | number];
    if (!Array.isArray(outcomes)) throw new Error(`a process ended with ${outcomes}`);
    await ended;
    return outcomes;
  }

  it('exactly 30 attend, 470 wait in the order of the database, and each heard the truth', async () => {
    const store = createActivityStore(connection);
    const details = { title: '重阳关爱', kind: 'service' as const, sector: null, place: '惠民养老院', capacity: 30, deadline: null };
    const start_ = `${addDays(dayOf(systemClock.now(), zone), 5)}T09:00`;
    const activities = createActivities({ store, clock: systemClock });
    const made = await activities.create('yunchuan', zone, { ...details, start: start_ }, { eventKey: 'e1', by: 'M9999' });
    if (made.kind === 'fault') throw new Error(made.fault);

    const { id } = made.activity;
    const processes = await Promise.all([
      start(
        id,
        people.filter((_, at) => at % 2 === 0),
      ),
      start(
        id,
        people.filter((_, at) => at % 2 === 1),
      ),
    ]);
    const finished = processes.map(finish);
    for (const process of processes) process.send('go');
    const heard = (await Promise.all(finished)).flat();

    const kept = (await store.find('yunchuan', id))!;
    expect(kept.signups.map(({ memberId }) => memberId).toSorted()).toEqual(people);
    expect(kept.signups.map(({ status }) => status)).toEqual(people.map((_, at) => (at < 30 ? 'attending' : 'waitlisted')));
    expect([kept.taken, kept.waiting]).toEqual([30, 470]);

    const line = kept.signups.slice(30).map(({ memberId }) => memberId);
    const truth = (memberId: string): Outcome =>
      line.includes(memberId) ? { memberId, kind: 'waiting', place: line.indexOf(memberId) + 1 } : { memberId, kind: 'seated' };
    expect(heard.toSorted((a, b) => a.memberId.localeCompare(b.memberId))).toEqual(people.map(truth));
  });
});
