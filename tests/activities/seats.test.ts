import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { finishPromotions } from '../../jobs/finish-promotions';
import type { Activity } from '../../src/activities/activity';
import { nextPromotion } from '../../src/activities/rules';
import type { PrivateMessage } from '../../src/chat/command';
import { announcement, openHall, signupFor } from './hall';

let hall: Awaited<ReturnType<typeof openHall>>;
beforeAll(async () => {
  hall = await openHall();
});
afterAll(() => hall.close());

let made = 0;
async function activityFor(capacity: number | null): Promise<string> {
  const { title, start, place } = { title: '重阳关爱', start: '2026-09-26T09:00', place: '惠民养老院' };
  const details = { title, kind: 'service' as const, sector: null, start, place, capacity, deadline: null };
  const result = await hall.activities.create('yunchuan', 'Asia/Shanghai', details, { eventKey: `made${++made}`, by: 'M0008' });
  if (result.kind === 'fault') throw new Error(result.fault);
  return result.activity.id;
}

const signUp = (id: string, memberId: string, eventKey: string, seats = 1) =>
  hall.activities.signUp('yunchuan', id, { eventKey, memberId, seats, wish: 'attending', by: memberId });
const cancel = (id: string, memberId: string, eventKey: string) =>
  hall.activities.cancel('yunchuan', id, { eventKey, memberId, by: memberId, reason: null });

const request = (memberId: string) => ({ eventKey: `r-${memberId}`, memberId, seats: 1, wish: 'attending' as const, by: 'M0' });

function expectSound({ signups, taken, waiting, capacity }: Activity): void {
  const seated = signups.filter(({ status }) => status !== 'waitlisted');
  expect(taken).toBe(seated.reduce((sum, { seats }) => sum + seats, 0));
  expect(waiting).toBe(signups.length - seated.length);
  expect(taken).toBeLessThanOrEqual(capacity ?? Number.POSITIVE_INFINITY);
  expect(new Set(signups.map(({ memberId }) => memberId)).size).toBe(signups.length);
}

describe('seats', () => {
  it('are never exceeded and never idle while somebody waits whom they could hold, in any history', async () => {
    const step = fc.record({
      member: fc.integer({ min: 1, max: 6 }),
      seats: fc.integer({ min: 1, max: 3 }),
      does: fc.constantFrom('signs up', 'signs up', 'cancels'),
      twice: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 3, max: 6 }), fc.array(step, { maxLength: 14 }), async (capacity, steps) => {
        const id = await activityFor(capacity);
        for (const [at, { member, seats, does, twice }] of steps.entries()) {
          for (let time = 0; time < (twice ? 2 : 1); time += 1) {
            if (does === 'signs up') await signUp(id, `M${member}`, `${id}-${at}`, seats);
            else await cancel(id, `M${member}`, `${id}-${at}`);
          }
          await hall.activities.settle('yunchuan', id);
          const activity = (await hall.store.find('yunchuan', id))!;
          expectSound(activity);
          expect(nextPromotion(activity, new Date('2026-09-23T10:00:00+08:00'))).toBeNull();
        }
      }),
      { numRuns: 30 },
    );
  });

  it('are never exceeded when many sign up and cancel at the same time', async () => {
    const id = await activityFor(10);
    const people = Array.from({ length: 60 }, (_, at) => `M${at}`);
    await Promise.all(people.map((memberId) => signUp(id, memberId, `in-${memberId}`, memberId.endsWith('3') ? 2 : 1)));
    await Promise.all(
      people.slice(0, 40).map(async (memberId) => {
        await cancel(id, memberId, `out-${memberId}`);
        await hall.activities.settle('yunchuan', id);
      }),
    );
    const activity = (await hall.store.find('yunchuan', id))!;
    expectSound(activity);
    expect(activity.cancelled).toHaveLength(40);
    expect(activity.taken).toBe(10);
  });

  it('hold one entry when one message is handled by two workers at once', async () => {
    const id = await activityFor(1);
    const results = await Promise.all(Array.from({ length: 8 }, () => signUp(id, 'M1', 'one')));
    expect(new Set(results.map((result) => result?.kind))).toEqual(new Set(['seated']));
    expect(await hall.seats(id)).toEqual(['M1 attending 1']);
    const cancelled = await Promise.all(Array.from({ length: 8 }, () => cancel(id, 'M1', 'off')));
    expect(cancelled).toEqual(Array.from({ length: 8 }, () => ({ kind: 'cancelled' })));
    expect((await hall.store.find('yunchuan', id))?.cancelled).toHaveLength(1);
  });

  it('are not taken past those who wait, nor beyond the limit, on a view that is out of date', async () => {
    const id = await activityFor(2);
    const stale = (await hall.store.find('yunchuan', id))!;
    const late = { id: 'late:M9', memberId: 'M9', seats: 1, status: 'attending', wish: 'attending', by: 'M9', at: new Date(0) } as const;
    await signUp(id, 'M1', 'a', 2);
    expect(await hall.store.takeSeat(stale, late)).toBeNull();
    await signUp(id, 'M2', 'b', 2);
    await cancel(id, 'M1', 'c');
    expect(await hall.store.find('yunchuan', id)).toMatchObject({ taken: 0, waiting: 1 });
    expect(await hall.store.takeSeat(stale, late)).toBeNull();
    await cancel(id, 'M2', 'd');
    expect(await hall.store.takeSeat(stale, late)).toEqual({ capacity: 2, taken: 1, waiting: 0 });
    expect(await hall.store.takeSeat(stale, { ...late, id: 'later:M9' })).toBeNull();
  });

  it('are never exceeded while parties grow and shrink, places are handed over and the limit moves, all at the same time', async () => {
    const id = await activityFor(20);
    const people = Array.from({ length: 16 }, (_, at) => `M${at}`);
    await Promise.all(people.map((memberId) => signUp(id, memberId, `in-${memberId}`)));
    const party = (memberId: string, seats: number, eventKey: string) =>
      hall.activities.signUp('yunchuan', id, { eventKey, memberId, seats, wish: 'attending', by: memberId, party: 'set' });
    const limit = (capacity: number, eventKey: string) =>
      hall.activities.change('yunchuan', id, {
        zone: 'Asia/Shanghai',
        wish: { kind: 'changed', details: {}, capacity, reason: null },
        eventKey,
        by: 'M0008',
      });
    const handOver = (from: string, to: string, eventKey: string) =>
      hall.activities.handOver('yunchuan', id, { eventKey, memberId: to, seats: 1, wish: 'attending', by: from, from });
    await Promise.all([
      ...people.slice(5).map((memberId, at) => party(memberId, 1 + (at % 3), `party-${memberId}`)),
      ...people.slice(0, 5).map((memberId, at) => handOver(memberId, `N${at}`, `hand-${memberId}`)),
      ...people.slice(0, 5).map((memberId, at) => handOver(memberId, `N${at}`, `hand-${memberId}`)),
      limit(24, 'up'),
      limit(17, 'down'),
    ]);
    const activity = (await hall.store.find('yunchuan', id))!;
    expectSound(activity);
    expect(activity.signups.map(({ memberId }) => memberId)).toEqual(expect.arrayContaining(['N0', 'N1', 'N2', 'N3', 'N4']));
    expect(activity.signups).toHaveLength(16);
  });

  it('are one, not two, where one comes in another’s place, and the same message does it once', async () => {
    const id = await activityFor(1);
    await signUp(id, 'M1', 'a');
    await signUp(id, 'M2', 'b');
    const instead = { eventKey: 'c', memberId: 'M3', seats: 1, wish: 'attending', by: 'M1', from: 'M1' } as const;
    const results = await Promise.all(Array.from({ length: 4 }, () => hall.activities.handOver('yunchuan', id, instead)));
    expect(new Set(results.map((result) => result?.kind))).toEqual(new Set(['handed_over']));
    expect(await hall.seats(id)).toEqual(['M3 attending 1', 'M2 waitlisted 1']);
    expect(await hall.activities.handOver('yunchuan', id, { ...instead, eventKey: 'd', seats: 2 })).toMatchObject({ kind: 'not_in' });
  });

  it('are taken for three colleagues at most by one who runs nobody, however many messages come at the same moment', async () => {
    for (const capacity of [null, 1]) {
      const id = await activityFor(capacity);
      const bring = (memberId: string) =>
        hall.activities.signUp('yunchuan', id, {
          eventKey: `c-${memberId}`,
          memberId,
          seats: 1,
          wish: 'attending',
          by: 'M0',
          mostOthers: 3,
        });
      const people = Array.from({ length: 8 }, (_, at) => `K${at}`);
      const results = await Promise.all([signUp(id, 'M0', 'own'), ...people.map(bring)]);
      const activity = (await hall.store.find('yunchuan', id))!;
      expectSound(activity);
      expect(activity.signups.filter(({ memberId }) => memberId !== 'M0')).toHaveLength(3);
      expect(results.filter((result) => result?.kind === 'too_many')).toHaveLength(5);
      // The same messages once more change nothing and say the same.
      const again = await Promise.all(people.map(bring));
      expect(again.filter((result) => result?.kind === 'too_many')).toHaveLength(5);
      const [first] = activity.signups.filter(({ memberId }) => memberId !== 'M0');
      await cancel(id, first!.memberId, 'off');
      expect(await hall.activities.signUp('yunchuan', id, { ...request('K9'), mostOthers: 3 })).not.toMatchObject({ kind: 'too_many' });
    }
  });

  it('come without end where there is no limit', async () => {
    const id = await activityFor(null);
    await Promise.all(Array.from({ length: 30 }, (_, at) => signUp(id, `M${at}`, `n${at}`, 3)));
    expect(await hall.store.find('yunchuan', id)).toMatchObject({ taken: 90, waiting: 0 });
  });

  it('keep the wish of a tentative member who had to wait', async () => {
    const id = await activityFor(1);
    await signUp(id, 'M1', 'a');
    await hall.activities.signUp('yunchuan', id, { eventKey: 'b', memberId: 'M2', seats: 1, wish: 'tentative', by: 'M2' });
    await cancel(id, 'M1', 'c');
    await hall.activities.settle('yunchuan', id);
    expect(await hall.seats(id)).toEqual(['M2 tentative 1']);
  });
});

describe('what a crash leaves behind', () => {
  it('is a freed seat nobody was told of: the sweep fills it and hands over the notice until it is marked', async () => {
    const here = await openHall();
    try {
      await here.says('丁若梅', { ...announcement, capacity: 1 });
      await here.says('周岚', signupFor('A23'));
      await here.says('许知夏', signupFor('A23'), { key: 'w1' });
      expect(await here.activities.finishPromotions('yunchuan')).toEqual([]);
      await here.activities.cancel('yunchuan', 'A23', { eventKey: 'c1', memberId: 'M0001', by: 'M0001', reason: null });

      const ledger = new Map<string, PrivateMessage>();
      let broken = true;
      const planPrivate = async (_body: string, messages: readonly PrivateMessage[]): Promise<void> => {
        if (broken) throw new Error('killed');
        for (const message of messages) ledger.set(message.key, message);
      };
      const run = () => finishPromotions.handler({ activities: here.activities, planPrivate })({ body: 'yunchuan', occasion: 'test' });
      await expect(run()).rejects.toThrow('killed');
      expect(await here.seats('A23')).toEqual(['M0003 attending 1']);
      broken = false;
      await run();
      await run();
      expect([...ledger.keys()]).toEqual(['seat_freed:A23:w1:M0003']);
      expect(await here.activities.finishPromotions('yunchuan')).toEqual([]);
    } finally {
      await here.close();
    }
  });

  it('is not acted on once the activity has begun', async () => {
    const here = await openHall();
    try {
      await here.says('丁若梅', { ...announcement, capacity: 1 });
      await here.says('周岚', signupFor('A23'));
      await here.says('许知夏', signupFor('A23'));
      await here.activities.cancel('yunchuan', 'A23', { eventKey: 'c1', memberId: 'M0001', by: 'M0001', reason: null });
      here.moveTo('2026-09-26T09:00:00');
      expect(await here.activities.finishPromotions('yunchuan')).toEqual([]);
      here.moveTo('2026-09-26T08:59:00');
      expect(await here.activities.finishPromotions('yunchuan')).toHaveLength(1);
    } finally {
      await here.close();
    }
  });
});
