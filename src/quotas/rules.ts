import { addDays, type Day, daysBetween, periodBounds, quarterOf, yearOf } from '../foundation/day';
import { type MeasureName, type MeasureRow, sumOf } from '../measures';
import type { Progress, QuotaPolicy, QuotaRule } from './progress';

/** What a policy needs to know of a member. */
export interface MemberFacts {
  joinedOn: Day;
  exemptions: readonly { period: string; reason: string }[];
}

/** The period of a rule in which a day lies. */
export function periodOf(every: QuotaRule['every'], day: Day): string {
  if (every === 'quarter') return quarterOf(day);
  if (every === 'year') return yearOf(day);
  return `${yearOf(day)}-H${Number(day.slice(5, 7)) <= 6 ? 1 : 2}`;
}

/** What is behind the member's figures, by measure (any order; what lies outside the periods is passed over). */
type Rows = Readonly<Partial<Record<MeasureName, readonly MeasureRow[]>>>;

/** Every rule's state on `day`. */
export function evaluate(policy: QuotaPolicy, rows: Rows, facts: MemberFacts, day: Day): Progress[] {
  return policy.rules.map((rule) => evaluateRule(policy, rule, rows[rule.metric] ?? [], { facts, day }));
}

/** The rules whose periods lie within a span and have begun by `today`, each in each of them: what 今年 asks is four quarters. */
export function evaluateWithin(policy: QuotaPolicy, rows: Rows, facts: MemberFacts, { from, to, today }: Span): Progress[] {
  return policy.rules.flatMap((rule) => {
    const states: Progress[] = [];
    for (let day = from; day <= to && day <= today; ) {
      const period = periodOf(rule.every, day);
      const { from: start, to: end } = periodBounds(period);
      if (start >= from && end <= to) states.push(evaluateRule(policy, rule, rows[rule.metric] ?? [], { facts, day }));
      day = addDays(end, 1);
    }
    return states;
  });
}

interface Span {
  from: Day;
  to: Day;
  today: Day;
}

function evaluateRule(policy: QuotaPolicy, rule: QuotaRule, rows: readonly MeasureRow[], at: { facts: MemberFacts; day: Day }): Progress {
  const period = periodOf(rule.every, at.day);
  const { from, to } = periodBounds(period);
  const counted = rows.filter(({ date, mode }) => date >= from && date <= to && !(mode && excepted(rule).includes(mode)));
  const done = sumOf(counted);
  const { share, reason } = askedShare(from, to, at.facts);
  const needed = Math.round(rule.min * share);
  const remaining = Math.max(0, needed - done);
  const exempt = share === 0 ? { exempt: reason } : {};
  return {
    policyId: policy.id,
    advisory: policy.advisory,
    rule,
    period,
    done,
    needed,
    remaining,
    due: to,
    ...exempt,
    counted: counted.map(({ id }) => id),
  };
}

const excepted = ({ exceptModes = [] }: QuotaRule): readonly string[] => exceptModes;

/** The part of a period for which something is asked: not before the member came, not while exempted (F42). Pro rata by days. */
function askedShare(from: Day, to: Day, facts: MemberFacts): { share: number; reason: string } {
  if (facts.joinedOn <= from && facts.exemptions.length === 0) return { share: 1, reason: '' };
  const free = facts.exemptions.map(({ period, reason }) => ({ ...periodBounds(period), reason }));
  const days = daysBetween(from, to) + 1;
  let asked = 0;
  for (let each = from; each <= to; each = addDays(each, 1)) {
    if (each >= facts.joinedOn && !free.some((exempt) => each >= exempt.from && each <= exempt.to)) asked += 1;
  }
  const reason = free.find((exempt) => exempt.from <= to && exempt.to >= from)?.reason ?? '';
  return { share: asked / days, reason };
}
