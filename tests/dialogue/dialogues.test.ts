import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { type Dialogue, readDialogues } from '../helpers/dialogue';
import { startDingtalkTown } from '../helpers/dingtalk-town';
import { playDialogue, type Stage } from '../helpers/play-dialogue';
import { startStreamTown } from '../helpers/stream-town';
import { startTown, type Town, userIdOf } from '../helpers/town';

let close: () => Promise<void> = async () => undefined;
afterEach(async () => {
  await close();
  close = async () => undefined;
});

function wecomStage(town: Town): Stage {
  let lastId = '';
  return {
    async hear({ name, private: alone, text, quote }) {
      const from = name === '陌生人' ? 'stranger' : userIdOf(name);
      const said = { from, chat: alone ? 'private' : 'wrALL', text, mention: false, ...(quote ? { quote } : {}) };
      const { msgId, answer } = await town.simulator.say(said);
      lastId = msgId;
      return answer;
    },
    hearAgain: async () => (await town.simulator.deliverAgain(lastId)).answer,
    inbox: (name) => town.inbox(name),
    shown: (text) => text,
    wait: (until) => town.wait(until),
    deliver: () => town.deliver(),
  };
}

// Over the long connection the bot can speak in a group unasked, so it promises to pass on what is opened elsewhere.
const ofReachedGroup = (text: string): string => text.replace(/(以后在本群发起的活动默认归[^，。]+)。/u, '$1，在别处发起的也会告诉本群。');

const files = readdirSync(__dirname).filter((name) => name.endsWith('.dialogue'));
const all = files.flatMap((file) =>
  readDialogues(join(__dirname, file)).map((dialogue) => ({ room: file.replace('.dialogue', ''), ...dialogue })),
);
const silent = ({ turns }: Dialogue): boolean => turns.some(({ kind }) => kind === 'silence');
/** Over the long connection silence can only be waited for; where none is played, an answer may take its time. */
const patience = (dialogue: Dialogue): number => (silent(dialogue) ? 5_000 : 60_000);
// A DingTalk robot hears nothing in a group but what mentions it: its silence there cannot be played.
const heardOnDingtalk = all.filter((dialogue) => !silent(dialogue));

describe('on WeCom', () => {
  it.each(all)('$room: $title', async (dialogue) => {
    const town = await startTown(dialogue.start, dialogue);
    close = () => town.close();
    await playDialogue(dialogue, wecomStage(town));
  });
});

describe('on WeCom by long connection', () => {
  it.each(all)('$room: $title', async (dialogue) => {
    const town = await startTown(dialogue.start, { ...dialogue, longConnection: true, answerWithinMs: patience(dialogue) });
    close = () => town.close();
    await playDialogue(dialogue, { ...wecomStage(town), shown: ofReachedGroup });
  });
});

describe('on DingTalk', () => {
  it.each(heardOnDingtalk)('$room: $title', async (dialogue) => {
    const town = await startDingtalkTown(dialogue.start, dialogue);
    close = () => town.close();
    await playDialogue(dialogue, town);
  });

  it.each(heardOnDingtalk)('over Stream: $room: $title', async (dialogue) => {
    const town = await startStreamTown(dialogue.start, dialogue);
    close = () => town.close();
    await playDialogue(dialogue, town);
  });

  it('are the same conversations', () => {
    expect(all.length - heardOnDingtalk.length).toBeLessThanOrEqual(2);
  });
});
