import type { SimulatorClock } from '../options';

/** Replies and pushes together, per conversation. */
const perMinute = 30;
const perHour = 1_000;

/** Counts what the bot says in each conversation. */
export class ChatQuota {
  private readonly said = new Map<string, number[]>();

  constructor(private readonly clock: SimulatorClock) {}

  /** False when the conversation has had enough; then it is not counted. */
  allows(chat: string): boolean {
    const now = this.clock.now().getTime();
    const recent = (this.said.get(chat) ?? []).filter((at) => at > now - 3_600_000);
    this.said.set(chat, recent);
    if (recent.length >= perHour || recent.filter((at) => at > now - 60_000).length >= perMinute) return false;
    recent.push(now);
    return true;
  }
}
