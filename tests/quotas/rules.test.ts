import { describe, expect, it } from '@jest/globals';
import type { Contribution } from '../../src/contacts/service';
import type { QuotaPolicy, QuotaRule } from '../../src/quotas/progress';
import { evaluate, type MemberFacts, periodOf } from '../../src/quotas/rules';

const policy = (...rules: QuotaRule[]): QuotaPolicy => ({ id: 'p', title: '联系界别群众', subject: 'member', advisory: false, rules });
const quarterly: QuotaRule = { metric: 'events', every: 'quarter', min: 1, exceptModes: ['phone', 'online'] };
const yearly: QuotaRule = { metric: 'person_times', every: 'year', min: 50 };
const veteran: MemberFacts = { joinedOn: '2022-01-10', exemptions: [] };
const contact = (date: string, people: number, mode: Contribution['mode'] = 'visit'): Contribution => ({
  recordId: `${date}-${people}`,
  date,
  mode,
  people,
});

/** done/needed/remaining of every rule, as text. */
const state = (rules: QuotaRule[], contributions: Contribution[], day: string, facts = veteran): string[] =>
  evaluate(policy(...rules), contributions, facts, day).map(
    ({ period, done, needed, remaining, exempt }) => `${period} ${done}/${needed} -${remaining}${exempt === undefined ? '' : ` ${exempt}`}`,
  );

describe('quota rules', () => {
  it('count events of the quarter and person-times of the year apart', () => {
    const year = [contact('2026-02-03', 40), contact('2026-09-30', 12), contact('2026-10-01', 5)];
    expect(state([quarterly, yearly], year, '2026-09-30')).toEqual(['2026-Q3 1/1 -0', '2026 57/50 -0']);
    expect(state([quarterly, yearly], year, '2026-05-01')).toEqual(['2026-Q2 0/1 -1', '2026 57/50 -0']);
  });

  it('take no telephone call for an activity, but count its person-times', () => {
    expect(state([quarterly, yearly], [contact('2026-09-10', 3, 'phone')], '2026-09-30')).toEqual(['2026-Q3 0/1 -1', '2026 3/50 -47']);
  });

  it('never carry a surplus into the next period', () => {
    const many = [1, 2, 3].map((day) => contact(`2026-03-0${day}`, 30));
    expect(state([quarterly], many, '2026-04-01')).toEqual(['2026-Q2 0/1 -1']);
    expect(state([yearly], many, '2027-01-01')).toEqual(['2027 0/50 -50']);
  });

  it('begin and end with the days of a period', () => {
    const edges = [contact('2026-06-30', 1), contact('2026-07-01', 2), contact('2026-12-31', 4), contact('2027-01-01', 8)];
    expect(state([{ metric: 'person_times', every: 'half_year', min: 3 }], edges, '2026-08-01')).toEqual(['2026-H2 6/3 -0']);
    expect(state([{ metric: 'person_times', every: 'half_year', min: 3 }], edges, '2026-06-30')).toEqual(['2026-H1 1/3 -2']);
    expect(['2026-06-30', '2026-07-01'].map((day) => periodOf('half_year', day))).toEqual(['2026-H1', '2026-H2']);
  });

  it('ask pro rata of who came during the year, and nothing for the time before', () => {
    const joined = { joinedOn: '2026-07-02', exemptions: [] };
    expect(state([quarterly, yearly], [], '2026-09-30', joined)).toEqual(['2026-Q3 0/1 -1', '2026 0/25 -25']);
    expect(state([quarterly], [], '2026-05-01', joined)).toEqual(['2026-Q2 0/0 -0 ']);
  });

  it('ask nothing in an exempted period, say why, and less over the year', () => {
    const ill = { joinedOn: '2022-01-10', exemptions: [{ period: '2026-Q3', reason: '生病' }] };
    expect(state([quarterly, yearly], [], '2026-09-30', ill)).toEqual(['2026-Q3 0/0 -0 生病', '2026 0/37 -37']);
    expect(state([quarterly], [], '2026-10-01', ill)).toEqual(['2026-Q4 0/1 -1']);
  });

  it('tell which records were counted', () => {
    const [quarter] = evaluate(policy(quarterly), [contact('2026-09-10', 3, 'phone'), contact('2026-09-11', 4)], veteran, '2026-09-30');
    expect(quarter?.counted).toEqual(['2026-09-11-4']);
  });
});
