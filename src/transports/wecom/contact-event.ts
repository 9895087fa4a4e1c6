import type { ContactChange } from '../../delivery/contact-change';

const kinds: Readonly<Record<string, ContactChange['kind']>> = {
  create_user: 'joined',
  update_user: 'changed',
  delete_user: 'left',
};
const idLimit = 64;

/**
 * What an event says about a person of the company. An ordinary app hears who enters and leaves its visible range
 * (subscribe, unsubscribe); only the contact-sync helper hears change_contact. Null for everything else.
 */
export function contactChange(message: Record<string, string>, body: string): ContactChange | null {
  const { MsgType, Event, ChangeType = '', FromUserName = '', UserID = '', NewUserID = '', CreateTime = '' } = message;
  const seconds = Number(CreateTime);
  if (MsgType !== 'event' || !/^\d{9,11}$/.test(CreateTime)) return null;
  const at = new Date(seconds * 1_000);
  const change = (kind: ContactChange['kind'], userId: string, newUserId = ''): ContactChange | null => {
    if (userId === '' || userId.length > idLimit || newUserId.length > idLimit) return null;
    const eventId = [Event, ChangeType, userId.toLowerCase(), newUserId.toLowerCase(), CreateTime].join(':');
    return { body, platform: 'wecom', kind, userId, ...(newUserId ? { newUserId } : {}), at, eventId };
  };
  if (Event === 'subscribe') return change('joined', FromUserName);
  if (Event === 'unsubscribe') return change('left', FromUserName);
  const kind = Event === 'change_contact' && Object.hasOwn(kinds, ChangeType) ? kinds[ChangeType] : undefined;
  return kind ? change(kind, UserID, kind === 'changed' ? NewUserID : '') : null;
}
