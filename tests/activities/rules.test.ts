import { describe, expect, it } from '@jest/globals';
import type { Activity, ActivityDetails, SignUp } from '../../src/activities/activity';
import { decideSignUp, faultOf, instantsOf, matching, nextPromotion, phaseOf, placeInLine, seatsLeft } from '../../src/activities/rules';
import { whenText } from '../../src/activities/texts';

const zone = 'Asia/Shanghai';
const at = (local: string): Date => new Date(`${local}:00+08:00`);
const details: ActivityDetails = {
  title: '重阳关爱',
  kind: 'service',
  sector: 'women',
  start: '2026-09-26T09:00',
  place: '惠民养老院',
  capacity: 3,
  deadline: '2026-09-24T18:00',
};
const signup = (memberId: string, seats = 1, status: SignUp['status'] = 'attending'): SignUp => ({
  id: `e:${memberId}`,
  memberId,
  seats,
  status,
  wish: 'attending',
  by: memberId,
  at: at('2026-09-20T10:00'),
});
const activity = (changes: Partial<Activity> = {}): Activity => ({
  ...details,
  ...instantsOf(details, zone),
  body: 'yunchuan',
  id: 'A23',
  status: 'published',
  createdBy: 'M0008',
  createdAt: at('2026-09-20T09:00'),
  source: 'e0',
  signups: [],
  taken: 0,
  waiting: 0,
  cancelled: [],
  ...changes,
});
const before = at('2026-09-23T10:00');

describe('where an activity stands', () => {
  it('is open until the deadline, closed until the start, running that day, then over', () => {
    const phase = (local: string) => phaseOf(activity(), at(local));
    expect(phase('2026-09-24T17:59')).toBe('open');
    expect(phase('2026-09-24T18:00')).toBe('closed');
    expect(phase('2026-09-26T08:59')).toBe('closed');
    expect(phase('2026-09-26T09:00')).toBe('running');
    expect(phase('2026-09-26T23:59')).toBe('running');
    expect(phase('2026-09-27T00:00')).toBe('ended');
  });

  it('is open until it begins without a deadline, and the whole day without an hour', () => {
    const openAt = (changes: Partial<ActivityDetails>, local: string) =>
      phaseOf({ ...activity(), ...instantsOf({ ...details, ...changes }, zone) }, at(local)) === 'open';
    expect(openAt({ deadline: null }, '2026-09-26T08:59')).toBe(true);
    expect(openAt({ deadline: null }, '2026-09-26T09:00')).toBe(false);
    expect(openAt({ deadline: null, start: '2026-09-26' }, '2026-09-26T23:59')).toBe(true);
    expect(openAt({ deadline: '2026-09-24' }, '2026-09-24T23:59')).toBe(true);
    expect(openAt({ deadline: '2026-09-24' }, '2026-09-25T00:00')).toBe(false);
    expect(openAt({ deadline: '2026-09-26' }, '2026-09-26T09:00')).toBe(false);
  });

  it('says cancelled and postponed before anything else; what was put off has no day that could end it', () => {
    expect(phaseOf(activity({ status: 'cancelled' }), before)).toBe('cancelled');
    expect(phaseOf(activity({ status: 'postponed' }), before)).toBe('postponed');
    expect(phaseOf(activity({ status: 'postponed' }), at('2026-09-27T00:00'))).toBe('postponed');
  });
});

describe('what keeps an activity from being announced', () => {
  const fault = (changes: Partial<ActivityDetails>) => faultOf({ ...details, ...changes }, before, zone);

  it('is nothing when all is well', () => {
    expect(fault({})).toBeNull();
    expect(fault({ deadline: null, capacity: null })).toBeNull();
    expect(fault({ start: '2026-09-23', deadline: null })).toBeNull();
  });

  it('is a time that has passed, does not exist or contradicts another', () => {
    expect(fault({ start: '2026-09-23T09:59', deadline: null })).toBe('start_past');
    expect(fault({ start: '2026-09-22', deadline: null })).toBe('start_past');
    expect(fault({ deadline: '2026-09-23T09:00' })).toBe('deadline_past');
    expect(fault({ deadline: '2026-09-27T09:00' })).toBe('deadline_after_start');
    expect(fault({ start: '2026-09-31T09:00' })).toBe('no_such_time');
    expect(fault({ start: '2026-09-26T25:00' })).toBe('no_such_time');
    expect(fault({ deadline: '2026-02-30' })).toBe('no_such_time');
  });

  it('is an impossible number of seats or a text without end', () => {
    for (const capacity of [0, -3, 2.5, 10_001, Number.NaN]) expect(fault({ capacity })).toBe('capacity');
    expect(fault({ title: '长'.repeat(61) })).toBe('too_long');
  });
});

describe('who gets a seat', () => {
  const ask = (changes: Partial<Activity>, wanted = signup('M0001'), now = before) => decideSignUp(activity(changes), wanted, now);

  it('is whoever comes while there is room and nobody waits', () => {
    expect(ask({})).toEqual({ kind: 'seat' });
    expect(ask({ taken: 2 })).toEqual({ kind: 'seat' });
    expect(ask({ taken: 3 })).toEqual({ kind: 'wait' });
    expect(ask({ taken: 2 }, signup('M0001', 2))).toEqual({ kind: 'wait' });
    expect(ask({ taken: 2, waiting: 1 })).toEqual({ kind: 'wait' });
    expect(ask({ taken: 900, capacity: null }, signup('M0001', 40))).toEqual({ kind: 'seat' });
  });

  it('is not asked again of somebody who is in, by the same message or another', () => {
    const mine = signup('M0001');
    expect(ask({ signups: [mine], taken: 1 })).toEqual({ kind: 'done', signup: mine });
    expect(ask({ signups: [mine], taken: 1 }, { ...mine, id: 'later:M0001' })).toEqual({ kind: 'already', signup: mine });
    const gone = { ...mine, cancelledAt: before, cancelledBy: 'M0001', source: 'x', reason: null };
    expect(ask({ cancelled: [gone] })).toEqual({ kind: 'done', signup: gone });
    expect(ask({ cancelled: [gone] }, { ...mine, id: 'later:M0001' })).toEqual({ kind: 'seat' });
  });

  it('is nobody after the deadline, when it was called off, or when the party can never fit', () => {
    expect(ask({}, signup('M0001'), at('2026-09-25T09:00'))).toEqual({ kind: 'refused', why: 'closed' });
    expect(ask({ status: 'cancelled' })).toEqual({ kind: 'refused', why: 'cancelled' });
    expect(ask({}, signup('M0001', 4))).toEqual({ kind: 'refused', why: 'never_fits' });
  });

  it('is, for a freed seat, the first in line whom it can hold, until the activity begins', () => {
    const line = [signup('M0001', 2), signup('M0002', 2, 'waitlisted'), signup('M0003', 1, 'waitlisted')];
    const full = activity({ signups: line, taken: 3, waiting: 2 });
    expect(nextPromotion(full, before)).toBeNull();
    expect(nextPromotion({ ...full, taken: 2 }, before)?.memberId).toBe('M0003');
    expect(nextPromotion({ ...full, taken: 1 }, before)?.memberId).toBe('M0002');
    expect(nextPromotion({ ...full, taken: 1 }, at('2026-09-25T09:00'))?.memberId).toBe('M0002');
    expect(nextPromotion({ ...full, taken: 1 }, at('2026-09-26T09:00'))).toBeNull();
    expect(placeInLine(full, 'e:M0003')).toBe(2);
    expect(placeInLine(full, 'e:M0001')).toBe(0);
    expect(seatsLeft(full)).toBe(0);
    expect(seatsLeft({ capacity: null, taken: 9 })).toBeNull();
  });
});

describe('which activity is meant', () => {
  const clinic = activity({ id: 'A24', title: '社区义诊', place: '和平里社区', start: '2026-09-28T09:00' });
  const all = [activity(), clinic];
  const ids = (keyword: string | null, day: string | null = null) => matching(all, keyword, day).map(({ id }) => id);

  it('is found by part of its title or place, by its day, or by both', () => {
    expect(ids('义诊')).toEqual(['A24']);
    expect(ids('义诊那个活动')).toEqual(['A24']);
    expect(ids('惠民养老院的活动')).toEqual(['A23']);
    expect(ids('“重阳关爱”活动')).toEqual(['A23']);
    expect(ids(null, '2026-09-28')).toEqual(['A24']);
    expect(ids('义诊', '2026-09-26')).toEqual([]);
    expect(ids('读书会')).toEqual([]);
    expect(ids('活动')).toEqual([]);
    expect(ids(null)).toEqual([]);
  });
});

describe('how a time is said', () => {
  it('names day, weekday and hour without leading zeros', () => {
    expect(whenText('2026-09-26T09:00')).toBe('9月26日（周六）9:00');
    expect(whenText('2026-10-11T14:05')).toBe('10月11日（周日）14:05');
    expect(whenText('2026-09-28')).toBe('9月28日（周一）');
  });
});
