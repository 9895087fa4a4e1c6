import type { Platform } from '../delivery/incoming';
import type { Ledger, LedgerPlan } from '../delivery/ledger';
import type { OrganisationService } from '../organisation/member';
import type { GroupMessage, PrivateMessage } from './command';

/** The group waits for its answer meanwhile. */
const handOverMs = 1_000;

/** Writes messages to people and groups into the ledger, once per key. A member known on no platform gets none: the office tells them. */
export class OutgoingMessages {
  constructor(private readonly parts: { organisation: OrganisationService; ledger: Ledger; now(): Date }) {}

  /**
   * `preferred`: the platform the matter came from; else whichever the member is on. True when the platforms have all that the
   * speaker has just asked for.
   */
  async plan(body: string, messages: readonly PrivateMessage[], preferred?: Platform): Promise<boolean> {
    let handedOver = true;
    for (const { key, purpose, memberId, text, card, reason } of messages) {
      const member = await this.parts.organisation.member(body, memberId);
      const identity = member?.identities.find((each) => each.platform === preferred) ?? member?.identities[0];
      if (!identity) continue;
      const { platform, userId } = identity;
      const row: LedgerPlan = {
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
      };
      if (purpose !== 'private_reply') await this.parts.ledger.plan(row);
      else if (!(await this.parts.ledger.handOver(row, handOverMs))) handedOver = false;
    }
    return handedOver;
  }

  async planForGroups(body: string, messages: readonly GroupMessage[]): Promise<void> {
    for (const { platform, chatId, ...message } of messages) {
      const due = { memberId: null, platform, to: { chatId }, format: 'text', dueAt: this.parts.now() } as const;
      await this.parts.ledger.plan({ body, purpose: 'group_notice', ...message, ...due });
    }
  }
}
