import type { AccountChange } from '../foundation/platform';

/** Somebody came into, left, or was changed in the organisation's address book, as the platform reports it. */
export interface ContactChange extends AccountChange {
  /** Equal for every redelivery of the change, different for different changes; one event about two people is two changes. */
  eventId: string;
}

/** Where the transports hand changes on. Throws AppError; with reaction 'retry' the platform is let try again. */
export interface ContactChanges {
  receive(change: ContactChange): Promise<void>;
}
