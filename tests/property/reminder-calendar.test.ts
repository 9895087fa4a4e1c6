import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { loadHolidays } from '../../config/load-holidays';
import { loadSchemes } from '../../config/load-scheme';
import { createWorkingDays } from '../../src/foundation/working-days';
import type { Progress } from '../../src/quotas/progress';
import { decideReminder, type EarlierReminder, isAllowedMoment, reminderKey } from '../../src/quotas/reminder-rules';

/** Minutes from look to look, another first minute each day; `REMINDER_STEP=1` looks at every minute of two years. */
const everyMinutes = Number(process.env['REMINDER_STEP'] ?? 7);

const zone = 'Asia/Shanghai';
const minute = 60_000;
const day = 24 * 60 * minute;
const calendar = createWorkingDays(loadHolidays());
const settings = loadSchemes().get('gs-ws')!.reminders;
const first = Date.parse('2026-01-01T00:00:00+08:00');
const last = Date.parse('2028-01-01T00:00:00+08:00');

// Written out here and not taken from the product: China has no daylight saving, so its clock is plain arithmetic.
const local = (at: number): Date => new Date(at + 8 * 60 * minute);
const localDay = (at: number): string => local(at).toISOString().slice(0, 10);
const quarterEnds = ['-03-31', '-06-30', '-09-30', '-12-31'];
const quarterEnd = (date: string): string => `${date.slice(0, 4)}${quarterEnds[Math.floor((Number(date.slice(5, 7)) - 1) / 3)]}`;
const published2026 = new Set(
  [
    ['01-01', 3],
    ['02-15', 9],
    ['04-04', 3],
    ['05-01', 5],
    ['06-19', 3],
    ['09-25', 3],
    ['10-01', 7],
  ].flatMap(([from, days]) =>
    Array.from({ length: Number(days) }, (_, i) => localDay(Date.parse(`2026-${from}T00:00:00+08:00`) + i * day)),
  ),
);
const byLaw2027 = '01-01 02-05 02-06 02-07 02-08 04-05 05-01 05-02 06-09 09-15 10-01 10-02 10-03'.split(' ').map((each) => `2027-${each}`);
const free = new Set([...published2026, ...byLaw2027]);
const worked = new Set(['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10']);

function isWorking(at: number): boolean {
  const date = localDay(at);
  const weekday = local(at).getUTCDay();
  return worked.has(date) || (!free.has(date) && weekday !== 0 && weekday !== 6);
}

const inHours = (ofDay: number): boolean => ofDay >= 9 * 60 && ofDay < 18 * 60 && ofDay % 30 !== 0;

/** Whether a person may be written to at this minute: working days 09:00–18:00, never at :00 or :30 (C08). */
const allowed = (at: number): boolean => inHours((at / minute + 480) % 1_440) && isWorking(at);

const behindOn = (at: number): Progress[] => [
  {
    policyId: 'ws',
    advisory: false,
    rule: { metric: 'events', every: 'quarter', min: 1 },
    period: '',
    done: 0,
    needed: 1,
    remaining: 1,
    due: quarterEnd(localDay(at)),
    counted: [],
  },
];

const decide = (at: number, memberId: string, more: { progress?: Progress[]; history?: EarlierReminder[] } = {}) =>
  decideReminder({
    progress: more.progress ?? behindOn(at),
    history: more.history ?? [],
    memberId,
    settings,
    now: new Date(at),
    zone,
    calendar,
  });

describe('the calendar of reminders', () => {
  it('lets a reminder go at the allowed minutes and at no other, on each day of 2026 and 2027', () => {
    const wrong: string[] = [];
    let open = 0;
    const hours = { settings, zone, calendar };
    for (let date = first; date < last; date += day) {
      const working = isWorking(date);
      for (let ofDay = Math.floor(date / day) % everyMinutes; ofDay < 1_440; ofDay += everyMinutes) {
        const at = new Date(date + ofDay * minute);
        const may = isAllowedMoment(at, hours);
        if (may) open += 1;
        if (may !== (working && inHours(ofDay))) wrong.push(at.toISOString());
      }
    }
    expect(wrong).toEqual([]);
    expect(open).toBeGreaterThan((480 * 9 * 50) / everyMinutes);
  }, 600_000);

  it('plans for allowed minutes only, whichever minute of an occasion the job looks, and at no other time', () => {
    const wrong: string[] = [];
    const planned = new Set<string>();
    for (let date = first; date < last; date += day) {
      const progress = behindOn(date);
      const end = progress[0]!.due;
      const left = localDayNumber(Date.parse(`${end}T00:00:00+08:00`)) - localDayNumber(date);
      const near = [14, 45].some((days) => left <= days + 1 && left >= days - 14);
      // Seven minutes have met every minute of the hour within seven hours. Between occasions nothing depends on it, at night little.
      const step = (at: number): number => (near ? (isNight(at) ? 13 : everyMinutes) : 60) * minute;
      for (let at = date; at < date + day; at += step(at)) {
        const decision = decide(at, 'm042', { progress });
        if (decision.kind !== 'send') continue;
        const due = decision.dueAt.getTime();
        planned.add(decision.occasion);
        const soon = due - at < 12 * day && quarterEnd(localDay(due)) === end;
        if (!near || !allowed(due) || due < at || !soon || decision.expiresAt.getTime() <= due)
          wrong.push(`${new Date(at).toISOString()} → ${new Date(due).toISOString()}`);
      }
    }
    expect(wrong).toEqual([]);
    expect([...planned]).toEqual(['2026', '2027'].flatMap((year) => [1, 2, 3, 4].flatMap((q) => [`${year}-Q${q}-45`, `${year}-Q${q}-14`])));
  }, 600_000);

  it('reaches a member at most once in 14 days and twice in a quarter, however often and irregularly the job looks', () => {
    const looks = fc.array(fc.integer({ min: 1, max: 9 * 24 * 60 }), { minLength: 30, maxLength: 60 });
    fc.assert(
      fc.property(looks, fc.string({ minLength: 1, maxLength: 6 }), fc.integer({ min: 0, max: 500 }), (gaps, memberId, startDay) => {
        const history: EarlierReminder[] = [];
        let at = first + startDay * day;
        for (const gap of gaps) {
          at += gap * minute;
          const decision = decide(at, memberId, { history });
          if (decision.kind === 'send')
            history.push({ key: reminderKey(memberId, decision.occasion), state: 'sent', dueAt: decision.dueAt });
        }
        const sent = history.map(({ dueAt }) => dueAt.getTime()).toSorted((a, b) => a - b);
        for (const [i, each] of sent.entries())
          if (i > 0) expect(localDayNumber(each) - localDayNumber(sent[i - 1]!)).toBeGreaterThanOrEqual(14);
        expect(mostAlike(sent.map((each) => quarterEnd(localDay(each))))).toBeLessThanOrEqual(2);
        expect(new Set(history.map(({ key }) => key)).size).toBe(history.length);
      }),
      { numRuns: 300 },
    );
  });

  it('asks nothing of those who are done, exempt or only advised, at a moment when others are reminded', () => {
    const at = Date.parse('2026-12-17T10:17:00+08:00');
    expect(decide(at, 'm1').kind).toBe('send');
    const [open] = behindOn(at) as [Progress];
    for (const progress of [
      { ...open, remaining: 0 },
      { ...open, exempt: '生病' },
      { ...open, advisory: true },
      { ...open, due: '2027-03-31' },
    ])
      expect(decide(at, 'm1', { progress: [progress] })).toEqual({ kind: 'nothing', why: 'met' });
  });

  it('spreads members over the half hour, also after a pause of days', () => {
    const at = Date.parse('2026-12-19T23:10:00+08:00');
    const minutes = Array.from({ length: 320 }, (_, i) => decide(at, `m${i}`)).map((each) =>
      each.kind === 'send' ? each.dueAt.getTime() / minute : 0,
    );
    expect(minutes.every((each) => each > 0)).toBe(true);
    expect(mostAlike(minutes)).toBeLessThanOrEqual(30);
  });
});

const isNight = (at: number): boolean => local(at).getUTCHours() < 8 || local(at).getUTCHours() >= 19;
const localDayNumber = (at: number): number => Math.floor((at + 8 * 60 * minute) / day);

/** How many of the values are the same, at most. */
function mostAlike(values: readonly unknown[]): number {
  const counts = new Map<unknown, number>();
  for (const each of values) counts.set(each, (counts.get(each) ?? 0) + 1);
  return Math.max(0, ...counts.values());
}
