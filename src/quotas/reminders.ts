import type { Ledger, Recheck } from '../feature';
import type { Clock } from '../foundation/clock';
import { dayOf, quarterOf } from '../foundation/day';
import type { WorkingDays } from '../foundation/working-days';
import type { Member, OrganisationService } from '../organisation/service';
import type { ReminderMutes } from './mutes';
import { allowedMoment, capped, decideReminder, isAllowedMoment, reminderKey, shortfallOf } from './reminder-rules';
import type { Quotas } from './service';
import { quotaTexts } from './texts';

export const reminderPurpose = 'reminder';

/** So many mean that it is not the members' data: give up and try again later. */
const mostFailures = 20;

export interface ReminderDeps {
  quotas: Pick<Quotas, 'progress' | 'scheme' | 'members'>;
  organisation: OrganisationService;
  ledger: Ledger;
  workingDays: WorkingDays;
  mutes: Pick<ReminderMutes, 'has'>;
  clock: Clock;
}

/** Looks through the members and plans one private reminder for whoever is behind, once per occasion. */
export async function planReminders(deps: ReminderDeps, body: string): Promise<void> {
  const { zone } = await deps.organisation.body(body);
  const { reminders: settings } = await deps.quotas.scheme(body);
  const failed: unknown[] = [];
  for await (const member of deps.quotas.members(body)) {
    await planFor(deps, body, member, { zone, settings }).catch((error: unknown) => failed.push(error));
    if (failed.length >= mostFailures) break;
  }
  // The others are planned all the same; the failure is seen and the job tried again.
  if (failed.length > 0) throw new AggregateError(failed, `reminders: ${failed.length} members could not be looked at`);
}

type Rules = { zone: string; settings: Awaited<ReturnType<Quotas['scheme']>>['reminders'] };

async function planFor(deps: ReminderDeps, body: string, member: Member, { zone, settings }: Rules): Promise<void> {
  const { quotas, ledger, workingDays: calendar, clock } = deps;
  const [identity] = member.identities;
  if (!identity) return;
  const now = clock.now();
  const progress = await quotas.progress(body, member, dayOf(now, zone));
  if (shortfallOf(progress, dayOf(now, zone)).length === 0) return;
  if (await deps.mutes.has(body, member.id, quarterOf(dayOf(now, zone)))) return;
  const history = await ledger.history(body, member.id, reminderPurpose);
  const decision = decideReminder({ progress, settings, history, memberId: member.id, now, zone, calendar });
  if (decision.kind === 'nothing') return;
  const { occasion, dueAt, expiresAt, shortfall } = decision;
  await ledger.plan({
    body,
    key: reminderKey(member.id, occasion),
    purpose: reminderPurpose,
    memberId: member.id,
    platform: identity.platform,
    to: { userId: identity.userId },
    format: 'text',
    text: quotaTexts.reminder(shortfall),
    dueAt,
    expiresAt,
    reason: { occasion },
  });
}

/** Just before sending: what is met, exempt or gone is not sent, what has shrunk is said as it is now, and the hours hold. */
export function recheckReminder(deps: ReminderDeps): Recheck {
  return async (row, now) => {
    const { body, memberId, key } = row;
    const member = memberId === null ? null : await deps.organisation.member(body, memberId);
    if (!member?.active) return { skip: 'gone' };
    const { zone } = await deps.organisation.body(body);
    const { reminders: settings } = await deps.quotas.scheme(body);
    const today = dayOf(now, zone);
    const shortfall = shortfallOf(await deps.quotas.progress(body, member, today), today);
    if (shortfall.length === 0) return { skip: 'met' };
    if (await deps.mutes.has(body, member.id, quarterOf(today))) return { skip: 'muted' };
    const hours = { settings, zone, calendar: deps.workingDays };
    if (!isAllowedMoment(now, hours)) return { notBefore: allowedMoment(now, hours) };
    // What may have arrived counts like what has; what is only planned must not hold back what is due.
    const others = (await deps.ledger.history(body, member.id, reminderPurpose)).filter(
      (each) => each.key !== key && (each.state === 'sent' || each.state === 'unknown'),
    );
    if (capped(others, now, settings, zone)) return { skip: 'capped' };
    return { go: true, text: quotaTexts.reminder(shortfall) };
  };
}
