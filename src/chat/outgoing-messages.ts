import type { Platform } from '../delivery/incoming';
import type { Ledger } from '../delivery/ledger';
import type { OrganisationService } from '../organisation/member';
import type { GroupMessage, PrivateMessage } from './command';

/** Writes messages to people and groups into the ledger, once per key. A member known on no platform gets none: the office tells them. */
export class OutgoingMessages {
  constructor(private readonly parts: { organisation: OrganisationService; ledger: Ledger; now(): Date }) {}

  /** `preferred`: the platform the matter came from; else whichever the member is on. */
  async plan(body: string, messages: readonly PrivateMessage[], preferred?: Platform): Promise<void> {
    for (const { key, purpose, memberId, text, card, reason } of messages) {
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
        ...(reason ? { reason } : {}),
        dueAt: this.parts.now(),
      });
    }
  }

  async planForGroups(body: string, messages: readonly GroupMessage[]): Promise<void> {
    for (const { platform, chatId, ...message } of messages) {
      const due = { memberId: null, platform, to: { chatId }, format: 'text', dueAt: this.parts.now() } as const;
      await this.parts.ledger.plan({ body, purpose: 'group_notice', ...message, ...due });
    }
  }
}
