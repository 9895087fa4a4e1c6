import type { Connection } from 'mongoose';
import { activityCommands } from '../../src/activities/commands';
import { openingQuestion } from '../../src/activities/opening';
import type {
  ActivityCreateReading,
  ActivityQueryReading,
  ActivityUpdateReading,
  AttendanceReading,
  SignupCancelReading,
  SignupReading,
} from '../../src/activities/readings';
import { createActivities } from '../../src/activities/service';
import { createActivityStore } from '../../src/activities/store';
import type { CommandContext, Reply } from '../../src/chat/command';
import { ShiftableClock } from '../../src/foundation/clock';
import { dayOf } from '../../src/foundation/day';
import { connectMongo } from '../../src/foundation/mongo';
import { ChatGroupStore } from '../../src/organisation/chat-group-store';
import { may } from '../../src/organisation/may';
import { createChatGroups, createOrganisation } from '../../src/organisation/service';
import { createOrganisationStore } from '../../src/organisation/store';
import { kept } from '../helpers/kept';
import { body, roster } from '../helpers/roster';
import { freshDatabase } from '../helpers/services';

/** 重阳关爱, as 丁若梅 would announce it on 23 September 2026. */
export const announcement: ActivityCreateReading = {
  intent: 'activity_create',
  title: '重阳关爱',
  sector: '妇联',
  start: '2026-09-26T09:00',
  place: '惠民养老院',
  capacity: 15,
  deadline: '2026-09-24T18:00',
  missing: [],
};

export const signupFor = (activity: string | null, changes: Partial<SignupReading> = {}): SignupReading => ({
  intent: 'signup',
  activity,
  activity_date: null,
  self: true,
  names: [],
  extra: 0,
  status: 'attending',
  missing: [],
  ...changes,
});

export const cancellationOf = (activity: string | null, changes: Partial<SignupCancelReading> = {}): SignupCancelReading => ({
  intent: 'signup_cancel',
  activity,
  activity_date: null,
  self: true,
  names: [],
  reason: null,
  missing: [],
  ...changes,
});

export const queryFor = (activity: string | null, ask: ActivityQueryReading['ask'] = 'time_place'): ActivityQueryReading => ({
  intent: 'activity_query',
  activity,
  ask,
});

/** The activities room on a database of its own, with the small roster; each word spoken is an event of its own unless named. */
export async function openHall(now = '2026-09-23T10:00:00') {
  const connection: Connection = await connectMongo(freshDatabase());
  const clock = new ShiftableClock();
  const moveTo = (local: string): void => clock.moveTo(new Date(`${local}+08:00`));
  moveTo(now);
  const organisation = createOrganisation(createOrganisationStore(connection), clock);
  const store = createActivityStore(connection);
  const activities = createActivities({ store, clock });
  await createOrganisationStore(connection).ensureIndexes();
  await store.ensureIndexes();
  await organisation.saveBody(body);
  await organisation.saveMembers(body.id, roster);
  const groupStore = new ChatGroupStore(connection);
  await groupStore.ensureIndexes();
  const chatGroups = createChatGroups(groupStore, clock);
  const tools = { activities, organisation, chatGroups, reachesGroup: () => true };
  const commands = activityCommands(tools, openingQuestion(tools));
  let events = 0;

  const reply = async (
    name: string,
    reading: SignupReading | SignupCancelReading | ActivityCreateReading | ActivityQueryReading | ActivityUpdateReading | AttendanceReading,
    event: { key?: string; quoted?: string } = {},
  ): Promise<Reply> => {
    const member = roster.find((each) => each.name === name)!;
    const context: CommandContext = {
      body: body.id,
      zone: body.zone,
      speaker: { memberId: member.id, name, sector: member.sector, roles: member.roles },
      platform: 'wecom',
      chat: { kind: 'group', id: 'wrALL' },
      eventKey: event.key ?? `e${++events}`,
      now: clock.now(),
      today: dayOf(clock.now(), body.zone),
      text: kept(''),
      ...(event.quoted ? { quoted: kept(event.quoted) } : {}),
    };
    const command = commands.find(({ intent }) => intent.name === reading.intent)!;
    // As the router asks.
    if (!may(command.may, context.speaker)) return { text: command.denied ?? '' };
    return command.handle(context, reading);
  };
  return {
    activities,
    store,
    organisation,
    chatGroups,
    connection,
    moveTo,
    reply,
    says: async (...spoken: Parameters<typeof reply>): Promise<string> => (await reply(...spoken)).text,
    /** Seats by member id, in order: 'M0001 attending 1'. */
    async seats(id: string): Promise<string[]> {
      const { signups = [] } = (await store.find(body.id, id)) ?? {};
      return signups.map(({ memberId, status, seats }) => `${memberId} ${status} ${seats}`);
    },
    close: () => connection.close(),
  };
}
