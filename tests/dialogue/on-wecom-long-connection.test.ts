import { afterEach, describe, it } from '@jest/globals';
import { alsoOnSecondWay, dialogues, patience, wecomStage } from '../helpers/dialogues';
import { playDialogue } from '../helpers/play-dialogue';
import { startTown } from '../helpers/town';

let close: () => Promise<void> = async () => undefined;
afterEach(async () => {
  await close();
  close = async () => undefined;
});

// Over the long connection the bot can speak in a group unasked, so it promises to pass on what is opened elsewhere.
const ofReachedGroup = (text: string): string => text.replace(/(以后在本群发起的活动默认归[^，。]+)。/u, '$1，在别处发起的也会告诉本群。');

describe('on WeCom by long connection', () => {
  it.each(alsoOnSecondWay(dialogues))('$room: $title', async (dialogue) => {
    const town = await startTown(dialogue.start, { ...dialogue, longConnection: true, answerWithinMs: patience(dialogue) });
    close = () => town.close();
    await playDialogue(dialogue, { ...wecomStage(town), shown: ofReachedGroup });
  });
});
