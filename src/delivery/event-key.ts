import { digest } from '../foundation/ids';
import type { Incoming } from './incoming';

/** The key of everything an event causes: equal for redeliveries, different for different events, safe in any id. */
export function eventKey(incoming: Pick<Incoming, 'body' | 'platform' | 'channel' | 'eventId'>): string {
  return `e${digest(JSON.stringify([incoming.body, incoming.platform, incoming.channel, incoming.eventId]))}`;
}
