import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Connection } from 'mongoose';
import { loadSchemes } from '../../config/load-scheme';
import type { CommandContext } from '../../src/chat/command';
import { contactMeasures } from '../../src/contacts/measures';
import type { ContactReading } from '../../src/contacts/readings';
import { Contacts } from '../../src/contacts/service';
import { ContactStore } from '../../src/contacts/store';
import { connectMongo } from '../../src/foundation/mongo';
import { measureOf } from '../../src/measures';
import type { OrganisationService } from '../../src/organisation/service';
import { createQuotas } from '../../src/quotas/service';
import type { ContactMode } from '../../src/reader/contact-mode';
import { body, roster } from '../helpers/roster';
import { freshDatabase } from '../helpers/services';

const member = roster[0]!;
const companion = roster[2]!;
const days = ['2026-03-31', '2026-04-01', '2026-06-30', '2026-07-01', '2026-09-22'];

// Few days, ways and places, so that contacts often look alike.
const step = fc.record({
  what: fc.constantFrom(
    'record' as const,
    'record' as const,
    'record' as const,
    'half' as const,
    'complete' as const,
    'correct' as const,
    'withdraw' as const,
    'confirm' as const,
  ),
  date: fc.constantFrom('2026-06-30', '2026-07-01', '2026-09-22'),
  mode: fc.constantFrom<ContactMode>('visit', 'visit', 'phone'),
  place: fc.constantFrom('红柳社区', '红柳社区', '和平里社区'),
  people: fc.integer({ min: 1, max: 40 }),
  which: fc.nat(),
  together: fc.boolean(),
  /** How often the platform delivers it. */
  times: fc.integer({ min: 1, max: 3 }),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

interface Counted {
  id: string;
  date: string;
  mode: ContactMode;
  place: string;
  /** Null until it has been told. */
  people: number | null;
  state: 'kept' | 'asked' | 'withdrawn';
  /** The counted record that it seems to repeat. */
  repeats: Counted | undefined;
  together: boolean;
}

/** A contact that looks like one that counts waits; it counts once that one is gone or has become another. */
function settle(each: Counted, list: readonly Counted[]): void {
  const same = (one: Counted): boolean => one.date === each.date && one.place === each.place && one.mode === each.mode;
  each.repeats = list.findLast((one) => one !== each && one.state === 'kept' && same(one));
  each.state = each.repeats ? 'asked' : 'kept';
}

/** What a clerk with paper would hold: every record in one list, counted anew each time. */
function recount(list: readonly Counted[], day: string, mine: boolean): string[] {
  const kept = list.filter((each) => each.state === 'kept' && each.people !== null && (mine || each.together));
  const quarter = (date: string): number => Math.floor((Number(date.slice(5, 7)) - 1) / 3);
  const events = kept.filter((each) => quarter(each.date) === quarter(day) && each.mode !== 'phone').length;
  const people = kept.reduce((sum, each) => sum + (each.people ?? 0), 0);
  return [`${events} of 1`, `${people} of 50`];
}

describe('progress', () => {
  let connection: Connection;
  let contacts: Contacts;
  let scope = 0;
  const organisation = {
    membersNamed: async (_body: string, name: string) => roster.filter((each) => each.name === name),
    body: async () => body,
  } as unknown as OrganisationService;

  beforeAll(async () => {
    connection = await connectMongo(freshDatabase());
    const store = new ContactStore(connection);
    await store.ensureIndexes();
    contacts = new Contacts({ store, organisation });
  });
  afterAll(() => connection.close());

  const context = (bodyId: string, event: number, text: string): CommandContext =>
    ({
      body: bodyId,
      eventKey: `e${event}`,
      speaker: { memberId: member.id, name: member.name, roles: member.roles, sector: member.sector },
      now: new Date(Date.parse('2026-09-23T10:11:00+08:00') + event * 1_000),
      today: '2026-09-23',
      zone: 'Asia/Shanghai',
      text,
      chat: { kind: 'private', id: 'zhoulan' },
    }) as unknown as CommandContext;

  const readingOf = ({ what, date, mode, place, people, together }: Step): ContactReading => ({
    mode,
    date,
    date_precision: 'day',
    place,
    organisation: null,
    people: what === 'half' ? null : people,
    people_approx: false,
    topics: [],
    services: [],
    results: [],
    missing: what === 'half' ? ['people'] : [],
    ...(together ? { companions: [companion.name] } : {}),
  });

  async function play(at: CommandContext, each: Step, list: Counted[]): Promise<void> {
    const target = list.length > 0 ? list[each.which % list.length] : undefined;
    if (each.what === 'record' || each.what === 'half') {
      const { record } = await contacts.record(at, readingOf(each), 0, { content: null });
      if (list.some(({ id }) => id === record.id)) return;
      const { what, date, mode, place, people, together } = each;
      const told: Counted = { id: record.id, date, mode, place, people, together, state: 'kept', repeats: undefined };
      if (what === 'half') told.people = null;
      settle(told, list);
      list.push(told);
    } else if (target && each.what === 'withdraw') {
      await contacts.withdraw(at, target.id);
      target.state = 'withdrawn';
    } else if (target && each.what === 'correct') {
      await contacts.correct(at, target.id, { people: each.people, date: each.date });
      if (target.state === 'withdrawn') return;
      Object.assign(target, { people: each.people, date: each.date });
      if (target.state === 'asked') settle(target, list);
    } else if (target && each.what === 'complete') {
      await contacts.complete(at, target.id, readingOf(each), null);
      if (target.state !== 'withdrawn') target.people ??= each.people;
    } else if (target?.state === 'asked' && each.what === 'confirm') {
      const record = await contacts.byId(at.body, target.id);
      if (record) await contacts.confirm(at, record);
      target.state = 'kept';
      target.repeats = undefined;
    }
    for (const one of list) if (one.state === 'asked' && one.repeats === target) settle(one, list);
  }

  it('equals a recount from the list of records, whatever was recorded, corrected, withdrawn, confirmed or delivered again', async () => {
    const quotas = createQuotas({ measure: (name) => measureOf(name, contactMeasures(contacts)), organisation, schemes: loadSchemes() });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 14 }), async (steps) => {
        const bodyId = `body${++scope}`;
        const list: Counted[] = [];
        for (const [event, each] of steps.entries())
          for (let time = 0; time < each.times; time++) await play(context(bodyId, event, each.what), each, list);
        for (const day of days)
          for (const [who, mine] of [[member, true] as const, [companion, false] as const])
            expect((await quotas.progress(bodyId, who, day)).map(({ done, needed }) => `${done} of ${needed}`)).toEqual(
              recount(list, day, mine),
            );
        const counted = list.filter(({ state, people }) => state === 'kept' && people !== null);
        expect(await contacts.totals({ body: bodyId, from: '2026-01-01', to: '2026-12-31' })).toEqual({
          records: counted.length,
          people: counted.reduce((sum, { people }) => sum + (people ?? 0), 0),
        });
      }),
      { numRuns: 120, interruptAfterTimeLimit: 40_000 },
    );
  }, 600_000);
});
