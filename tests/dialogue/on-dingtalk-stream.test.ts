import { afterEach, describe, it } from '@jest/globals';
import { heardOnDingtalk } from '../helpers/dialogues';
import { playDialogue } from '../helpers/play-dialogue';
import { startStreamTown } from '../helpers/stream-town';

let close: () => Promise<void> = async () => undefined;
afterEach(async () => {
  await close();
  close = async () => undefined;
});

describe('on DingTalk over Stream', () => {
  it.each(heardOnDingtalk)('$room: $title', async (dialogue) => {
    const town = await startStreamTown(dialogue.start, dialogue);
    close = () => town.close();
    await playDialogue(dialogue, town);
  });
});
