import type { CommandContext } from '../chat/command';
import { recordsSpokenOf } from '../chat/spoken-of';
import { membersByName, type OrganisationService } from '../organisation/service';
import type { RecordTarget } from './readings';
import type { ContactRecord } from './record';
import type { ContactStore } from './store';
import { mayChange } from './whose';

/** Which records somebody means. What is named but not there is said, never replaced by another one. */
export type Meant =
  | { kind: 'these'; records: ContactRecord[]; unknown: string[] }
  /** Each may be meant: to be asked. */
  | { kind: 'which'; records: ContactRecord[] }
  /** A whole lot at once, as in 全部: to be asked before anything happens to it. */
  | { kind: 'lot'; records: ContactRecord[] }
  /** What was spoken of last is no record, e.g. an activity. */
  | { kind: 'other'; code: string }
  | { kind: 'none'; unknown: string[] };

export type Targets = RecordTarget | readonly RecordTarget[];

/** Whose records are looked through when none is named. */
export type Among = 'standing' | 'withdrawn' | 'told_by_others';

const mostLookedThrough = 100;
/** So long ago is not 刚才. */
const justNowMs = 30 * 60_000;
/** Those of which it holds, where it holds of any. */
const narrowed = (records: readonly ContactRecord[], holds: (record: ContactRecord) => boolean): ContactRecord[] => {
  const some = records.filter(holds);
  return some.length > 0 ? some : [...records];
};
const recordNumber = /^R?\s*(\d{1,6})$/i;

export class RecordTargets {
  constructor(
    private readonly store: ContactStore,
    private readonly organisation: Pick<OrganisationService, 'membersNamed'>,
  ) {}

  async meant(context: CommandContext, targets: Targets, among: Among): Promise<Meant> {
    const done = await this.store.changedBy(context.body, context.eventKey);
    const wanted = Array.isArray(targets) ? (targets as readonly RecordTarget[]) : [targets as RecordTarget];
    const numbers = wanted.flatMap((each) => (typeof each === 'string' ? (recordNumber.exec(each)?.[1] ?? []) : []));
    if (numbers.length > 0) return this.numbered(context.body, [...new Set(numbers.map((number) => `R${Number(number)}`))]);
    // The same message again is about what it was about the first time.
    if (done.length > 0) return { kind: 'these', records: done, unknown: [] };
    const [target] = wanted;
    return typeof target === 'object' ? this.selected(context, target, among) : this.pointedAt(context, target === 'all', among);
  }

  private async numbered(body: string, ids: readonly string[]): Promise<Meant> {
    const found = await Promise.all(ids.map((id) => this.store.byId(body, id)));
    const records = found.filter((record) => record !== null);
    const unknown = ids.filter((_, at) => !found[at]);
    return records.length > 0 ? { kind: 'these', records, unknown } : { kind: 'none', unknown };
  }

  private async selected(context: CommandContext, target: Exclude<RecordTarget, string>, among: Among): Promise<Meant> {
    const { owner, called, recent, ...rest } = target;
    const records = await (owner === undefined || among !== 'standing' ? this.own(context, among) : this.creditedTo(context, owner));
    const told = records.filter((record) => fits(record, rest));
    const named = narrowed(told, ({ text }) => called !== undefined && text.includes(called));
    const fitting = recent ? narrowed(named, ({ enteredAt }) => context.now.getTime() - enteredAt.getTime() <= justNowMs) : named;
    if ('all' in target && target.all) return fitting.length > 0 ? { kind: 'lot', records: fitting } : { kind: 'none', unknown: [] };
    if (fitting.length > 1) return { kind: 'which', records: fitting };
    return fitting.length > 0 ? { kind: 'these', records: fitting, unknown: [] } : { kind: 'none', unknown: [] };
  }

  /** Nothing is named: the quoted answer decides, then what was spoken of last in this chat, then the newest. */
  private async pointedAt(context: CommandContext, all: boolean, among: Among): Promise<Meant> {
    if (all) {
      const records = await this.own(context, among);
      return records.length > 0 ? { kind: 'lot', records } : { kind: 'none', unknown: [] };
    }
    // 不是我 is about what the assistant has told of by itself, which is no answer in any chat.
    const said = context.quoted ?? (among === 'told_by_others' ? undefined : context.lastSaid);
    const spoken = said === undefined ? null : recordsSpokenOf(said);
    if (spoken && spoken.records.length > 0) {
      const found = await this.numbered(context.body, spoken.records);
      return found.kind === 'these' && found.records.length > 1 ? { kind: 'which', records: found.records } : found;
    }
    if (spoken?.other) return { kind: 'other', code: spoken.other };
    const newest = await this.own(context, among);
    if (context.quoted !== undefined) return this.quotedLine(newest, context.quoted);
    if (among === 'told_by_others' && newest.length > 1) return { kind: 'which', records: newest };
    return newest[0] ? { kind: 'these', records: [newest[0]], unknown: [] } : { kind: 'none', unknown: [] };
  }

  /** What the member typed, quoted instead of the answer to it. */
  private quotedLine(records: readonly ContactRecord[], quoted: string): Meant {
    const same = records.filter(({ text }) => quoted.includes(text) || text.includes(quoted.trim()));
    if (same.length > 1) return { kind: 'which', records: same };
    return same.length > 0 ? { kind: 'these', records: same, unknown: [] } : { kind: 'none', unknown: [] };
  }

  /** 周岚那条: what counts for her and is the speaker's to change. */
  private async creditedTo({ body, speaker }: CommandContext, name: string): Promise<ContactRecord[]> {
    const { members } = await membersByName(this.organisation, body, [name]);
    const found = await Promise.all(members.map(({ id }) => this.store.recent(body, { credited: id }, { limit: mostLookedThrough })));
    return found.flat().filter((record) => mayChange(speaker, record));
  }

  private async own({ body, speaker }: CommandContext, among: Among): Promise<ContactRecord[]> {
    const { memberId } = speaker;
    if (among === 'withdrawn') return this.store.withdrawn(body, memberId, mostLookedThrough);
    if (among === 'standing') return this.store.recent(body, { memberId }, { limit: mostLookedThrough });
    const counted = await this.store.recent(body, { credited: memberId }, { limit: mostLookedThrough });
    return counted.filter((record) => (record.enteredBy ?? record.memberId) !== memberId);
  }
}

/** Every word of the selector holds for the record; a word nobody here knows holds for none. */
function fits(record: ContactRecord, target: Exclude<RecordTarget, string>): boolean {
  return Object.entries(target).every(([field, value]) => {
    if (field === 'all') return true;
    const day = record.contactDate;
    if (field === 'date') return day === value;
    if (field === 'date_from') return day !== null && day >= String(value);
    if (field === 'date_to') return day !== null && day <= String(value);
    if (field === 'mode') return record.mode === value;
    return typeof value === 'string' && (record.text.includes(value) || record.place === value || record.organisation === value);
  });
}
