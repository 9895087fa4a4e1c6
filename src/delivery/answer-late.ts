import type { Clock } from '../foundation/clock';
import type { Incoming, Platform, Said } from './incoming';
import type { Ledger } from './ledger';

interface Parts {
  ledger: Ledger;
  /** Whether the body's bot may speak in a chat where somebody has spoken to it. */
  answersInChats: (body: string, platform: Platform) => boolean;
  clock: Clock;
}

/**
 * Plans an answer that missed its response: to the message's own address while that lives, else to the chat where the
 * platform lets the bot speak there, else to the person in private.
 */
export function createLateAnswers({ ledger, answersInChats, clock }: Parts) {
  return async (incoming: Incoming, key: string, { text, card }: Said): Promise<void> => {
    const { body, platform, lateReply, senderId, chat, channel } = incoming;
    const now = clock.now();
    const usable = lateReply && lateReply.expiresAt > now ? lateReply : null;
    const inChat = channel === 'bot' && answersInChats(body, platform) ? { chatId: chat.id, orUserId: senderId } : { userId: senderId };
    const where = chat.kind === 'private' ? { inPrivate: true as const } : {};
    const to = usable ? { lateReply: usable.url, orUserId: senderId, ...where } : inChat;
    await ledger.plan({
      body,
      key: `late:${key}`,
      purpose: 'late_reply',
      memberId: null,
      platform,
      to,
      format: 'userId' in to ? 'text' : 'markdown',
      text,
      ...(card ? { card } : {}),
      dueAt: now,
    });
  };
}
