import type { ContactRecord } from '../../src/contacts/record';
import { body } from './roster';
import type { Town } from './town';

/** The records as stored, oldest first. */
export async function recordsOf(town: Town): Promise<ContactRecord[]> {
  const found = await town.house.connection.collection<ContactRecord>('contact_records').find({ body: body.id }).toArray();
  return found.sort((a, b) => Number(a.id.slice(1)) - Number(b.id.slice(1)));
}

/** What a member is told of the quarter and the year: '1次 12人次'. */
export async function credit(town: Town, name: string): Promise<string> {
  const said = (await town.whispers(name, '/进度')) ?? '';
  const [, events, people] = /活动(\d+)次.*累计联系(\d+)人次/u.exec(said) ?? [];
  if (people === undefined) throw new Error(`no progress in “${said}”`);
  return `${events}次 ${people}人次`;
}

/** Everything in the database, as text. */
export async function everythingStored(town: Town): Promise<string> {
  const collections = await town.house.connection.listCollections();
  const all = await Promise.all(collections.map(({ name }) => town.house.connection.collection(name).find().toArray()));
  return JSON.stringify(all);
}
