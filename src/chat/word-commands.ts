import type { WordCommand } from './command';

export interface SpokenWord {
  command: WordCommand;
  /** What follows the word, trimmed; at most 200 characters. */
  rest: string;
}

/**
 * The word command a line begins with: after a slash, or after a mention of the bot. Pure.
 * `heard`: the platform says that the bot was spoken to (a private chat, a mention it took out of the text).
 */
export function wordCommandIn(
  text: string,
  commands: readonly WordCommand[],
  { mentions, heard }: { mentions: readonly string[]; heard: boolean },
): SpokenWord | null {
  const line = text.normalize('NFKC').trim();
  const named = mentions.find((name) => line.startsWith(`@${name.normalize('NFKC')}`));
  const said = named === undefined ? line : line.slice(named.normalize('NFKC').length + 1).trim();
  const slash = said.startsWith('/');
  if (!slash && named === undefined && !heard) return null;
  const bare = slash ? said.slice(1).trim() : said;
  for (const command of commands) {
    const word = command.words.find((each) => bare.startsWith(each) && (slash || /^(?:$|[\s:：])/u.test(bare.slice(each.length))));
    if (word === undefined) continue;
    const rest = bare.slice(word.length).replace(/^[\s:：]+/u, '');
    return rest.length <= 200 ? { command, rest } : null;
  }
  return null;
}
