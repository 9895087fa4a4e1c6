import type { Platform } from '../delivery/incoming';
import type { Ledger } from '../delivery/ledger';
import type { OrganisationService } from '../organisation/member';
import type { PrivateMessage } from './command';

/** Writes private messages into the ledger, once per key. A member known on no platform gets none: the office tells them. */
export class PrivateMessages {
  constructor(private readonly parts: { organisation: OrganisationService; ledger: Ledger; now(): Date }) {}

  /** `preferred`: the platform the matter came from; else whichever the member is on. */
  async plan(body: string, messages: readonly PrivateMessage[], preferred?: Platform): Promise<void> {
    for (const { key, purpose, memberId, text, card } of messages) {
      const member = await this.parts.organisation.member(body, memberId);
      const identity = member?.identities.find((each) => each.platform === preferred) ?? member?.identities[0];
      if (!identity) continue;
      const { platform, userId } = identity;
      await this.parts.ledger.plan({
        body,
        key,
        purpose,
        memberId,
        platform,
        to: { userId },
        format: 'text',
        text,
        ...(card ? { card } : {}),
        dueAt: this.parts.now(),
      });
    }
  }
}
