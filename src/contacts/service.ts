import type { CommandContext } from '../chat/command';
import type { ContactReading, CorrectReading } from '../chat/reader/reading';
import type { Day } from '../foundation/day';
import { maskPersonal } from '../foundation/mask';
import type { OrganisationService } from '../organisation/service';
import type { ContactRecord, ContactsService, Contribution, RecordChange } from './record';
import { completionOf, correctionOf, fieldsOf, looksLikeRepeat, type RecordFields, stillMissing } from './rules';
import type { ContactStore } from './store';

export type { ContactRecord, ContactsService, Contribution } from './record';

export interface Kept {
  record: ContactRecord;
  /** Companion names that could not be matched to exactly one active member. */
  unknownCompanions: string[];
}

export type Changed =
  | { kind: 'changed'; record: ContactRecord; before: Record<string, unknown>; after: Record<string, unknown> }
  | { kind: 'unchanged' | 'unclear' | 'not_yours' | 'future'; record: ContactRecord }
  | { kind: 'none' };

/** Which record is meant; taking back names it the same way. */
type Target = CorrectReading['target'];

/** Contact records: kept at once, changed with history, never erased. Everything carries the key of the message that asked for it. */
export class Contacts implements ContactsService {
  constructor(private readonly parts: { store: ContactStore; organisation: OrganisationService }) {}

  contributions(body: string, memberId: string, from: Day, to: Day): Promise<Contribution[]> {
    return this.parts.store.contributions(body, memberId, from, to);
  }

  /** Complete, kept records of a period and the constituents in them, each record counted once however many members share it (F27). */
  totals(body: string, from: Day, to: Day): Promise<{ records: number; people: number }> {
    return this.parts.store.totals(body, from, to);
  }

  /** Keeps the `index`-th contact of a message; `content` is what it was about in the member's own words. The same message again gives the same record. */
  async record(context: CommandContext, reading: ContactReading, index: number, content: string | null): Promise<Kept> {
    const { body, eventKey, speaker } = context;
    const source = `${eventKey}:${index}`;
    const { credited, unknown } = await this.companions(body, speaker.memberId, reading.companions ?? []);
    const earlier = await this.parts.store.bySource(body, source);
    if (earlier) return { record: earlier, unknownCompanions: unknown };
    const fields = fieldsOf(reading, content);
    const repeated = await this.repeatOf(context, fields);
    const record = await this.parts.store.insert({
      body,
      memberId: speaker.memberId,
      credited,
      ...fields,
      text: maskPersonal(context.text),
      status: repeated ? 'asked' : 'kept',
      ...(repeated ? { duplicateOf: repeated } : {}),
      enteredAt: context.now,
      source,
      history: [],
    });
    return { record, unknownCompanions: unknown };
  }

  async correct(context: CommandContext, target: Target, changes: CorrectReading['changes']): Promise<Changed> {
    const record = await this.find(context, target);
    if (!record) return { kind: 'none' };
    if (record.memberId !== context.speaker.memberId) return { kind: 'not_yours', record };
    const done = this.alreadyDone(context, record);
    if (done) return done;
    if (Object.keys(changes).length === 0) return { kind: 'unclear', record };
    if (changes.date && changes.date > context.today) return { kind: 'future', record };
    const change = correctionOf(record, changes);
    return Object.keys(change).length === 0 ? { kind: 'unchanged', record } : this.apply(context, record, 'corrected', change);
  }

  async withdraw(context: CommandContext, target: Target): Promise<Changed> {
    const record = await this.find(context, target);
    if (!record) return { kind: 'none' };
    if (record.memberId !== context.speaker.memberId) return { kind: 'not_yours', record };
    return this.alreadyDone(context, record) ?? this.apply(context, record, 'withdrawn', { status: 'withdrawn' });
  }

  /** Fills what was missing, nothing else. Null when the answer says none of it. */
  async complete(context: CommandContext, recordId: string, answer: ContactReading, bareNumber: number | null): Promise<Changed | null> {
    const record = await this.parts.store.byId(context.body, recordId);
    if (!record || record.memberId !== context.speaker.memberId) return null;
    const change = completionOf(record, answer, bareNumber);
    return (
      this.alreadyDone(context, record) ?? (Object.keys(change).length === 0 ? null : this.apply(context, record, 'completed', change))
    );
  }

  /** The member says that a record that looked like a repeat is another contact. */
  async confirm(context: CommandContext, record: ContactRecord): Promise<Changed> {
    return this.alreadyDone(context, record) ?? this.apply(context, record, 'confirmed', { status: 'kept' });
  }

  byId(body: string, id: string): Promise<ContactRecord | null> {
    return this.parts.store.byId(body, id);
  }

  mine(context: CommandContext, date?: Day): Promise<ContactRecord[]> {
    return this.parts.store.recent(context.body, context.speaker.memberId, { limit: 5, ...(date ? { date } : {}) });
  }

  private async apply(
    context: CommandContext,
    record: ContactRecord,
    kind: RecordChange['kind'],
    change: Partial<RecordFields & Pick<ContactRecord, 'status'>>,
  ): Promise<Changed> {
    const before = Object.fromEntries(Object.keys(change).map((field) => [field, record[field as keyof ContactRecord] ?? null]));
    const entry: RecordChange = { at: context.now, by: context.speaker.memberId, source: context.eventKey, kind, before, after: change };
    const after = await this.parts.store.change(record, { ...change, missing: stillMissing(record.missing, change) }, entry);
    if (after) return { kind: 'changed', record: after, before, after: change };
    // Somebody was quicker: look again. Either it was this very message, or the change is made on what stands there now.
    const now = await this.parts.store.byId(record.body, record.id);
    if (!now) return { kind: 'none' };
    return this.alreadyDone(context, now) ?? this.apply(context, now, kind, change);
  }

  private alreadyDone(context: CommandContext, record: ContactRecord): Changed | null {
    const entry = record.history.find((each) => each.source === context.eventKey);
    return entry ? { kind: 'changed', record, before: entry.before, after: entry.after } : null;
  }

  private async find(context: CommandContext, target: Target): Promise<ContactRecord | null> {
    const { body, speaker, eventKey } = context;
    if (typeof target === 'string' && /^R\d+$/i.test(target)) return this.parts.store.byId(body, target.toUpperCase());
    const date = typeof target === 'object' && typeof target['date'] === 'string' ? { date: target['date'] } : {};
    const recent = await this.parts.store.recent(body, speaker.memberId, { limit: 20, ...date });
    const words =
      typeof target === 'object'
        ? Object.values(target).filter((value): value is string => typeof value === 'string' && !/^\d{4}-\d\d-\d\d$/.test(value))
        : [];
    const changed = await this.parts.store.changedBy(body, speaker.memberId, eventKey);
    return changed ?? recent.find((record) => words.every((word) => record.text.includes(word) || record.mode === word)) ?? null;
  }

  private async repeatOf(context: CommandContext, fields: RecordFields): Promise<string | null> {
    if (!fields.contactDate) return null;
    const sameDay = await this.parts.store.recent(context.body, context.speaker.memberId, { date: fields.contactDate, limit: 50 });
    return sameDay.find((record) => !record.source.startsWith(`${context.eventKey}:`) && looksLikeRepeat(fields, record))?.id ?? null;
  }

  private async companions(body: string, own: string, names: readonly string[]): Promise<{ credited: string[]; unknown: string[] }> {
    const credited = [own];
    const unknown: string[] = [];
    for (const name of names) {
      const found = await this.parts.organisation.membersNamed(body, name.replace(/委员$/, ''));
      const [only] = found;
      if (only && found.length === 1) credited.push(only.id);
      else unknown.push(name);
    }
    return { credited: [...new Set(credited)], unknown };
  }
}

export const createContacts = (parts: { store: ContactStore; organisation: OrganisationService }): Contacts => new Contacts(parts);
