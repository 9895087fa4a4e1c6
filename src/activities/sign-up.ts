import type { CommandContext, PrivateMessage, Reply } from '../chat/command';
import { membersByName } from '../organisation/service';
import type { Activity } from './activity';
import { cancelOne } from './cancel-sign-up';
import type { ActivityTools } from './create-activity';
import { findActivity } from './find-activity';
import { allowedBy, limitFor, manages } from './on-behalf';
import { type PersonMeant, peopleMeant } from './people-meant';
import type { Entry, SignupReading } from './readings';
import { most } from './rules';
import { sayOther, sayOwn } from './say-sign-up';
import type { SignUpResult } from './service';
import { activityTexts as texts } from './texts';

/**
 * Signs up the speaker, the named members (each with an entry of their own) and unnamed companions, who share the
 * entry of the first of them, or in a 接龙 of whoever brings them.
 */
export async function signUpByChat(tools: ActivityTools, context: CommandContext, reading: SignupReading): Promise<Reply> {
  const { extra } = reading;
  if (extra > most.companions) return { text: texts.tooManyCompanions(most.companions) };
  if (reading.names.length > most.names) return { text: texts.tooManyNames(most.names) };
  const found = await findActivity(tools.activities, context, reading, await tools.activities.comingUp(context.body));
  if ('say' in found) return { text: found.say };
  const { activity } = found;
  const nobody = reading.list && !reading.self && reading.names.length === 0;
  const { people, unclear } = nobody ? { people: [], unclear: [] } : await peopleMeant(tools, context, reading);
  const [only, another] = people;
  if (reading.instead && only && !another) return comeInstead(tools, context, { activity, person: only, reading });

  const { people: allowed, refused } = allowedBy(context, activity, people);
  const said: Said = { lines: [], notices: [], freed: false };
  const entries = entriesOf(reading, allowed, context.speaker.memberId);
  for (const { person, wish } of entries) await signUpOne(tools, context, { activity, person, wish, said });
  await excuse(tools, context, { activity, names: reading.leaving ?? [], said });
  if (said.freed) said.notices.push(...(await tools.activities.settle(context.body, activity.id)));
  // One refusal is the same for everybody.
  const text = [...new Set(said.lines), ...refused, ...unclear].join('\n');
  return { text, ...(said.notices.length ? { private: said.notices } : {}) };
}

interface Said {
  lines: string[];
  notices: PrivateMessage[];
  /** Somebody may have given back a seat. */
  freed: boolean;
}

interface Wish {
  extra: number;
  status: SignupReading['status'];
  party?: 'set' | 'more';
}

/** Who brings how many: in a list each by the own line, else the first of those named. */
const entriesOf = (reading: SignupReading, people: readonly PersonMeant[], speaker: string): { person: PersonMeant; wish: Wish }[] =>
  people.map((person, at) => {
    const line = reading.list?.find(({ name, self }) => (self ? person.id === speaker : name === person.name));
    if (line) return { person, wish: lineWish(line) };
    const first = at === 0 && !reading.list;
    return { person, wish: { extra: first ? reading.extra : 0, status: reading.status, ...(first ? partySaid(reading) : {}) } };
  });

const lineWish = ({ extra, status }: Entry): Wish => ({
  extra,
  status: status === 'tentative' ? 'tentative' : 'attending',
  ...(extra > 0 && { party: 'set' as const }),
});

/** What is said of companions to somebody who is in already. */
function partySaid({ more, extra, alone }: SignupReading): Pick<Wish, 'party'> {
  if (more) return { party: 'more' };
  return extra > 0 || alone ? { party: 'set' } : {};
}

interface One {
  activity: Activity;
  person: PersonMeant;
  wish: Wish;
  said: Said;
}

async function signUpOne(tools: ActivityTools, context: CommandContext, { activity, person, wish, said }: One): Promise<void> {
  const { speaker, eventKey, body } = context;
  const seats = 1 + wish.extra;
  const request = { eventKey, memberId: person.id, seats, wish: wish.status, by: speaker.memberId, mostOthers: limitFor(context, person) };
  const result = await tools.activities.signUp(body, activity.id, wish.party ? { ...request, party: wish.party } : request);
  if (!result) return;
  if (result.kind === 'party') said.freed = true;
  const own = person.id === speaker.memberId;
  said.lines.push(own ? sayOwn(person.name, result, seats) : sayOther(person.name, result, seats, manages(context, person)));
  if (!own) said.notices.push(...noticeFor(context, person.id, result));
}

/** Whoever was signed up by somebody else hears of it and may refuse with a word (F28). */
function noticeFor(context: CommandContext, memberId: string, result: SignUpResult): PrivateMessage[] {
  if (result.kind === 'refused' || result.kind === 'too_many' || !result.signup.id.startsWith(`${context.eventKey}:`)) return [];
  const say = result.kind === 'waiting' ? texts.waitingForYou : texts.signedUpForYou;
  const { id, title } = result.activity;
  return [
    {
      memberId,
      key: `signed_up_for_you:${id}:${result.signup.id}`,
      purpose: 'activity_notice',
      text: say(context.speaker.name, result.activity),
      card: { title, buttons: [texts.buttons.refuse(id)] },
    },
  ];
}

/** 周岚请假，许知夏参加: those who stay away lose the place they had, where the speaker may say so. */
async function excuse(
  tools: ActivityTools,
  context: CommandContext,
  { activity, names, said }: { activity: Activity; names: readonly string[]; said: Said },
): Promise<void> {
  const { members } = await membersByName(tools.organisation, context.body, names);
  for (const person of members) {
    const { text, notice } = await cancelOne(tools, context, { person, activity, reason: null });
    said.lines.push(text);
    said.freed = true;
    if (notice) said.notices.push(notice);
  }
}

/** 罗青禾替我去: she comes in the speaker's place; where the speaker is not in, she is simply signed up. */
async function comeInstead(
  tools: ActivityTools,
  context: CommandContext,
  { activity, person, reading }: { activity: Activity; person: PersonMeant; reading: SignupReading },
): Promise<Reply> {
  const { body, speaker, eventKey } = context;
  const seats = 1 + reading.extra;
  const request = { eventKey, memberId: person.id, seats, wish: reading.status, by: speaker.memberId };
  const result = await tools.activities.handOver(body, activity.id, { ...request, from: speaker.memberId });
  if (!result || result.kind === 'not_in') {
    const { instead: _, ...plain } = reading;
    return signUpByChat(tools, context, { ...plain, activity: activity.id, activity_date: null });
  }
  if (result.kind === 'no_room') return { text: texts.handOverNoRoom(activity) };
  if (result.kind === 'too_late') return { text: texts.handOverTooLate(activity) };
  const freed = await tools.activities.settle(body, activity.id);
  const notices = result.kind === 'handed_over' ? noticeFor(context, person.id, { ...result, kind: 'seated' }) : [];
  const text =
    result.kind === 'handed_over'
      ? texts.handedOver(speaker.name, activity, person.name, seats)
      : texts.handedOverAlreadyIn(speaker.name, activity, person.name);
  return { text, private: [...notices, ...freed] };
}
