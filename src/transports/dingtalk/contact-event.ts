import { z } from 'zod';
import type { ContactChange } from '../../delivery/contact-change';
import { digest } from '../../foundation/ids';

/** An event of the address book as both ways bring it: encrypted by HTTP, or as an EVENT frame of Stream mode. */
interface PlatformEvent {
  type: string;
  /** Equal for every redelivery. */
  id: string;
  at: Date;
  /** The decrypted body, or the frame's `data`. */
  data: Record<string, unknown>;
}

const kinds: Record<string, ContactChange['kind']> = {
  user_add_org: 'joined',
  user_active_org: 'changed',
  user_modify_org: 'changed',
  user_leave_org: 'left',
};

const userIds = z.union([
  z.array(z.coerce.string().min(1).max(128)).max(1_000),
  z
    .string()
    .min(1)
    .max(128)
    .transform((id) => [id]),
]);
const instant = z.coerce.number().int().min(1e12).max(8.64e15);

/** A field whose spelling differs between generations and between HTTP and Stream: UserId, userId. */
export function field(data: Record<string, unknown>, ...names: string[]): unknown {
  const wanted = names.map((name) => name.toLowerCase());
  const found = Object.entries(data).find(([key]) => wanted.includes(key.toLowerCase()));
  return found?.[1];
}

/** The event inside a decrypted HTTP callback. Without an id of its own its content is its identity: a redelivery is equal. */
export function eventIn(data: Record<string, unknown>, plaintext: string, now: Date): PlatformEvent {
  const id = field(data, 'eventId');
  const type = field(data, 'EventType');
  const at = instant.safeParse(field(data, 'TimeStamp', 'EventTime'));
  return {
    type: typeof type === 'string' ? type.slice(0, 64) : '',
    id: typeof id === 'string' && id !== '' ? id.slice(0, 128) : digest(plaintext),
    at: at.success ? new Date(at.data) : now,
    data,
  };
}

/** The event of an EVENT frame: what names it stands in the frame's headers. */
export function eventOfFrame(headers: Record<string, unknown>, data: Record<string, unknown>, now: Date): PlatformEvent {
  const at = instant.safeParse(headers['eventBornTime']);
  const { eventId, eventType } = headers;
  return {
    type: typeof eventType === 'string' ? eventType.slice(0, 64) : '',
    id: typeof eventId === 'string' && eventId !== '' ? eventId.slice(0, 128) : digest(JSON.stringify(data)),
    at: at.success ? new Date(at.data) : now,
    data,
  };
}

/**
 * What an event says about people of the organisation, one change per person. Departments, approvals and chats say nothing
 * about who is a member and give none. A DingTalk userid never changes.
 */
export function contactChanges({ type, id, at, data }: PlatformEvent, body: string): ContactChange[] {
  const kind = kinds[type];
  const people = userIds.safeParse(field(data, 'UserId'));
  if (!kind || !people.success) return [];
  return [...new Set(people.data)].map((userId) => ({ body, platform: 'dingtalk', kind, userId, at, eventId: `${id}:${userId}` }));
}
