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
