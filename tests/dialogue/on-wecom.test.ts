import { afterEach, describe, it } from '@jest/globals';
import { dialogues, wecomStage } from '../helpers/dialogues';
import { playDialogue } from '../helpers/play-dialogue';
import { startTown } from '../helpers/town';

let close: () => Promise<void> = async () => undefined;
afterEach(async () => {
  await close();
  close = async () => undefined;
});

describe('on WeCom', () => {
  it.each(dialogues)('$room: $title', async (dialogue) => {
    const town = await startTown(dialogue.start, dialogue);
    close = () => town.close();
    await playDialogue(dialogue, wecomStage(town));
  });
});
