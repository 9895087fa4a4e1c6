import type { Connection } from 'mongoose';
import { numberSeries } from '../foundation/ids';
import { isDuplicateKey, orUnavailable } from '../foundation/mongo';
import type { MeasureQuery } from '../measures';
import type { Feedback, FeedbackAnswer } from './feedback';

const firstNumber = 1;
const plain = { projection: { _id: 0 } } as const;

type Collection = ReturnType<typeof Connection.prototype.collection<Feedback>>;
export type FeedbackStore = ReturnType<typeof createFeedbackStore>;

/** Suggestions, complaints and questions with their answers, one document each. Nothing is erased. */
export function createFeedbackStore(connection: Connection) {
  const all = connection.collection<Feedback>('feedback');
  const nextNumber = numberSeries(connection, 'J', firstNumber);
  const one = (filter: { body: string; id?: string; source?: string }): Promise<Feedback | null> =>
    orUnavailable(() => all.findOne(filter, plain));
  return {
    ensureIndexes: () => orUnavailable(() => ensureIndexes(all)),

    byId: (body: string, id: string) => one({ body, id }),

    /** Numbers and keeps it; of the same message the one that was kept before. */
    async insert(feedback: Omit<Feedback, 'id'>): Promise<Feedback> {
      const { body, source } = feedback;
      const number = await orUnavailable(() => nextNumber(body));
      const numbered = { ...feedback, id: `J${number}` };
      try {
        await orUnavailable(() => all.insertOne({ ...numbered }));
        return numbered;
      } catch (error) {
        const earlier = isDuplicateKey(error) ? await one({ body, source }) : null;
        if (!earlier) throw error;
        return earlier;
      }
    },

    /** Adds an answer unless this source has given it already; the document as it stands then, null when there is none. */
    async answer(body: string, id: string, answer: FeedbackAnswer): Promise<Feedback | null> {
      const change = { $set: { status: 'answered' as const }, $push: { answers: answer } };
      const fresh = { body, id, 'answers.source': { $ne: answer.source } };
      const changed = await orUnavailable(() => all.findOneAndUpdate(fresh, change, { ...plain, returnDocument: 'after' }));
      return changed ?? one({ body, id });
    },

    /** Oldest first. */
    open: (body: string, limit: number): Promise<Feedback[]> =>
      orUnavailable(() => all.find({ body, status: 'open' }, plain).sort({ at: 1 }).limit(limit).toArray()),

    /** Newest first. */
    answered: (body: string, limit: number): Promise<Feedback[]> =>
      orUnavailable(() => all.find({ body, status: 'answered' }, plain).sort({ at: -1 }).limit(limit).toArray()),

    countOpen: (body: string): Promise<number> => orUnavailable(() => all.countDocuments({ body, status: 'open' })),

    /** A member's own, newest first. */
    of: (body: string, memberId: string, limit: number): Promise<Feedback[]> =>
      orUnavailable(() => all.find({ body, memberId }, plain).sort({ at: -1 }).limit(limit).toArray()),

    /** Given between two days, both included. */
    between: ({ body, from, to, members }: MeasureQuery): Promise<Feedback[]> => {
      const whose = members ? { memberId: { $in: [...members] } } : {};
      return orUnavailable(() => all.find({ body, day: { $gte: from, $lte: to }, ...whose }, plain).toArray());
    },
  };
}

async function ensureIndexes(all: Collection): Promise<void> {
  await all.createIndex({ body: 1, id: 1 }, { unique: true });
  await all.createIndex({ body: 1, source: 1 }, { unique: true });
  await all.createIndex({ body: 1, status: 1, at: 1 });
  await all.createIndex({ body: 1, memberId: 1, at: -1 });
  await all.createIndex({ body: 1, day: 1 });
}
