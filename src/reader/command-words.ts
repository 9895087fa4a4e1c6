import type { Intent } from './intent';

/** A slash command and the intent it stands for. */
export interface CommandWord {
  intent: string;
  word: string;
}

/** All features' command words by first character, longest first. */
export type CommandWords = ReadonlyMap<string, readonly CommandWord[]>;

/** @throws Error naming the word when two intents claim it. */
export function commandWordsOf(intents: readonly Intent[]): CommandWords {
  const claimed = new Map<string, string>();
  const byFirst = new Map<string, CommandWord[]>();
  for (const { name, words } of intents)
    for (const word of words) {
      const other = claimed.get(word);
      if (other !== undefined) throw new Error(`the command word ${word} is claimed by ${other} and ${name}`);
      claimed.set(word, name);
      byFirst.set(word[0] ?? '', [...(byFirst.get(word[0] ?? '') ?? []), { intent: name, word }]);
    }
  for (const list of byFirst.values()) list.sort((a, b) => b.word.length - a.word.length);
  return byFirst;
}
