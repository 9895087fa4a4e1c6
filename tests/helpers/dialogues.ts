import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Dialogue, readDialogues } from './dialogue';
import type { Stage } from './play-dialogue';
import { type Town, userIdOf } from './town';

const folder = join(__dirname, '../dialogue');

/** Every written conversation, with the file it stands in. */
export const dialogues = readdirSync(folder)
  .filter((name) => name.endsWith('.dialogue'))
  .flatMap((file) => readDialogues(join(folder, file)).map((dialogue) => ({ room: file.replace('.dialogue', ''), ...dialogue })));

const silent = ({ turns }: Dialogue): boolean => turns.some(({ kind }) => kind === 'silence');
/** Over the long connection silence can only be waited for; where none is played, an answer may take its time. */
export const patience = (dialogue: Dialogue): number => (silent(dialogue) ? 5_000 : 60_000);
/** A DingTalk robot hears nothing in a group but what mentions it: its silence there cannot be played. */
export const heardOnDingtalk = dialogues.filter((dialogue) => !silent(dialogue));

/**
 * What is played on the second way of a platform too, which carries the same words to the same ears: the first two conversations of
 * each room. `EVERY_WAY=1` plays all of them there as well.
 */
export const alsoOnSecondWay = (all: typeof dialogues): typeof dialogues => {
  const before = (room: string, at: number): number => all.slice(0, at).filter((each) => each.room === room).length;
  return process.env['EVERY_WAY'] ? all : all.filter(({ room }, at) => before(room, at) < 2);
};

export function wecomStage(town: Town): Stage {
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
