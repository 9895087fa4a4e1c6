import { type Day, periodBounds, yearOf } from '../foundation/day';
import { AppError } from '../foundation/errors';
import type { Measure, MeasureName, MeasureQuery } from '../measures';
import type { Member, OrganisationService } from '../organisation/service';
import type { Progress } from './progress';
import { evaluate, evaluateWithin } from './rules';
import type { Scheme } from './scheme';
import { quotaTexts as texts } from './texts';

export { shortfallOf } from './reminder-rules';
export type { Scheme } from './scheme';

/** Days, both included. */
interface Days {
  from: Day;
  to: Day;
}

interface QuotasParts {
  measure: (name: MeasureName) => Measure;
  organisation: OrganisationService;
  schemes: ReadonlyMap<string, Scheme>;
}

/** What the organisation's scheme asks of a member and what is done; derived from the records each time, never kept. */
export class Quotas {
  constructor(private readonly parts: QuotasParts) {}

  /** Every rule's state for a member on `day`. */
  async progress(body: string, member: Member, day: Day): Promise<Progress[]> {
    const scheme = await this.scheme(body);
    const { from, to } = periodBounds(yearOf(day));
    const rows = await this.rowsOf(scheme, { body, from, to, members: [member.id] });
    return scheme.policies.flatMap((policy) => evaluate(policy, Object.fromEntries(rows), member, day));
  }

  /**
   * The same for many members with one question per measure: the rules that run on `today`, or with a span those whose
   * periods lie within it.
   */
  async progressOf(body: string, members: readonly Member[], today: Day, span: Days | null): Promise<Map<string, Progress[]>> {
    const scheme = await this.scheme(body);
    const days = span ?? { from: today, to: today };
    const query = {
      body,
      from: periodBounds(yearOf(days.from)).from,
      to: periodBounds(yearOf(days.to)).to,
      members: members.map(({ id }) => id),
    };
    const rows = await this.rowsOf(scheme, query);
    return new Map(
      members.map((member) => {
        const own = Object.fromEntries(rows.map(([name, all]) => [name, all.filter((row) => row.members.includes(member.id))]));
        const states = scheme.policies.flatMap((policy) =>
          span ? evaluateWithin(policy, own, member, { ...span, today }) : evaluate(policy, own, member, today),
        );
        return [member.id, states];
      }),
    );
  }

  private async rowsOf(scheme: Scheme, query: MeasureQuery) {
    const metrics = [...new Set(scheme.policies.flatMap(({ rules }) => rules.map(({ metric }) => metric)))];
    return Promise.all(metrics.map(async (name) => [name, await this.parts.measure(name).rows(query)] as const));
  }

  /** The scheme the body runs. Throws SETTINGS_WRONG when no file in config/schemes has its name. */
  async scheme(body: string): Promise<Scheme> {
    const { scheme: name } = await this.parts.organisation.body(body);
    const scheme = this.parts.schemes.get(name);
    if (!scheme) throw new AppError('SETTINGS_WRONG', texts.noScheme(name));
    return scheme;
  }

  /** Members who hold the office of a 委员 and whom the scheme asks something of. */
  async *members(body: string): AsyncIterable<Member> {
    for await (const member of this.parts.organisation.members(body)) if (member.sector !== null) yield member;
  }
}

export const createQuotas = (parts: QuotasParts): Quotas => new Quotas(parts);
