import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Connection } from 'mongoose';
import { loadRoles } from '../../config/load-roles';
import { createActivities } from '../../src/activities/service';
import { createActivityStore } from '../../src/activities/store';
import type { ContactRecord } from '../../src/contacts/record';
import { loadDemo } from '../../src/demo/load';
import { ShiftableClock } from '../../src/foundation/clock';
import { connectMongo } from '../../src/foundation/mongo';
import { ChatGroupStore } from '../../src/organisation/chat-group-store';
import { createChatGroups, createOrganisation } from '../../src/organisation/service';
import { createOrganisationStore } from '../../src/organisation/store';
import { freshDatabase } from '../helpers/services';

describe('a start with the demo organisation', () => {
  let connection: Connection;
  const clock = new ShiftableClock();
  const records = new Map<string, ContactRecord>();
  let imports = 0;
  let dieAfterContacts = false;

  const load = () => {
    const store = createActivityStore(connection);
    const insertMany = async (batch: ContactRecord[]): Promise<void> => {
      imports += 1;
      for (const record of batch) if (!records.has(record.id)) records.set(record.id, record);
      if (dieAfterContacts) throw new Error('killed');
    };
    return loadDemo({
      roles: loadRoles(),
      organisation: createOrganisation(createOrganisationStore(connection), clock),
      chatGroups: createChatGroups(new ChatGroupStore(connection), clock),
      activities: createActivities({ store, clock }),
      contacts: { insertMany },
      clock,
      seed: 2026,
    });
  };
  const everything = async () => ({
    bound: await connection.collection('chat_groups').countDocuments({ body: 'yunchuan', scopes: { $exists: true } }),
    members: await connection.collection('members').find().sort({ id: 1 }).toArray(),
    activities: await connection.collection('activities').find().sort({ id: 1 }).toArray(),
    bodies: await connection.collection('bodies').find().toArray(),
    records: records.size,
  });

  beforeAll(async () => {
    clock.moveTo(new Date('2026-11-23T10:00:00+08:00'));
    connection = await connectMongo(freshDatabase());
    await createOrganisationStore(connection).ensureIndexes();
    await createActivityStore(connection).ensureIndexes();
  });
  afterAll(() => connection.close());

  it('that is cut short is simply done again', async () => {
    dieAfterContacts = true;
    await expect(load()).rejects.toThrow('killed');
    dieAfterContacts = false;
    const { people, groups, body } = await load();
    expect([people.length, groups.length, body.id]).toEqual([327, 28, 'yunchuan']);
    expect(people).toContainEqual({ userId: 'hanlizhou', name: '韩立舟', note: '经济界 召集人', featured: true });
    expect((await everything()).members).toHaveLength(327);
    // 27 groups on each of the two platforms
    expect((await everything()).bound).toBe(54);
  });

  it('offers A23 with two seats left, A24 with room and A25 without a limit, and goes on with A26', async () => {
    const store = createActivityStore(connection);
    const coming = await store.comingUp('yunchuan', clock.now());
    expect(coming.map(({ id, capacity, taken, waiting }) => [id, capacity, taken, waiting])).toEqual([
      ['A23', 15, 13, 0],
      ['A24', 30, 18, 0],
      ['A25', null, 9, 0],
    ]);
    expect(await store.nextId('yunchuan')).toBe('A26');
  });

  it('changes nothing on data that are there, and names the same people', async () => {
    const before = await everything();
    const roster = await load();
    const importsBefore = imports;
    clock.moveTo(new Date('2026-12-02T10:00:00+08:00'));
    expect(await load()).toEqual(roster);
    expect(await everything()).toEqual(before);
    expect(imports).toBe(importsBefore);
  });
});
