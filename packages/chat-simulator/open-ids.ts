import { createHash } from 'node:crypto';

/** Converted user ids as a bot sees them, and the way back the companion app may ask for. */
export class OpenIds {
  constructor(
    private readonly botId: string,
    private readonly userIds: () => readonly string[],
  ) {}

  toOpen(userId: string): string {
    if (!this.userIds().includes(userId)) throw new Error(`${userId} is not among the people of the simulator`);
    return openIdOf(this.botId, userId);
  }

  /** Of those whom the app may see. */
  toPlain(openId: string): string | undefined {
    return this.userIds().find((userId) => openIdOf(this.botId, userId) === openId);
  }
}

const openIdOf = (botId: string, userId: string): string =>
  `wo${createHash('sha256').update(`${botId}:${userId}`).digest('base64url').slice(0, 30)}`;
