import { flagsOf } from './characters';
import type { CommandWord, CommandWords } from './command-words';
import type { Lexicon } from './lexicon';
import type { Line } from './normalise';
import type { SenderContext } from './reading';
import { afterModeWord } from './recognise/after-command';

/** What a line says to the bot. Positions are those of the normalised text. */
export interface Address {
  addressed: boolean;
  /** The bot is named, quoted, or the chat is private; false for a bare slash command. */
  mentioned: boolean;
  slash: boolean;
  /** The slash command's intent; null when there is none or it is unknown. */
  command: string | null;
  commandWord: string;
  /** Where the rest begins. */
  from: number;
  /** The text with mentions and the command blanked out, of the same length. */
  text: string;
}

const blanks = (length: number): string => ' '.repeat(length);

/** One flat string: every look at a character of a string put together by + costs double. */
const blanked = (text: string, until: number): string => [blanks(until), text.slice(until)].join('');

/** What may stand behind a slash: command words, contact modes, and what sounds like a command word. */
export interface Commands {
  words: CommandWords;
  lexicon: Lexicon;
  guess: (word: string) => string | null;
}

/** Who is spoken to, and with which command. WeCom leaves the mention in the text, as it was typed. */
export function readAddress(line: Line, commands: Commands, context: SenderContext): Address {
  const names = context.vocabulary?.mentions ?? commands.lexicon.vocabulary.cues.mentions;
  const { text: unmentioned, mentioned } = withoutMentions(line.text, names);
  const start = unmentioned.length - unmentioned.trimStart().length;
  const slash = /^\/ ?(?=[^\s/])/.exec(unmentioned.slice(start, start + 3));
  const heard = mentioned || context.mentioned === true || context.quoted !== undefined || context.chat === 'private';
  if (!slash) return { addressed: heard, mentioned: heard, slash: false, command: null, commandWord: '', from: start, text: unmentioned };
  const at = start + slash[0].length;
  const found = commandAt(unmentioned, at, commands);
  const end = found ? skipSeparators(unmentioned, at + found.word.length) : at;
  return {
    addressed: heard || found !== null,
    mentioned: heard,
    slash: true,
    command: found?.intent ?? null,
    commandWord: found?.word ?? '',
    from: end,
    text: blanked(unmentioned, end),
  };
}

function withoutMentions(text: string, names: readonly string[]): { text: string; mentioned: boolean } {
  if (!text.includes('@')) return { text, mentioned: false };
  const out: string[] = [];
  let from = 0;
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    const length = longestNameAt(text, at + 1, names);
    if (length === 0) continue;
    out.push(text.slice(from, at), blanks(length + 1));
    from = at + length + 1;
  }
  if (from === 0) return { text, mentioned: false };
  return { text: withoutOthers([...out, text.slice(from)].join('')), mentioned: true };
}

/** Other people's mentions before the first word, by a name that may have a blank in it: what stands behind them counts. */
function withoutOthers(text: string): string {
  const head = /^(?:\s*@[\u4e00-\u9fffA-Za-z·.\-_()]{1,16}(?: [\u4e00-\u9fffA-Za-z]{1,6}(?= {2,}))?(?=\s|$))+/.exec(text)?.[0] ?? '';
  return head === '' ? text : blanked(text, head.length);
}

function longestNameAt(text: string, at: number, names: readonly string[]): number {
  let longest = 0;
  for (const name of names) if (name.length > longest && text.startsWith(name, at)) longest = name.length;
  return longest;
}

/** Characters that have no small form; asking for it costs more than the look at them. */
const caseless = /^[\u4e00-\u9fff\s!-@[-~]*$/;

/** The longest command word at `at`; a contact mode counts as a record; a misspelt word as the one it sounds like. */
function commandAt(text: string, at: number, { words, lexicon, guess }: Commands): CommandWord | null {
  const typed = text.slice(at, at + 24);
  const rest = caseless.test(typed) ? typed : typed.toLowerCase();
  const best = words
    .get(rest[0] ?? '')
    ?.find(({ word }) => rest.startsWith(word) && !(/[a-z]$/.test(word) && /[a-z]/.test(rest[word.length] ?? '')));
  if (best) return best;
  const token = /^[^\s:,，。]{1,6}/.exec(rest)?.[0] ?? '';
  if (lexicon.modeWords.some((word) => rest.startsWith(word))) return { intent: afterModeWord, word: '' };
  const intent = guess(token);
  return intent ? { intent, word: token } : null;
}

const separators = flagsOf(' \n:,。;');

function skipSeparators(text: string, at: number): number {
  while (separators[text.charCodeAt(at)] === 1) at++;
  return at;
}
