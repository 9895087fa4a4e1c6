import { afterEach, describe, expect, it } from '@jest/globals';
import { alsoOnSecondWay, dialogues, heardOnDingtalk } from '../helpers/dialogues';
import { startDingtalkTown } from '../helpers/dingtalk-town';
import { playDialogue } from '../helpers/play-dialogue';

let close: () => Promise<void> = async () => undefined;
afterEach(async () => {
  await close();
  close = async () => undefined;
});

describe('on DingTalk', () => {
  it.each(alsoOnSecondWay(heardOnDingtalk))('$room: $title', async (dialogue) => {
    const town = await startDingtalkTown(dialogue.start, dialogue);
    close = () => town.close();
    await playDialogue(dialogue, town);
  });

  it('are the same conversations', () => {
    expect(dialogues.length - heardOnDingtalk.length).toBeLessThanOrEqual(2);
  });
});
