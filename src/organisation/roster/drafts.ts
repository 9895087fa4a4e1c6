import type { Connection } from 'mongoose';
import { randomId } from '../../foundation/ids';
import { isDuplicateKey, orUnavailable } from '../../foundation/mongo';
import type { RosterVerdict } from './rows';

/** What an applied roster came to. */
export interface Applied {
  added: number;
  changed: number;
  leaving: number;
  returning: number;
}

/** A table somebody has handed in, as it was read. */
export interface RosterDraft extends RosterVerdict {
  id: string;
  /** Member id of who handed it in. */
  by: string;
  at: Date;
  state: 'checked' | 'applying' | 'applied';
  /** From which moment those it does not name are no longer in office. */
  appliedAt?: Date;
  outcome?: Applied;
}

interface Document extends Omit<RosterDraft, 'id'> {
  _id: string;
  body: string;
}

/** Whoever has not applied a table within a day checks it again. */
const keptSeconds = 24 * 60 * 60;

/** Tables between being handed in and being applied; each in one document, so that it is there whole or not at all. */
export class RosterDrafts {
  private readonly drafts;

  constructor(connection: Connection) {
    this.drafts = connection.collection<Document>('roster_drafts');
  }

  async ensureIndexes(): Promise<void> {
    await orUnavailable(() => this.drafts.createIndex({ at: 1 }, { expireAfterSeconds: keptSeconds }));
    // One at a time: two tables written at once would leave a mixture.
    await orUnavailable(() => this.drafts.createIndex({ body: 1 }, { unique: true, partialFilterExpression: { state: 'applying' } }));
  }

  async add(body: string, draft: RosterVerdict & Pick<RosterDraft, 'by' | 'at'>): Promise<string> {
    const id = randomId();
    await orUnavailable(() => this.drafts.insertOne({ _id: id, body, ...draft, state: 'checked' }));
    return id;
  }

  async find(body: string, id: string): Promise<RosterDraft | null> {
    return plain(await orUnavailable(() => this.drafts.findOne({ _id: id, body })));
  }

  /** False when another table of this body is being written. */
  async begin(body: string, id: string, appliedAt: Date): Promise<boolean> {
    try {
      await orUnavailable(() => this.drafts.updateOne({ _id: id, body, state: 'checked' }, { $set: { state: 'applying', appliedAt } }));
      return true;
    } catch (error) {
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  }

  /** Its rows are not kept any longer than they are needed. */
  async finish(body: string, id: string, outcome: Applied): Promise<void> {
    const done = { $set: { state: 'applied' as const, outcome, rows: [] } };
    await orUnavailable(() => this.drafts.updateOne({ _id: id, body, state: 'applying' }, done));
  }

  /** The one that was begun and not finished, after a crash. */
  async begun(body: string): Promise<RosterDraft | null> {
    return plain(await orUnavailable(() => this.drafts.findOne({ body, state: 'applying' })));
  }
}

function plain(found: Document | null): RosterDraft | null {
  if (!found) return null;
  const { _id, body: _body, ...rest } = found;
  return { id: _id, ...rest };
}
