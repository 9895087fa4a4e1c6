import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { type Dialogue, readDialogues } from '../helpers/dialogue';
import { startTown, type Town, userIdOf } from '../helpers/town';

let town: Town | undefined;
afterEach(async () => {
  await town?.close();
  town = undefined;
});

/** Plays a conversation over encrypted callbacks and compares every sentence, whole. */
async function play({ start, turns }: Dialogue): Promise<void> {
  const stage = await startTown(start);
  town = stage;
  const heard = new Map<string, number>();
  const news = (name: string): string[] => stage.inbox(name).slice(heard.get(name) ?? 0);
  let last: { msgId: string; answer: string | null } | undefined;
  for (const turn of turns) {
    if (turn.kind === 'says') {
      const from = turn.name === '陌生人' ? 'stranger' : userIdOf(turn.name);
      const quote = turn.quote ? { quote: turn.quote } : {};
      last = await stage.simulator.say({ from, chat: turn.private ? 'private' : 'wrALL', text: turn.text, mention: false, ...quote });
      if (turn.private) heard.set(turn.name, stage.inbox(turn.name).length);
      await stage.deliver();
    } else if (turn.kind === 'again') last = await stage.simulator.deliverAgain(last?.msgId ?? '');
    else if (turn.kind === 'time') await stage.wait(turn.at);
    else if (turn.kind === 'silence') expect(last?.answer ?? null).toBeNull();
    else if (turn.kind === 'nothing_private') expect(news(turn.name)).toEqual([]);
    else if (turn.to === null) expect(last?.answer).toBe(turn.text);
    else {
      expect(news(turn.to)[0]).toBe(turn.text);
      heard.set(turn.to, (heard.get(turn.to) ?? 0) + 1);
    }
  }
}

for (const file of readdirSync(__dirname).filter((name) => name.endsWith('.dialogue'))) {
  describe(file.replace('.dialogue', ''), () => {
    it.each(readDialogues(join(__dirname, file)).map((dialogue) => [dialogue.title, dialogue] as const))('%s', async (_title, dialogue) =>
      play(dialogue),
    );
  });
}
