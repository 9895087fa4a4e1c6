import type { CommandContext } from '../chat/command';
import type { Day } from '../foundation/day';
import { maskPersonal } from '../foundation/mask';
import type { MeasureQuery } from '../measures';
import { may } from '../organisation/may';
import { type Member, membersByName, type OrganisationService } from '../organisation/service';
import { type ContactReading, type RecordChanges, type RecordTarget, rights } from './readings';
import type { ContactRecord, CountedRecord, RecordChange } from './record';
import {
  completionOf,
  concernsRepeat,
  correctionOf,
  fieldsOf,
  isImpossible,
  looksLikeRepeat,
  type RecordFields,
  stillMissing,
} from './rules';
import type { ContactStore } from './store';

export interface Kept {
  record: ContactRecord;
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
  | { kind: 'unchanged' | 'unclear' | 'not_yours' | 'future' | 'gone'; record: ContactRecord }
  | { kind: 'none' };

/** What may be changed in a record. */
type Change = Partial<RecordFields & Pick<ContactRecord, 'status' | 'duplicateOf'>>;

/** 罗青禾委员 is 罗青禾 in the roster. */
const title = /委员$/u;

/** Contact records: kept at once, changed with history, never erased. Everything carries the key of the message that asked for it. */
export class Contacts {
  constructor(private readonly parts: { store: ContactStore; organisation: OrganisationService }) {}

  /** Complete, kept records of a period, by contact date. */
  counted(query: MeasureQuery): Promise<CountedRecord[]> {
    return this.parts.store.countedBetween(query);
  }

  /** Their number and the constituents in them, each record counted once however many members share it (F27). */
  totals(query: MeasureQuery): Promise<{ records: number; people: number }> {
    return this.parts.store.totals(query);
  }

  /** Keeps the `index`-th contact of a message; `content` is what it was about in the member's own words. The same message again gives the same record. */
  async record(context: CommandContext, reading: ContactReading, index: number, content: string | null): Promise<Kept> {
    const { body, eventKey, speaker } = context;
    const source = `${eventKey}:${index}`;
    const { known, unknown } = await this.companions(body, reading.companions ?? []);
    const keptAs = (record: ContactRecord): Kept => ({
      record,
      unknownCompanions: unknown,
      countedBefore: known.filter(({ id }) => !record.credited.includes(id)).map(({ name }) => name),
    });
    const fields = fieldsOf(reading, content, context.today);
    const own = (record: ContactRecord): boolean => record.source.startsWith(`${eventKey}:`);
    // What the speaker has told before is asked about; that answer holds for the companions too.
    const notByOthers = (record: ContactRecord): boolean => record.memberId === speaker.memberId;
    const [id, repeated, ...told] = await Promise.all([
      this.parts.store.nextId(body),
      this.repeatOf(body, speaker.memberId, fields, own),
      ...known.map((member) => this.repeatOf(body, member.id, fields, notByOthers)),
    ]);
    const credited = [speaker.memberId, ...known.filter((_, at) => !told[at]).map((member) => member.id)];
    // A message that was handled before, up to a crash, gets the record it made then.
    const record = await this.parts.store.insert({
      id,
      body,
      memberId: speaker.memberId,
      credited: [...new Set(credited)],
      ...fields,
      text: maskPersonal(context.text),
      status: repeated ? 'asked' : 'kept',
      ...(repeated ? { duplicateOf: repeated } : {}),
      enteredAt: context.now,
      source,
      history: [],
    });
    return keptAs(record);
  }

  async correct(context: CommandContext, target: RecordTarget, changes: RecordChanges): Promise<Changed> {
    const record = await this.find(context, target);
    if (!record) return { kind: 'none' };
    if (!may(rights.change, context.speaker, { memberId: record.memberId })) return { kind: 'not_yours', record };
    const done = this.alreadyDone(context, record);
    if (done) return this.release(context, done);
    if (Object.keys(changes).length === 0) return { kind: 'unclear', record };
    if (record.status === 'withdrawn') return { kind: 'gone', record };
    if (changes.date && changes.date > context.today) return { kind: 'future', record };
    if (isImpossible(record, changes)) return { kind: 'unclear', record };
    const change = correctionOf(record, changes);
    if (Object.keys(change).length === 0) return { kind: 'unchanged', record };
    const standing = record.status === 'asked' ? await this.standing(record, change) : {};
    return this.release(context, await this.apply(context, record, 'corrected', { ...change, ...standing }));
  }

  async withdraw(context: CommandContext, target: RecordTarget): Promise<Changed> {
    const record = await this.find(context, target);
    if (!record) return { kind: 'none' };
    if (!may(rights.change, context.speaker, { memberId: record.memberId })) return { kind: 'not_yours', record };
    const done = this.alreadyDone(context, record);
    if (!done && record.status === 'withdrawn') return { kind: 'gone', record };
    return this.release(context, done ?? (await this.apply(context, record, 'withdrawn', { status: 'withdrawn' })));
  }

  /** Fills what was missing, nothing else; what turns out to repeat another contact waits. Null when the answer says none of it. */
  async complete(context: CommandContext, recordId: string, answer: ContactReading, bareNumber: number | null): Promise<Changed | null> {
    const record = await this.parts.store.byId(context.body, recordId);
    if (!record || !may(rights.change, context.speaker, { memberId: record.memberId })) return null;
    const done = this.alreadyDone(context, record);
    if (done || record.status === 'withdrawn') return done;
    const change = completionOf(record, answer, bareNumber, context.today);
    if (Object.keys(change).length === 0) return null;
    const standing = !record.duplicateOf && concernsRepeat(change) ? await this.standing(record, change) : {};
    return this.apply(context, record, 'completed', { ...change, ...standing });
  }

  /** The member says that a record that looked like a repeat is another contact. */
  async confirm(context: CommandContext, record: ContactRecord): Promise<Changed> {
    return this.alreadyDone(context, record) ?? this.apply(context, record, 'confirmed', { status: 'kept' });
  }

  byId(body: string, id: string): Promise<ContactRecord | null> {
    return this.parts.store.byId(body, id);
  }

  /** A member's own records that are not withdrawn, newest entry first. */
  recentOf(body: string, memberId: string, limit: number): Promise<ContactRecord[]> {
    return this.parts.store.recent(body, memberId, { limit });
  }

  mine(context: CommandContext, date?: Day): Promise<ContactRecord[]> {
    return this.parts.store.recent(context.body, context.speaker.memberId, { limit: 5, ...(date ? { date } : {}) });
  }

  private async apply(context: CommandContext, record: ContactRecord, kind: RecordChange['kind'], change: Change): Promise<Changed> {
    const before = Object.fromEntries(Object.keys(change).map((field) => [field, record[field as keyof ContactRecord] ?? null]));
    // A record that is released is not the one the message spoke of.
    const source = kind === 'released' ? `${context.eventKey}:released` : context.eventKey;
    const entry: RecordChange = { at: context.now, by: context.speaker.memberId, source, kind, before, after: change };
    const after = await this.parts.store.change(record, { ...change, missing: stillMissing(record.missing, change) }, entry);
    if (after) return { kind: 'changed', record: after, before, after: change };
    // Somebody was quicker: look again. Either it was this very message, or the change is made on what stands there now.
    const now = await this.parts.store.byId(record.body, record.id);
    if (!now) return { kind: 'none' };
    if (now.history.some((each) => each.source === source)) return this.alreadyDone(context, now) ?? { kind: 'unchanged', record: now };
    return this.apply(context, now, kind, change);
  }

  /** What waited because it looked like the changed record counts as soon as it repeats nothing that counts. */
  private async release(context: CommandContext, changed: Changed): Promise<Changed> {
    if (changed.kind !== 'changed') return changed;
    const { record, before } = changed;
    const day = typeof before['contactDate'] === 'string' ? before['contactDate'] : record.contactDate;
    if (!day) return changed;
    const released: string[] = [];
    for (const waiting of await this.parts.store.waitingFor(record.body, day, record.id)) {
      const standing = await this.standing(waiting, {});
      if (Object.keys(standing).length > 0) await this.apply(context, waiting, 'released', standing);
      if (standing.status === 'kept') released.push(waiting.id);
    }
    return { ...changed, released };
  }

  /** Whether a record, changed like this, counts or repeats another one that does; empty when that stays as it is. */
  private async standing(record: ContactRecord, change: Change): Promise<Pick<Change, 'status' | 'duplicateOf'>> {
    const other = await this.repeatOf(record.body, record.memberId, { ...record, ...change }, ({ id }) => id === record.id);
    if (!other) return record.status === 'asked' ? { status: 'kept' } : {};
    return record.status === 'asked' && record.duplicateOf === other ? {} : { status: 'asked', duplicateOf: other };
  }

  private alreadyDone(context: CommandContext, record: ContactRecord): Changed | null {
    const entry = record.history.find((each) => each.source === context.eventKey);
    return entry ? { kind: 'changed', record, before: entry.before, after: entry.after } : null;
  }

  private async find(context: CommandContext, target: RecordTarget): Promise<ContactRecord | null> {
    const { body, speaker, eventKey } = context;
    if (typeof target === 'string' && /^R\d+$/i.test(target)) return this.parts.store.byId(body, target.toUpperCase());
    const date = typeof target === 'object' && target.date !== undefined ? { date: target.date } : {};
    const recent = await this.parts.store.recent(body, speaker.memberId, { limit: 20, ...date });
    const words =
      typeof target === 'object'
        ? Object.values(target).filter((value): value is string => typeof value === 'string' && !/^\d{4}-\d\d-\d\d$/.test(value))
        : [];
    const changed = await this.parts.store.changedBy(body, speaker.memberId, eventKey);
    return changed ?? recent.find((record) => words.every((word) => record.text.includes(word) || record.mode === word)) ?? null;
  }

  /** The contact that counts for the member already and looks the same, told by whomever (F27, F31); `except`: what is no repeat. */
  private async repeatOf(
    body: string,
    memberId: string,
    fields: RecordFields,
    except: (record: ContactRecord) => boolean,
  ): Promise<string | null> {
    if (!fields.contactDate) return null;
    const sameDay = await this.parts.store.counted(body, memberId, fields.contactDate);
    return sameDay.find((record) => !except(record) && looksLikeRepeat(fields, record))?.id ?? null;
  }

  private async companions(body: string, names: readonly string[]): Promise<{ known: Member[]; unknown: string[] }> {
    const found = await membersByName(
      this.parts.organisation,
      body,
      names.map((name) => name.replace(title, '')),
    );
    return { known: found.members, unknown: [...found.nobody, ...found.several] };
  }
}

export const createContacts = (parts: { store: ContactStore; organisation: OrganisationService }): Contacts => new Contacts(parts);
