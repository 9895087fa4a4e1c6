import { readTable } from '../../foundation/table/read-table';
import type { OrganisationService } from '../member';
import type { RoleBook } from '../roles';
import { type RosterChange, rosterChange } from './change';
import type { Applied, RosterDraft, RosterDrafts } from './drafts';
import { readRoster } from './rows';
import { unreadable } from './texts';

/** What a checked table would change now, or has changed. */
export type RosterView =
  | { kind: 'faults'; faults: readonly string[]; unused: readonly string[] }
  | { kind: 'change'; change: RosterChange; unused: readonly string[]; inOffice: number; rows: ReadonlyMap<string, number> }
  | { kind: 'applied'; outcome: Applied };

export type ApplyResult = 'applied' | 'none' | 'faults' | 'busy' | 'too_many';

export interface RosterOffice {
  /** Reads a file; nothing of the roster changes. The id of what was read, or why it could not be. */
  check(body: string, by: string, bytes: Uint8Array, now: Date): Promise<{ id: string } | { say: string }>;
  view(body: string, id: string, now: Date): Promise<RosterView | null>;
  /**
   * Writes a checked table: once begun it is finished, after a crash by `finish`. Doing it again changes nothing. 'too_many': more
   * than half of those in office would leave, and `removals` does not say that this is meant.
   */
  apply(body: string, id: string, removals: boolean, now: Date): Promise<ApplyResult>;
  finish(body: string): Promise<void>;
}

/** More than this part of those in office gone at once is rather the wrong file. */
export const mostLeaving = 0.5;

export function createRosterOffice(organisation: OrganisationService, drafts: RosterDrafts, book: RoleBook): RosterOffice {
  const changeOf = changeIn(organisation);
  const write = async (body: string, draft: RosterDraft): Promise<void> => {
    const { change } = await changeOf(body, draft, draft.appliedAt ?? draft.at);
    await organisation.saveMembers(body, change.members);
    await drafts.finish(body, draft.id, outcomeOf(change));
  };
  return {
    async check(body, by, bytes, now) {
      const file = await readTable(bytes);
      if ('unreadable' in file) return { say: unreadable[file.unreadable] };
      const { sectors } = await organisation.body(body);
      return { id: await drafts.add(body, { ...readRoster(file.table, sectors, book), by, at: now }) };
    },

    async view(body, id, now) {
      const draft = await drafts.find(body, id);
      return draft && viewOf(draft, () => changeOf(body, draft, now));
    },

    async apply(body, id, removals, now) {
      const draft = await drafts.find(body, id);
      if (!draft) return 'none';
      if (draft.state === 'applied') return 'applied';
      const { change, inOffice } = await changeOf(body, draft, now);
      if (draft.faults.length + change.faults.length > 0) return 'faults';
      if (!removals && change.leaving.length > inOffice * mostLeaving) return 'too_many';
      if (!(await drafts.begin(body, id, now))) return 'busy';
      const begun = await drafts.find(body, id);
      if (begun?.state === 'applying') await write(body, begun);
      return 'applied';
    },

    async finish(body) {
      const begun = await drafts.begun(body);
      if (begun) await write(body, begun);
    },
  };
}

interface WouldChange {
  change: RosterChange;
  inOffice: number;
}

const changeIn =
  (organisation: OrganisationService) =>
  async (body: string, draft: RosterDraft, at: Date): Promise<WouldChange> => {
    const before = await organisation.everybody(body);
    return { change: rosterChange(draft, before, at), inOffice: before.filter(({ active }) => active).length };
  };

async function viewOf(draft: RosterDraft, wouldChange: () => Promise<WouldChange>): Promise<RosterView> {
  const { outcome, faults, unused, rows } = draft;
  if (draft.state === 'applied' && outcome) return { kind: 'applied', outcome };
  if (faults.length > 0) return { kind: 'faults', faults, unused };
  const { change, inOffice } = await wouldChange();
  if (change.faults.length > 0) return { kind: 'faults', faults: change.faults, unused };
  return { kind: 'change', change, unused, inOffice, rows: new Map(rows.map(({ member, row }) => [member.id, row])) };
}

const outcomeOf = ({ added, changed, leaving, returning }: RosterChange): Applied => ({
  added: added.length,
  changed: changed.length,
  leaving: leaving.length,
  returning: returning.length,
});
