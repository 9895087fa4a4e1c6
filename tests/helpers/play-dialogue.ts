import { expect } from '@jest/globals';
import type { Dialogue } from './dialogue';

/** A platform on which a conversation can be played. */
export interface Stage {
  /** What somebody types, in the work group or in private; resolves with the answer there, null for nothing. */
  hear(line: { name: string; private: boolean; text: string; quote?: string }): Promise<string | null>;
  /** The platform delivers the last line once more. */
  hearAgain(): Promise<string | null>;
  /** Texts that reached a member in private, oldest first. */
  inbox(name: string): string[];
  /** How a sentence of ours looks on this platform. */
  shown(text: string): string;
  wait(until: string): Promise<void>;
  deliver(): Promise<void>;
}

/** Plays a conversation over real callbacks and compares every sentence, whole. */
export async function playDialogue({ turns }: Dialogue, stage: Stage): Promise<void> {
  const heard = new Map<string, number>();
  const news = (name: string): string[] => stage.inbox(name).slice(heard.get(name) ?? 0);
  let last: string | null = null;
  for (const turn of turns) {
    if (turn.kind === 'says') {
      last = await stage.hear(turn);
      if (turn.private) heard.set(turn.name, stage.inbox(turn.name).length);
      await stage.deliver();
    } else if (turn.kind === 'again') last = await stage.hearAgain();
    else if (turn.kind === 'time') await stage.wait(turn.at);
    else if (turn.kind === 'silence') expect(last).toBeNull();
    else if (turn.kind === 'nothing_private') expect(news(turn.name)).toEqual([]);
    else if (turn.to === null) expect(last).toBe(stage.shown(turn.text));
    else {
      expect(news(turn.to)[0]).toBe(stage.shown(turn.text));
      heard.set(turn.to, (heard.get(turn.to) ?? 0) + 1);
    }
  }
}
