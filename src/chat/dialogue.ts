import type { Connection } from 'mongoose';
import { orUnavailable, upserted } from '../foundation/mongo';
import type { CommandContext, PendingQuestion } from './command';

type Where = Pick<CommandContext, 'body' | 'eventKey' | 'now'> & { memberId: string; chatId: string };

/** What the bot has asked a member in a chat and not yet heard. What was half-filled is kept with the question. */
export interface Dialogue {
  remember(where: Where, question: PendingQuestion): Promise<void>;
  /** The open question, or the one this very event has answered before (a redelivered answer finds it again). */
  pending(where: Where): Promise<PendingQuestion | null>;
  answered(where: Where): Promise<void>;
  ensureIndexes(): Promise<void>;
}

interface Row {
  _id: string;
  body: string;
  question: PendingQuestion;
  askedBy: string;
  askedAt: Date;
  answeredBy: string | null;
}

const openMs = 30 * 60_000;
const keptSeconds = 86_400;

/** One open question per member and chat, for half an hour. */
export function createDialogue(connection: Connection): Dialogue {
  const rows = connection.collection<Row>('dialogues');
  const id = (where: Where): string => JSON.stringify([where.body, where.memberId, where.chatId]);
  return {
    remember: (where, question) =>
      upserted(async () => {
        const row = { body: where.body, question, askedBy: where.eventKey, askedAt: where.now, answeredBy: null };
        await rows.updateOne({ _id: id(where) }, { $set: row }, { upsert: true });
      }),
    pending: (where) =>
      orUnavailable(async () => {
        const row = await rows.findOne({ _id: id(where), body: where.body });
        if (!row || row.askedBy === where.eventKey || where.now.getTime() - row.askedAt.getTime() > openMs) return null;
        return row.answeredBy === null || row.answeredBy === where.eventKey ? row.question : null;
      }),
    answered: (where) =>
      orUnavailable(async () => {
        await rows.updateOne(
          { _id: id(where), body: where.body, askedBy: { $ne: where.eventKey } },
          { $set: { answeredBy: where.eventKey } },
        );
      }),
    async ensureIndexes() {
      await rows.createIndex({ askedAt: 1 }, { expireAfterSeconds: keptSeconds });
    },
  };
}
