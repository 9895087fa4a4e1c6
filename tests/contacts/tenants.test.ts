import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Connection } from 'mongoose';
import type { CommandContext } from '../../src/chat/command';
import type { ContactReading } from '../../src/contacts/readings';
import { Contacts } from '../../src/contacts/service';
import { ContactStore } from '../../src/contacts/store';
import { connectMongo } from '../../src/foundation/mongo';
import type { OrganisationService } from '../../src/organisation/service';
import { kept } from '../helpers/kept';
import { freshDatabase } from '../helpers/services';

const reading: ContactReading = {
  mode: 'visit',
  date: '2026-09-22',
  date_precision: 'day',
  place: '红柳社区',
  organisation: null,
  people: 12,
  people_approx: false,
  topics: [],
  services: [],
  results: [],
  missing: [],
};

const year = { from: '2026-01-01', to: '2026-12-31' };

describe('two bodies in one database', () => {
  let connection: Connection;
  let contacts: Contacts;
  beforeAll(async () => {
    connection = await connectMongo(freshDatabase());
    const store = new ContactStore(connection);
    await store.ensureIndexes();
    contacts = new Contacts({ store, organisation: { membersNamed: async () => [] } as unknown as OrganisationService });
  });
  afterAll(() => connection.close());

  const speaking = (body: string, eventKey: string): CommandContext =>
    ({
      body,
      eventKey,
      speaker: { memberId: 'M0001', name: '周岚', roles: ['member'], sector: 'education' },
      now: new Date('2026-09-23T10:11:00+08:00'),
      today: '2026-09-23',
      zone: 'Asia/Shanghai',
      text: kept('/记录 走访 昨天 红柳社区 12人'),
      platform: 'wecom',
      chat: { kind: 'private', id: 'zhoulan' },
    }) as CommandContext;

  it('number their own records, and neither sees, counts, changes nor suspects a repeat of the other’s', async () => {
    const here = (await contacts.record(speaking('a', 'e1'), reading, 0, { content: null })).record;
    const there = (await contacts.record(speaking('b', 'e1'), reading, 0, { content: null })).record;
    expect([here.id, there.id, there.status]).toEqual(['R1024', 'R1024', 'kept']);
    expect((await contacts.withdraw(speaking('b', 'e2'), 'R1024')).kind).toBe('changed');
    expect(await contacts.byId('a', 'R1024')).toMatchObject({ status: 'kept', history: [] });
    expect(await contacts.counted({ body: 'a', members: ['M0001'], ...year })).toHaveLength(1);
    expect(await contacts.counted({ body: 'b', members: ['M0001'], ...year })).toEqual([]);
    expect(await contacts.totals({ body: 'c', ...year })).toEqual({ records: 0, people: 0 });
    expect((await contacts.correct(speaking('c', 'e3'), 'R1024', { people: 1 })).kind).toBe('none');
  });

  it('keep what was before a correction and who made it', async () => {
    const { record } = await contacts.record(speaking('d', 'e1'), reading, 0, { content: null });
    await contacts.correct(speaking('d', 'e2'), record.id, { people: 15 });
    await contacts.withdraw(speaking('d', 'e3'), record.id);
    expect((await contacts.byId('d', record.id))?.history).toMatchObject([
      { kind: 'corrected', by: 'M0001', source: 'e2', before: { people: 12 }, after: { people: 15 } },
      { kind: 'withdrawn', by: 'M0001', source: 'e3', before: { status: 'kept' }, after: { status: 'withdrawn' } },
    ]);
  });
});
