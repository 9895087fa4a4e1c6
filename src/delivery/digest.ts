import { later } from './after-send';
import type { OutboxStore, StoredRow } from './outbox-store';

/** How long a message nobody waits for is held for others of the same member, when calls must be saved. */
const windowMs = 30 * 60_000;
/** Of one message, in characters: far below every platform's limit. */
const mostCharacters = 3_000;
const between = '\n\n';

/** Until when a row waits for companions; null when it goes now: it has waited, it would expire, or its form allows no company. */
export function holdUntil(row: StoredRow, now: Date): Date | null {
  if (row.heldSince || row.firstTriedAt || row.card || !('userId' in row.to)) return null;
  const end = later(now, windowMs);
  return row.expiresAt && row.expiresAt <= end ? null : end;
}

interface GatherParts {
  store: OutboxStore;
  now: Date;
  leaseUntil: Date;
  /** Purposes that never wait and never join. */
  without: readonly string[];
  /** Purposes of which one message may hold one row: their own check looks at what was sent before. */
  single: (purpose: string) => boolean;
  /** What ends or moves a row before it is sent; null when it is to be sent now. */
  check: (row: StoredRow) => Promise<Partial<StoredRow> | null>;
}

/** Claims what can go out together with `lead` and has not lost its reason meanwhile. */
export async function gather(lead: StoredRow, { store, now, leaseUntil, without, single, check }: GatherParts): Promise<StoredRow[]> {
  const rows: StoredRow[] = [];
  const purposes = new Set([lead.purpose]);
  let room = mostCharacters - lead.text.length;
  for (const seen of await store.companions(lead, now, without)) {
    if (seen.text.length + between.length > room || (single(seen.purpose) && purposes.has(seen.purpose))) continue;
    const row = await store.claimSeen(seen, leaseUntil);
    if (!row) continue;
    const change = (await check(row)) ?? elsewhere(row, lead, now);
    if (change) await store.settle(row, change);
    else {
      rows.push(row);
      purposes.add(row.purpose);
      room -= row.text.length + between.length;
    }
  }
  return rows;
}

/** The check may have found that the person is reached elsewhere by now: then the row goes there, by itself. */
function elsewhere(row: StoredRow, lead: StoredRow, now: Date): Partial<StoredRow> | null {
  const same = row.platform === lead.platform && 'userId' in row.to && 'userId' in lead.to && row.to.userId === lead.to.userId;
  return same ? null : { state: 'planned', dueAt: now };
}

/** Writes into every row that it is about to go out in this message, the leading one first; returns those that still may. */
export async function mark(store: OutboxStore, [lead, ...others]: readonly [StoredRow, ...StoredRow[]], now: Date): Promise<StoredRow[]> {
  const digest = { lead: lead._id, fence: lead.fence };
  if (!(await store.settle(lead, { firstTriedAt: now, digest }))) return [];
  const marked = [lead];
  for (const row of others) if (await store.settle(row, { firstTriedAt: now, digest })) marked.push(row);
  return marked;
}

export const joined = (rows: readonly StoredRow[]): string => rows.map(({ text }) => text).join(between);

/** What a row of a message becomes whose sender died: as the leading row ended, when that is written down; else null. */
export async function asLeadEnded(store: OutboxStore, { _id, body, digest }: StoredRow, now: Date): Promise<Partial<StoredRow> | null> {
  if (!digest || digest.lead === _id) return null;
  const lead = await store.find(body, digest.lead);
  const same = lead?.digest?.lead === digest.lead && lead.digest.fence === digest.fence;
  if (!lead || !same || (lead.state !== 'sent' && lead.state !== 'refused')) return null;
  return { state: lead.state, settledAt: now, ...(lead.outcome === undefined ? {} : { outcome: lead.outcome }) };
}
