import { digest } from '../foundation/ids';
import type { Incoming } from './incoming';

/**
 * The key of everything an event causes: equal for redeliveries, different for different events, safe in any id. The sender is
 * part of it: whoever comes with the id of somebody else's message gets an answer of his own, never that person's.
 */
export function eventKey(incoming: Pick<Incoming, 'body' | 'platform' | 'channel' | 'eventId' | 'senderId'>): string {
  const { body, platform, channel, eventId, senderId } = incoming;
  return `e${digest(JSON.stringify([body, platform, channel, eventId, senderId]))}`;
}
