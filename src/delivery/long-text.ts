import type { StoredRow } from './outbox-store';
import type { Outgoing, Sender } from './outgoing';

/** The message of a row that goes next: all of its words, or the next part of them. Mentions go with the first, buttons with the last. */
export function outgoingOf(row: StoredRow, asked: boolean): Outgoing {
  const { _id, body, platform, to, format, text, card, mentions, parts, partsSent = 0 } = row;
  const last = partsSent >= (parts?.length ?? 1) - 1;
  return {
    body,
    platform,
    to,
    format,
    text: parts?.[partsSent] ?? text,
    ...(card && last ? { card } : {}),
    ...(mentions && partsSent === 0 ? { mentions } : {}),
    key: partsSent === 0 ? _id : `${_id}#${partsSent + 1}`,
    asked,
  };
}

/** In what a row goes out; null when its words fit as they are. Once a part may have gone they stay as they were written down. */
export function partsOf(row: StoredRow, sender: Sender | undefined): readonly string[] | null {
  if (row.partsSent || row.firstTriedAt) return row.parts ?? null;
  const { parts: _, ...whole } = row;
  const parts = sender?.parts?.(outgoingOf(whole, false)) ?? [row.text];
  return parts.length === 1 && parts[0] === row.text ? null : parts;
}

/** A row of which a part has arrived goes on with the next: one write says both, so that no part is said twice. */
export function goingOn(row: StoredRow, change: Partial<StoredRow>): Partial<StoredRow> {
  const partsSent = (row.partsSent ?? 0) + 1;
  if (change.state !== 'sent' || partsSent >= (row.parts?.length ?? 1)) return change;
  return { state: 'planned', partsSent, attempts: 0, firstTriedAt: null, ticket: null };
}
