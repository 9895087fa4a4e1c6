import { createHash } from 'node:crypto';

/** Converted user ids as a bot sees them, and the way back the companion app may ask for (wecom.md 4.9). */
export class OpenIds {
  private readonly plain = new Map<string, string>();

  constructor(botId: string, userIds: readonly string[]) {
    for (const userId of userIds) this.plain.set(openIdOf(botId, userId), userId);
  }

  toOpen(userId: string): string {
    for (const [open, plain] of this.plain) if (plain === userId) return open;
    throw new Error(`${userId} is not among the people of the simulator`);
  }

  toPlain(openId: string): string | undefined {
    return this.plain.get(openId);
  }
}

const openIdOf = (botId: string, userId: string): string =>
  `wo${createHash('sha256').update(`${botId}:${userId}`).digest('base64url').slice(0, 30)}`;
