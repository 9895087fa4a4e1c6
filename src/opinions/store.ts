import type { Connection } from 'mongoose';
import { numberSeries } from '../foundation/ids';
import { isDuplicateKey, orUnavailable } from '../foundation/mongo';
import type { MeasureQuery } from '../measures';
import type { OpinionNote, OpinionRemark } from './note';

const firstNumber = 1;
const plain = { projection: { _id: 0 } } as const;

type Collection = ReturnType<typeof Connection.prototype.collection<OpinionNote>>;
export type OpinionStore = ReturnType<typeof createOpinionStore>;

/** Notes with what the office has added, one document each. Nothing is erased. */
export function createOpinionStore(connection: Connection) {
  const all = connection.collection<OpinionNote>('opinion_notes');
  const nextNumber = numberSeries(connection, 'M', firstNumber);
  const one = (filter: { body: string; id?: string; source?: string }): Promise<OpinionNote | null> =>
    orUnavailable(() => all.findOne(filter, plain));
  return {
    ensureIndexes: () => orUnavailable(() => ensureIndexes(all)),

    byId: (body: string, id: string) => one({ body, id }),

    /** Numbers and keeps it; of the same message the one that was kept before. */
    async insert(note: Omit<OpinionNote, 'id'>): Promise<OpinionNote> {
      const { body, source } = note;
      const earlier = await one({ body, source });
      if (earlier) return earlier;
      const numbered = { ...note, id: `M${await orUnavailable(() => nextNumber(body))}` };
      try {
        await orUnavailable(() => all.insertOne({ ...numbered }));
        return numbered;
      } catch (error) {
        const now = isDuplicateKey(error) ? await one({ body, source }) : null;
        if (!now) throw error;
        return now;
      }
    },

    /** Adds a remark unless this source has added it already; the note as it stands then, null when there is none. */
    async remark(body: string, id: string, remark: OpinionRemark): Promise<OpinionNote | null> {
      const fresh = { body, id, 'remarks.source': { $ne: remark.source } };
      const changed = await orUnavailable(() =>
        all.findOneAndUpdate(fresh, { $push: { remarks: remark } }, { ...plain, returnDocument: 'after' }),
      );
      return changed ?? one({ body, id });
    },

    ...lists(all),
  };
}

/** What is asked of many notes at once. */
function lists(all: Collection) {
  return {
    /** Newest first; of one member, or of everybody. */
    newest: (body: string, limit: number, memberId?: string): Promise<OpinionNote[]> =>
      orUnavailable(() =>
        all
          .find({ body, ...(memberId === undefined ? {} : { memberId }) }, plain)
          .sort({ at: -1 })
          .limit(limit)
          .toArray(),
      ),

    count: (body: string): Promise<number> => orUnavailable(() => all.countDocuments({ body })),

    /** Told between two days, both included. */
    between: ({ body, from, to, members }: MeasureQuery): Promise<OpinionNote[]> => {
      const whose = members ? { memberId: { $in: [...members] } } : {};
      return orUnavailable(() => all.find({ body, day: { $gte: from, $lte: to }, ...whose }, plain).toArray());
    },
  };
}

async function ensureIndexes(all: Collection): Promise<void> {
  await all.createIndex({ body: 1, id: 1 }, { unique: true });
  await all.createIndex({ body: 1, source: 1 }, { unique: true });
  await all.createIndex({ body: 1, at: -1 });
  await all.createIndex({ body: 1, memberId: 1, at: -1 });
  await all.createIndex({ body: 1, day: 1 });
}
