import type { CommandContext } from '../chat/command';
import type { Day } from '../foundation/day';
import type { MeasureQuery } from '../measures';
import { type Member, membersByName, type OrganisationService } from '../organisation/service';
import type { ContactReading, RecordChanges } from './readings';
import type { ContactRecord, CountedRecord, RecordChange } from './record';
import { Repeats } from './repeats';
import { completionOf, concernsRepeat, correctionOf, fieldsOf, isImpossible, type RecordFields, stillMissing } from './rules';
import type { ContactStore } from './store';
import { type Among, type Meant, RecordTargets, type Targets } from './targets';
import { mayChange, mayRestore } from './whose';

export interface Kept {
  record: ContactRecord;
  /** Companions who count it too and have not told it themselves. */
  companions: Member[];
  /** Companion names that could not be matched to exactly one active member. */
  unknownCompanions: string[];
  /** Companions who had told of this contact themselves: it counts for them already. */
  countedBefore: string[];
}

export type Changed =
  | {
      kind: 'changed';
      record: ContactRecord;
      before: Record<string, unknown>;
      after: Record<string, unknown>;
      /** Records that seemed to repeat this one and count now. */
      released?: string[];
    }
  | { kind: 'unchanged' | 'unclear' | 'not_yours' | 'future' | 'gone' | 'too_late' | 'not_gone' | 'objected'; record: ContactRecord }
  | { kind: 'none' };

/** What may be changed in a record. */
type Change = Partial<RecordFields & Pick<ContactRecord, 'status' | 'duplicateOf' | 'credited'>>;

/** What a contact was about, and whose it is when somebody else tells it. */
interface Told {
  content: string | null;
  whose?: Pick<Member, 'id'> | undefined;
}

/** How a record is changed: said as what, and to what. */
interface Step {
  kind: RecordChange['kind'];
  changeOf: (record: ContactRecord) => Change | Promise<Change>;
}

interface New {
  id: string;
  fields: RecordFields;
  index: number;
  memberId: string;
  known: readonly Member[];
}

/** 罗青禾委员 is 罗青禾 in the roster; 和周岚 is 周岚. */
const aroundName = /^[和跟与同及]|委员$/gu;
/** So often somebody else may be quicker with the same contact. */
const mostTurns = 5;

/** Contact records: kept at once, changed with history, never erased. Everything carries the key of the message that asked for it. */
export class Contacts {
  private readonly repeats: Repeats;
  private readonly targets: RecordTargets;

  constructor(private readonly parts: { store: ContactStore; organisation: OrganisationService }) {
    this.repeats = new Repeats(parts.store);
    this.targets = new RecordTargets(parts.store, parts.organisation);
  }

  /** Complete, kept records of a period, by contact date. */
  counted(query: MeasureQuery): Promise<CountedRecord[]> {
    return this.parts.store.countedBetween(query);
  }

  /** Their number and the constituents in them, each record counted once however many members share it (F27). */
  totals(query: MeasureQuery): Promise<{ records: number; people: number }> {
    return this.parts.store.totals(query);
  }

  /**
   * Keeps the `index`-th contact of a message; `content` is what it was about in the member's own words. The same message again
   * gives the same record. `whose`: the member it is told for, when that is not the speaker (F28).
   */
  async record(context: CommandContext, reading: ContactReading, index: number, { content, whose }: Told): Promise<Kept> {
    const { body, speaker } = context;
    const memberId = whose?.id ?? speaker.memberId;
    // The number is taken first: contacts of one message are numbered in their order.
    const [id, { known, unknown }] = await Promise.all([
      this.parts.store.nextId(body),
      this.companions(body, reading.companions ?? [], memberId),
    ]);
    const fields = fieldsOf(reading, content, context.today);
    const record = await this.insert(context, { id, fields, index, memberId, known });
    return {
      record,
      companions: known.filter(({ id }) => record.credited.includes(id)),
      unknownCompanions: unknown,
      countedBefore: known.filter(({ id }) => !record.credited.includes(id)).map(({ name }) => name),
    };
  }

  /** Which records are meant. */
  meant(context: CommandContext, targets: Targets, among: Among): Promise<Meant> {
    return this.targets.meant(context, targets, among);
  }

  async correct(context: CommandContext, id: string, changes: RecordChanges): Promise<Changed> {
    const record = await this.byId(context.body, id);
    if (!record) return { kind: 'none' };
    if (!mayChange(context.speaker, record)) return { kind: 'not_yours', record };
    const done = this.alreadyDone(context, record);
    if (done) return this.release(context, done);
    if (Object.keys(changes).length === 0) return { kind: 'unclear', record };
    if (record.status === 'withdrawn') return { kind: 'gone', record };
    if (changes.absent) return this.withoutThem(context, record, changes.absent);
    if (changes.date && changes.date > context.today) return { kind: 'future', record };
    if (isImpossible(record, changes)) return { kind: 'unclear', record };
    if (Object.keys(correctionOf(record, changes)).length === 0) return { kind: 'unchanged', record };
    const change = async (now: ContactRecord): Promise<Change> => {
      const wanted = correctionOf(now, changes);
      return now.status === 'asked' ? { ...wanted, ...(await this.repeats.standing(now, wanted)) } : wanted;
    };
    return this.release(context, await this.apply(context, record, { kind: 'corrected', changeOf: change }));
  }

  /** Who did not come along counts it no more; a record told for somebody who was not there is withdrawn. */
  private async withoutThem(context: CommandContext, record: ContactRecord, names: readonly string[]): Promise<Changed> {
    const { members } = await membersByName(this.parts.organisation, context.body, names);
    const gone = members.map(({ id }) => id);
    if (gone.includes(record.memberId)) return this.withdraw(context, record.id);
    if (!record.credited.some((id) => gone.includes(id))) return { kind: 'unchanged', record };
    const changeOf = (now: ContactRecord): Change => ({ credited: now.credited.filter((id) => !gone.includes(id)) });
    return this.release(context, await this.apply(context, record, { kind: 'corrected', changeOf }));
  }

  async withdraw(context: CommandContext, id: string): Promise<Changed> {
    const record = await this.byId(context.body, id);
    if (!record) return { kind: 'none' };
    if (!mayChange(context.speaker, record)) return { kind: 'not_yours', record };
    const done = this.alreadyDone(context, record);
    if (!done && record.status === 'withdrawn') return { kind: 'gone', record };
    return this.release(
      context,
      done ?? (await this.apply(context, record, { kind: 'withdrawn', changeOf: () => ({ status: 'withdrawn' }) })),
    );
  }

  /** Counts again, unless the same contact counts by now: then it waits. */
  async restore(context: CommandContext, id: string): Promise<Changed> {
    const record = await this.byId(context.body, id);
    if (!record) return { kind: 'none' };
    const done = this.alreadyDone(context, record);
    if (done) return done;
    const owner = await this.parts.organisation.member(context.body, record.memberId);
    const allowed = mayRestore(context, record, owner?.sector ?? null);
    if (allowed !== 'yes') return { kind: allowed, record };
    if (record.status !== 'withdrawn') return { kind: 'not_gone', record };
    return this.apply(context, record, {
      kind: 'restored',
      changeOf: async (now) => ({ ...(await this.repeats.standing(now, {})), ...(await this.stillCredited(now)) }),
    });
  }

  /** The speaker says that a contact told by somebody else is not the speaker's: for the speaker it counts no more. */
  async object(context: CommandContext, id: string): Promise<Changed> {
    const record = await this.byId(context.body, id);
    if (!record) return { kind: 'none' };
    const { memberId } = context.speaker;
    const done = this.alreadyDone(context, record);
    if (done) return this.release(context, done);
    const told = record.enteredBy ?? record.memberId;
    if (told === memberId || !(record.credited.includes(memberId) || record.memberId === memberId)) return { kind: 'not_yours', record };
    if (record.status === 'withdrawn') return { kind: 'gone', record };
    const change = (now: ContactRecord): Change =>
      now.memberId === memberId ? { status: 'withdrawn' } : { credited: now.credited.filter((each) => each !== memberId) };
    return this.release(context, await this.apply(context, record, { kind: 'objected', changeOf: change }));
  }

  /** Fills what was missing, nothing else; what turns out to repeat another contact waits. Null when the answer says none of it. */
  async complete(context: CommandContext, recordId: string, answer: ContactReading, bareNumber: number | null): Promise<Changed | null> {
    const record = await this.parts.store.byId(context.body, recordId);
    if (!record || !mayChange(context.speaker, record)) return null;
    const done = this.alreadyDone(context, record);
    if (done || record.status === 'withdrawn') return done;
    if (Object.keys(completionOf(record, answer, bareNumber, context.today)).length === 0) return null;
    const changeOf = async (now: ContactRecord): Promise<Change> => {
      const change = completionOf(now, answer, bareNumber, context.today);
      return !now.duplicateOf && concernsRepeat(change) ? { ...change, ...(await this.repeats.standing(now, change)) } : change;
    };
    return this.apply(context, record, { kind: 'completed', changeOf });
  }

  /** The member says that a record that looked like a repeat is another contact. */
  async confirm(context: CommandContext, record: ContactRecord): Promise<Changed> {
    return this.alreadyDone(context, record) ?? this.apply(context, record, { kind: 'confirmed', changeOf: () => ({ status: 'kept' }) });
  }

  byId(body: string, id: string): Promise<ContactRecord | null> {
    return this.parts.store.byId(body, id);
  }

  /** What counts for a member, whoever told it, not withdrawn, newest entry first. */
  recentOf(body: string, memberId: string, limit: number): Promise<ContactRecord[]> {
    return this.parts.store.recent(body, { credited: memberId }, { limit });
  }

  /** Records of a time, not withdrawn, newest entry first, and how many there are. Callers have asked `may(rights.list)`. */
  listed(body: string, credited: readonly string[] | null, filter: { days?: { from: Day; to: Day }; limit: number }) {
    return this.parts.store.listed(body, credited, filter);
  }

  /** A member's own that do not count yet, newest entry first, and how many there are. */
  unfinished(body: string, memberId: string, limit: number): Promise<{ records: ContactRecord[]; count: number }> {
    return this.parts.store.unfinished(body, memberId, limit);
  }

  private async insert(context: CommandContext, { id, fields, index, memberId, known }: New): Promise<ContactRecord> {
    const { body, eventKey, speaker, now } = context;
    const own = (record: ContactRecord): boolean => record.source.startsWith(`${eventKey}:`);
    // What the speaker has told before is asked about; that answer holds for the companions too.
    const notByOthers = (record: ContactRecord): boolean => record.memberId === memberId;
    let before = '';
    for (let turn = 0; ; turn++) {
      const [repeated, ...told] = await Promise.all([
        this.repeats.of(body, memberId, fields, own),
        ...known.map((member) => this.repeats.of(body, member.id, fields, notByOthers)),
      ]);
      const credited = [...new Set([memberId, ...known.filter((_, at) => !told[at]).map((member) => member.id)])];
      const standing = { status: repeated ? ('asked' as const) : ('kept' as const), ...(repeated ? { duplicateOf: repeated } : {}) };
      const seen = JSON.stringify([standing, credited]);
      const made = { id, body, memberId, credited, ...fields, text: context.text, ...standing, enteredAt: now };
      const behalf = memberId === speaker.memberId ? {} : { enteredBy: speaker.memberId };
      // Told at the same moment elsewhere: it is seen now, and asked about. What one message tells twice is meant twice.
      const another = seen === before || turn >= mostTurns;
      const record = await this.parts.store.insert({ ...made, ...behalf, source: `${eventKey}:${index}`, history: [] }, another);
      if (record) return record;
      before = seen;
    }
  }

  private async apply(context: CommandContext, record: ContactRecord, step: Step, turn = { before: '', count: 0 }): Promise<Changed> {
    const { kind, changeOf } = step;
    const change = await changeOf(record);
    const before = Object.fromEntries(Object.keys(change).map((field) => [field, record[field as keyof ContactRecord] ?? null]));
    // A record that is released is not the one the message spoke of.
    const source = kind === 'released' ? `${context.eventKey}:released` : context.eventKey;
    const entry: RecordChange = { at: context.now, by: context.speaker.memberId, source, kind, before, after: change };
    const seen = JSON.stringify(change);
    const another = seen === turn.before || turn.count >= mostTurns;
    const after = await this.parts.store.change(record, { ...change, missing: stillMissing(record.missing, change) }, entry, another);
    if (after && after !== 'taken') return { kind: 'changed', record: after, before, after: change };
    // Somebody was quicker: look again. Either it was this very message, or the change is made on what stands there now.
    const now = await this.parts.store.byId(record.body, record.id);
    if (!now) return { kind: 'none' };
    if (now.history.some((each) => each.source === source)) return this.alreadyDone(context, now) ?? { kind: 'unchanged', record: now };
    return this.apply(context, now, step, { before: after === 'taken' ? seen : '', count: turn.count + 1 });
  }

  /** What waited because it looked like the changed record counts as soon as it repeats nothing that counts. */
  private async release(context: CommandContext, changed: Changed): Promise<Changed> {
    if (changed.kind !== 'changed') return changed;
    const { record, before } = changed;
    const day = typeof before['contactDate'] === 'string' ? before['contactDate'] : record.contactDate;
    if (!day) return changed;
    const released: string[] = [];
    for (const waiting of await this.parts.store.waitingFor(record.body, day, record.id)) {
      const standing = await this.repeats.standing(waiting, {});
      if (Object.keys(standing).length === 0) continue;
      const done = await this.apply(context, waiting, { kind: 'released', changeOf: (now) => this.repeats.standing(now, {}) });
      if (done.kind === 'changed' && done.record.status === 'kept') released.push(waiting.id);
    }
    return { ...changed, released };
  }

  /** Companions who have told of the contact themselves meanwhile count that. */
  private async stillCredited(record: ContactRecord): Promise<Change> {
    const told = await Promise.all(
      record.credited.map(
        async (id) => id !== record.memberId && (await this.repeats.of(record.body, id, record, (each) => each.id === record.id)) !== null,
      ),
    );
    return told.includes(true) ? { credited: record.credited.filter((_, at) => !told[at]) } : {};
  }

  private alreadyDone(context: CommandContext, record: ContactRecord): Changed | null {
    const entry = record.history.find((each) => each.source === context.eventKey);
    return entry ? { kind: 'changed', record, before: entry.before, after: entry.after } : null;
  }

  /** Found by the names as read; whoever the contact is told for is no companion of it. */
  private async companions(body: string, names: readonly string[], memberId: string): Promise<{ known: Member[]; unknown: string[] }> {
    const plain = [...new Set(names.map((name) => name.replace(aroundName, '')))];
    const found = await membersByName(this.parts.organisation, body, plain);
    return { known: found.members.filter(({ id }) => id !== memberId), unknown: [...found.nobody, ...found.several] };
  }
}

export const createContacts = (parts: { store: ContactStore; organisation: OrganisationService }): Contacts => new Contacts(parts);
