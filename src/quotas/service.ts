import { type Day, periodBounds, yearOf } from '../foundation/day';
import { AppError } from '../foundation/errors';
import type { Measure, MeasureName } from '../measures';
import type { Member, OrganisationService } from '../organisation/service';
import type { Progress } from './progress';
import { evaluate } from './rules';
import type { Scheme } from './scheme';

export { shortfallOf } from './reminder-rules';
export type { Scheme } from './scheme';

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
    const query = { body, from, to, members: [member.id] };
    const metrics = [...new Set(scheme.policies.flatMap(({ rules }) => rules.map(({ metric }) => metric)))];
    const rows = await Promise.all(metrics.map(async (name) => [name, await this.parts.measure(name).rows(query)] as const));
    return scheme.policies.flatMap((policy) => evaluate(policy, Object.fromEntries(rows), member, day));
  }

  /** The scheme the body runs. Throws SETTINGS_WRONG when no file in config/schemes has its name. */
  async scheme(body: string): Promise<Scheme> {
    const { scheme: name } = await this.parts.organisation.body(body);
    const scheme = this.parts.schemes.get(name);
    if (!scheme) throw new AppError('SETTINGS_WRONG', `no scheme '${name}' in config/schemes`);
    return scheme;
  }

  /** Members who hold the office of a 委员 and whom the scheme asks something of. */
  async *members(body: string): AsyncIterable<Member> {
    for await (const member of this.parts.organisation.members(body)) if (member.sector !== null) yield member;
  }
}

export const createQuotas = (parts: QuotasParts): Quotas => new Quotas(parts);
