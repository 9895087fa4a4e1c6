import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays } from '../../src/foundation/day';
import type { MeasureRow } from '../../src/measures';
import type { QuotaPolicy, QuotaRule } from '../../src/quotas/progress';
import { evaluate, evaluateWithin, type MemberFacts, periodOf } from '../../src/quotas/rules';
import { shortfallOf } from '../../src/quotas/service';
import type { ContactMode } from '../../src/reader';

const policy = (...rules: QuotaRule[]): QuotaPolicy => ({ id: 'p', title: '联系界别群众', subject: 'member', advisory: false, rules });
const quarterly: QuotaRule = { metric: 'events', every: 'quarter', min: 1, exceptModes: ['phone', 'online'] };
const yearly: QuotaRule = { metric: 'person_times', every: 'year', min: 50 };
const veteran: MemberFacts = { joinedOn: '2022-01-10', exemptions: [] };
interface Contact {
  date: string;
  people: number;
  mode: ContactMode;
}
const contact = (date: string, people: number, mode: ContactMode = 'visit'): Contact => ({ date, people, mode });

/** What contacts add to the two measures. */
const rowsOf = (contacts: readonly Contact[]) => {
  const row = ({ date, people, mode }: Contact, amount: number): MeasureRow => ({
    id: `${date}-${people}`,
    date,
    members: [],
    amount,
    mode,
  });
  return { events: contacts.map((each) => row(each, 1)), person_times: contacts.map((each) => row(each, each.people)) };
};

/** done/needed/remaining of every rule, as text. */
const state = (rules: QuotaRule[], contacts: Contact[], day: string, facts = veteran): string[] =>
  evaluate(policy(...rules), rowsOf(contacts), facts, day).map(
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

  it('ask by days of who came within the quarter: from half of it on, one of one', () => {
    const from = (joinedOn: string): string[] => state([quarterly], [], '2026-09-30', { joinedOn, exemptions: [] });
    expect(['2026-08-15', '2026-08-16', '2026-08-17', '2026-09-30', '2026-10-01'].map((day) => from(day)[0])).toEqual([
      '2026-Q3 0/1 -1',
      '2026-Q3 0/1 -1',
      '2026-Q3 0/0 -0',
      '2026-Q3 0/0 -0',
      '2026-Q3 0/0 -0 ',
    ]);
  });

  it('count an exempted day once, however many exemptions cover it, and never less than nothing', () => {
    const twice = { joinedOn: '2026-04-01', exemptions: ['2026-H1', '2026-Q2', '2026-05'].map((period) => ({ period, reason: '挂职' })) };
    expect(state([yearly], [], '2026-12-31', twice)).toEqual(['2026 0/25 -25']);
    const always = { joinedOn: '2022-01-10', exemptions: [{ period: '2026', reason: '病休' }] };
    expect(state([quarterly, yearly], [contact('2026-09-10', 3)], '2026-09-30', always)).toEqual([
      '2026-Q3 1/0 -0 病休',
      '2026 3/0 -0 病休',
    ]);
  });

  it('stand apart: each line of a policy has its own period, its own count and its own end', () => {
    const half: QuotaRule = { metric: 'person_times', every: 'half_year', min: 20 };
    const lines = evaluate(policy(quarterly, half, yearly), rowsOf([contact('2026-07-01', 20)]), veteran, '2026-12-01');
    expect(lines.map(({ period, due, remaining }) => `${period} ${due} ${remaining}`)).toEqual([
      '2026-Q4 2026-12-31 1',
      '2026-H2 2026-12-31 0',
      '2026 2026-12-31 30',
    ]);
  });

  it('are shown, not asked, where a policy is advisory', () => {
    const advisory = { ...policy(quarterly), advisory: true };
    const [line] = evaluate(advisory, {}, veteran, '2026-09-30');
    expect(line).toMatchObject({ advisory: true, remaining: 1 });
    expect(shortfallOf([line!], '2026-09-30')).toEqual([]);
    expect(shortfallOf(evaluate(policy(quarterly), rowsOf([]), veteran, '2026-09-30'), '2026-09-30')).toHaveLength(1);
  });

  it('are reminded of in the quarter in which they end: the year in its last one, the half-year in its second', () => {
    const rules = policy(quarterly, { metric: 'events', every: 'half_year', min: 1 }, yearly);
    const open = (day: string): string[] => shortfallOf(evaluate(rules, {}, veteran, day), day).map(({ rule }) => rule.every);
    expect(['2026-02-01', '2026-05-01', '2026-08-01', '2026-11-01'].map(open)).toEqual([
      ['quarter'],
      ['quarter', 'half_year'],
      ['quarter'],
      ['quarter', 'half_year', 'year'],
    ]);
  });

  it('equal a count by hand, for any contacts in any order, and one more contact never asks for more', () => {
    const day = fc.integer({ min: 0, max: 1_095 }).map((days) => addDays('2025-06-01', days));
    const contacts = fc.array(fc.tuple(day, fc.integer({ min: 1, max: 60 }), fc.constantFrom<ContactMode>('visit', 'phone')));
    const rule = fc.record({
      metric: fc.constantFrom('events' as const, 'person_times' as const),
      every: fc.constantFrom('quarter' as const, 'half_year' as const, 'year' as const),
      min: fc.integer({ min: 1, max: 80 }),
    });
    fc.assert(
      fc.property(contacts, rule, day, fc.boolean(), (told, quota, today, calls) => {
        const asked: QuotaRule = { ...quota, ...(calls ? {} : { exceptModes: ['phone'] }) };
        const all = told.map(([date, people, mode]) => contact(date, people, mode));
        const [line] = evaluate(policy(asked), rowsOf(all), veteran, today);
        const months = { quarter: 3, half_year: 6, year: 12 }[quota.every];
        const part = (date: string): string => `${date.slice(0, 4)}/${Math.floor((Number(date.slice(5, 7)) - 1) / months)}`;
        const mine = all.filter(({ date, mode }) => part(date) === part(today) && (calls || mode !== 'phone'));
        const done = quota.metric === 'events' ? mine.length : mine.reduce((sum, { people }) => sum + people, 0);
        expect(line).toMatchObject({ done, needed: quota.min, remaining: Math.max(0, quota.min - done) });
        expect(evaluate(policy(asked), rowsOf(all.toReversed()), veteran, today)[0]).toMatchObject({ done });
        const more = evaluate(policy(asked), rowsOf([...all, contact(today, 1)]), veteran, today)[0]!;
        expect(more.remaining).toBeLessThanOrEqual(line!.remaining);
      }),
      { numRuns: 500 },
    );
  });

  it('tell which records were counted', () => {
    const [quarter] = evaluate(
      policy(quarterly),
      rowsOf([contact('2026-09-10', 3, 'phone'), contact('2026-09-11', 4)]),
      veteran,
      '2026-09-30',
    );
    expect(quarter?.counted).toEqual(['2026-09-11-4']);
  });
});

describe('quota rules over a span', () => {
  const within = (contacts: Contact[], from: string, to: string, today: string): string[] =>
    evaluateWithin(policy(quarterly, yearly), rowsOf(contacts), veteran, { from, to, today }).map(
      ({ period, done, remaining }) => `${period} ${done} -${remaining}`,
    );

  it('are those whose periods lie in it and have begun, whatever day it is', () => {
    const year = [contact('2026-02-03', 40), contact('2026-09-30', 12)];
    expect(within(year, '2026-07-01', '2026-09-30', '2026-10-14')).toEqual(['2026-Q3 1 -0']);
    expect(within(year, '2026-01-01', '2026-12-31', '2026-05-02')).toEqual(['2026-Q1 1 -0', '2026-Q2 0 -1', '2026 52 -0']);
    expect(within(year, '2026-09-01', '2026-09-30', '2026-10-14')).toEqual([]);
    expect(within(year, '2027-01-01', '2027-03-31', '2026-10-14')).toEqual([]);
  });
});
