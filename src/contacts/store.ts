import type { Connection, mongo } from 'mongoose';
import { batchedInserts } from '../foundation/batched-writes';
import { Batcher } from '../foundation/batcher';
import type { Day } from '../foundation/day';
import { numberSeries } from '../foundation/ids';
import { isDuplicateKey, orUnavailable } from '../foundation/mongo';
import type { MeasureQuery } from '../measures';
import type { ContactRecord, CountedRecord, RecordChange } from './record';
import { claimsOf } from './rules';

/** By who told it, or by for whom it counts. */
type Whose = { memberId: string } | { credited: string };

type Changing = ContactRecord | null | 'taken';

interface Asked {
  body: string;
  memberId: string;
  day: Day;
}

const firstNumber = 1024;
const plain = { projection: { _id: 0 } } as const;

/** Contact records in MongoDB, as plain objects. Every call names the body first. */
export class ContactStore {
  private readonly records;
  private readonly add;
  private readonly nextNumber;
  private readonly countedOn;

  constructor(connection: Connection) {
    this.records = connection.collection<ContactRecord>('contact_records');
    this.add = batchedInserts<ContactRecord>(connection, 'contact_records');
    this.nextNumber = numberSeries(connection, 'R', firstNumber);
    this.countedOn = new Batcher<Asked, ContactRecord[]>({ all: (asked) => this.countedOf(asked) });
  }

  nextId(body: string): Promise<string> {
    return orUnavailable(async () => `R${await this.nextNumber(body)}`);
  }

  /**
   * Keeps the record; a second one of the same source is not made, the first is returned. Null: what it would count as counts
   * already. `another`: it counts besides what it looks like.
   */
  async insert(record: ContactRecord, another = false): Promise<ContactRecord | null> {
    const row = { ...record, ...claimed(record, another) };
    try {
      await this.add(row);
      return row;
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      return this.bySource(record.body, record.source);
    }
  }

  /** Keeps records with the ids they have, for imports; those that are there already stay as they are. */
  async insertMany(records: readonly ContactRecord[]): Promise<void> {
    for (let at = 0; at < records.length; at += 500) {
      try {
        await orUnavailable(() =>
          this.records.insertMany(
            records.slice(at, at + 500).map((record) => ({ ...record, ...claimed(record, true) })),
            { ordered: false },
          ),
        );
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
      }
    }
  }

  bySource(body: string, source: string): Promise<ContactRecord | null> {
    return orUnavailable(() => this.records.findOne({ body, source }, plain));
  }

  byId(body: string, id: string): Promise<ContactRecord | null> {
    return orUnavailable(() => this.records.findOne({ body, id }, plain));
  }

  /** What a member has told, or what others have told of him, not withdrawn, newest entry first. */
  recent(body: string, whose: Whose, filter: { date?: Day; limit: number }): Promise<ContactRecord[]> {
    const wanted: mongo.Filter<ContactRecord> = {
      body,
      ...whose,
      status: { $in: ['kept', 'asked'] },
      ...(filter.date ? { contactDate: filter.date } : {}),
    };
    return orUnavailable(() => this.records.find(wanted, plain).sort({ enteredAt: -1 }).limit(filter.limit).toArray());
  }

  /** What counts for any of these members (null: for anybody) in a time, not withdrawn, newest entry first, and how many there are. */
  async listed(
    body: string,
    credited: readonly string[] | null,
    { days, limit }: { days?: { from: Day; to: Day }; limit: number },
  ): Promise<{ records: ContactRecord[]; count: number }> {
    const wanted: mongo.Filter<ContactRecord> = {
      body,
      ...(credited ? { credited: { $in: [...credited] } } : {}),
      status: { $in: ['kept', 'asked'] },
      ...(days ? { contactDate: { $gte: days.from, $lte: days.to } } : {}),
    };
    const [records, count] = await Promise.all([
      orUnavailable(() => this.records.find(wanted, plain).sort({ enteredAt: -1 }).limit(limit).toArray()),
      orUnavailable(() => this.records.countDocuments(wanted)),
    ]);
    return { records, count };
  }

  /** A member's that do not count yet: something is missing, or it may be a repeat. Newest entry first, and how many there are. */
  async unfinished(body: string, memberId: string, limit: number): Promise<{ records: ContactRecord[]; count: number }> {
    const wanted: mongo.Filter<ContactRecord> = {
      body,
      memberId,
      $or: [{ status: 'asked' }, { status: 'kept', missing: { $ne: [] } }],
    };
    const [records, count] = await Promise.all([
      orUnavailable(() => this.records.find(wanted, plain).sort({ enteredAt: -1 }).limit(limit).toArray()),
      orUnavailable(() => this.records.countDocuments(wanted)),
    ]);
    return { records, count };
  }

  /** Withdrawn ones of a member, newest entry first. */
  withdrawn(body: string, memberId: string, limit: number): Promise<ContactRecord[]> {
    const filter = { body, memberId, status: 'withdrawn' as const };
    return orUnavailable(() => this.records.find(filter, plain).sort({ enteredAt: -1 }).limit(limit).toArray());
  }

  /** What counts for a member on a day, whoever told it, newest entry first. */
  counted(body: string, memberId: string, day: Day): Promise<ContactRecord[]> {
    return this.countedOn.one({ body, memberId, day });
  }

  /** Records of a day that do not count because they look like `id`, oldest entry first. */
  async waitingFor(body: string, day: Day, id: string): Promise<ContactRecord[]> {
    const found = await orUnavailable(() =>
      this.records.find({ body, contactDate: day, status: 'asked', duplicateOf: id }, plain).limit(200).toArray(),
    );
    return found.sort((a, b) => a.enteredAt.getTime() - b.enteredAt.getTime());
  }

  /** The records that this message has changed already; none for a new message. */
  changedBy(body: string, source: string): Promise<ContactRecord[]> {
    return orUnavailable(() => this.records.find({ body, 'history.source': source }, plain).limit(100).toArray());
  }

  /**
   * Changes the record unless this source has changed it before or somebody else was quicker; null then. 'taken': what it would
   * count as counts already. `another`: it counts besides what it looks like.
   */
  async change(before: ContactRecord, set: Partial<ContactRecord>, entry: RecordChange, another: boolean): Promise<Changing> {
    const untouched = {
      body: before.body,
      id: before.id,
      history: { $size: before.history.length },
      'history.source': { $ne: entry.source },
    };
    const claims = countsAnew(set) ? claimed({ ...before, ...set }, another) : {};
    const update = { $set: { ...set, ...claims }, $push: { history: entry } };
    try {
      return await orUnavailable(() => this.records.findOneAndUpdate(untouched, update, { ...plain, returnDocument: 'after' }));
    } catch (error) {
      if (isDuplicateKey(error)) return 'taken';
      throw error;
    }
  }

  /** Complete, kept records between two days, both included, by contact date. */
  async countedBetween(query: MeasureQuery): Promise<CountedRecord[]> {
    const projection = { _id: 0, id: 1, contactDate: 1, mode: 1, people: 1, place: 1, organisation: 1, credited: 1, units: 1, demands: 1 };
    const found = await orUnavailable(() => this.records.find(counting(query), { projection }).sort({ contactDate: 1 }).toArray());
    return found.flatMap(({ id, contactDate, mode, people, place, organisation, credited, units, demands }) => {
      if (!mode || !contactDate || people === null) return [];
      const told = { households: units?.['户'] ?? 0, demands: demands?.length ?? 0 };
      return [{ id, date: contactDate, mode, people, place, organisation, credited, ...told }];
    });
  }

  /** How many they are and the constituents in them, each record counted once however many members share it (F27). */
  async totals(query: MeasureQuery): Promise<{ records: number; people: number }> {
    const sum = { $group: { _id: null, records: { $sum: 1 }, people: { $sum: '$people' } } };
    const [found] = await orUnavailable(() =>
      this.records.aggregate<{ records: number; people: number }>([{ $match: counting(query) }, sum]).toArray(),
    );
    return { records: found?.records ?? 0, people: found?.people ?? 0 };
  }

  /** Many people tell of the same few days: one question for each of these. */
  private async countedOf(asked: readonly Asked[]): Promise<{ value: ContactRecord[] }[]> {
    const byDay = new Map<string, Promise<ContactRecord[]>>();
    const found = asked.map(({ body, memberId, day }) => {
      const key = JSON.stringify([body, day]);
      const sameDay = asked.filter((other) => other.body === body && other.day === day).map((other) => other.memberId);
      const records = byDay.get(key) ?? this.countedBy(body, sameDay, day);
      byDay.set(key, records);
      return records.then((all) => ({ value: all.filter(({ credited }) => credited.includes(memberId)) }));
    });
    return Promise.all(found);
  }

  private async countedBy(body: string, members: readonly string[], day: Day): Promise<ContactRecord[]> {
    const filter = { body, credited: { $in: [...new Set(members)] }, contactDate: day, status: 'kept' as const };
    const found = await orUnavailable(() =>
      this.records
        .find(filter, plain)
        .limit(200 * members.length)
        .toArray(),
    );
    return found.sort((a, b) => b.enteredAt.getTime() - a.enteredAt.getTime());
  }

  async ensureIndexes(): Promise<void> {
    await this.records.createIndex({ body: 1, id: 1 }, { unique: true });
    await this.records.createIndex({ body: 1, source: 1 }, { unique: true });
    await this.records.createIndex({ body: 1, memberId: 1, enteredAt: -1 });
    await this.records.createIndex({ body: 1, credited: 1, contactDate: 1 });
    const changed = { partialFilterExpression: { 'history.source': { $exists: true } } };
    await this.records.createIndex({ body: 1, 'history.source': 1 }, changed);
    const counting = { partialFilterExpression: { claims: { $exists: true } } };
    await this.records.createIndex({ body: 1, claims: 1 }, { unique: true, ...counting });
    await this.records.createIndex({ body: 1, contactDate: 1 });
  }
}

/** What a change says of which contact it is and for whom it counts. */
const countsAnew = (set: Partial<ContactRecord>): boolean =>
  ['status', 'credited', 'contactDate', 'mode', 'place', 'organisation'].some((field) => field in set);

/** An empty list would be a value of its own in the index: without claims there is no field, or one that nobody else has. */
function claimed(record: ContactRecord, another: boolean): Pick<ContactRecord, 'claims'> {
  const claims = claimsOf(record);
  if (claims.length === 0) return { claims: [`-|${record.id}`] };
  return { claims: another ? claims.map((claim) => `${claim}|${record.id}`) : claims };
}

const counting = ({ body, from, to, members }: MeasureQuery): mongo.Filter<ContactRecord> => ({
  body,
  ...(members ? { credited: { $in: [...members] } } : {}),
  status: 'kept',
  contactDate: { $gte: from, $lte: to },
  mode: { $ne: null },
  people: { $ne: null },
});

export const createContactStore = (connection: Connection): ContactStore => new ContactStore(connection);
