import { type Command, type CommandContext, command, type Reply } from '../chat/command';
import { inPrivate } from '../chat/in-private';
import type { Ledger } from '../feature';
import type { FeedbackService } from '../feedback/service';
import { dayOf, periodBounds, quarterOf } from '../foundation/day';
import type { WorkingDays } from '../foundation/working-days';
import type { OrganisationService } from '../organisation/service';
import { defer, whoseQuarter } from './deferral';
import type { ReminderMutes } from './mutes';
import { queryReminders, type ReminderQueryReading, requestDeferral, rights } from './readings';
import { remindersAhead, shortfallOf } from './reminder-rules';
import { reminderPurpose } from './reminders';
import type { Quotas } from './service';
import { reminderTexts as texts } from './texts/reminders';

interface Parts {
  quotas: Quotas;
  organisation: OrganisationService;
  ledger: Ledger;
  workingDays: WorkingDays;
  mutes: ReminderMutes;
  feedback: FeedbackService;
}

/** What can be asked of reminders, and said of a quarter that does not go well. */
export function reminderCommands(parts: Parts): Command[] {
  return [
    command(queryReminders, {
      may: rights.see,
      help: [{ say: texts.help, ofMembers: true }],
      handle: (context, { ask }) => answer(parts, context, ask),
    }),
    command(requestDeferral, {
      may: rights.defer,
      handle: async (context, reading) => {
        const whose = await whoseQuarter(parts.organisation, context, reading);
        if ('say' in whose) return { text: whose.say };
        return whose.member === null && reading.kind === 'mute' ? answer(parts, context, 'stop') : defer(parts, context, whose.member);
      },
    }),
  ];
}

async function answer(parts: Parts, context: CommandContext, ask: ReminderQueryReading['ask']): Promise<Reply> {
  const { body, speaker, today, now } = context;
  const quarter = quarterOf(today);
  const said = (text: string): Reply => inPrivate(context, 'reminders', text);
  if (speaker.sector === null) return said(texts.notForYou);
  if (ask === 'stop' || ask === 'resume') {
    await parts.mutes.set(body, speaker.memberId, quarter, { muted: ask === 'stop', at: now });
    return said(ask === 'stop' ? texts.stopped(periodBounds(quarter).to) : texts.resumed);
  }
  return said(ask === 'why' ? await why(parts, context) : await ahead(parts, context));
}

/** The last reminder that was sent, as the ledger tells it, and what is open now. */
async function why({ quotas, organisation, ledger }: Parts, { body, speaker, today, zone }: CommandContext): Promise<string> {
  const [last] = (await ledger.history(body, speaker.memberId, reminderPurpose)).filter(({ state }) => state === 'sent');
  const member = await organisation.member(body, speaker.memberId);
  const open = member ? shortfallOf(await quotas.progress(body, member, today), today) : [];
  return texts.why(last ? dayOf(last.settledAt ?? last.dueAt, zone) : null, open, today);
}

/** What is still to come this quarter. */
async function ahead({ quotas, organisation, workingDays, mutes }: Parts, { body, speaker, today }: CommandContext): Promise<string> {
  if (await mutes.has(body, speaker.memberId, quarterOf(today))) return texts.muted;
  const member = await organisation.member(body, speaker.memberId);
  const open = member ? shortfallOf(await quotas.progress(body, member, today), today) : [];
  const { reminders } = await quotas.scheme(body);
  return texts.ahead(open, remindersAhead(today, reminders, workingDays), today);
}
