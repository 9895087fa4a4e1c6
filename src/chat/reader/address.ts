import type { CommandWord, Lexicon } from './lexicon';
import type { Line } from './normalise';
import type { Intent, SenderContext } from './reading';

/** What a line says to the bot. Positions are those of the normalised text. */
export interface Address {
  addressed: boolean;
  /** The bot is named, quoted, or the chat is private; false for a bare slash command. */
  mentioned: boolean;
  slash: boolean;
  /** The slash command's intent; null when there is none or it is unknown. */
  command: Intent | null;
  commandWord: string;
  /** Where the rest begins. */
  from: number;
  /** The text with mentions and the command blanked out, of the same length. */
  text: string;
}

const blanks = (length: number): string => ' '.repeat(length);

/** One flat string: every look at a character of a string put together by + costs double. */
const blanked = (text: string, until: number): string => [blanks(until), text.slice(until)].join('');

/** Who is spoken to, and with which command (domain.md 0; wecom.md 7.1: the mention is literal text). */
export function readAddress(line: Line, lexicon: Lexicon, context: SenderContext, guess: (word: string) => Intent | null): Address {
  const names = context.vocabulary?.mentions ?? lexicon.vocabulary.cues.mentions;
  const { text: unmentioned, mentioned } = withoutMentions(line.text, names);
  const start = unmentioned.length - unmentioned.trimStart().length;
  const slash = /^\/ ?(?=[^\s/])/.exec(unmentioned.slice(start, start + 3));
  const heard = mentioned || context.mentioned === true || context.quoted !== undefined || context.chat === 'private';
  const none = { addressed: heard, mentioned: heard, slash: false, command: null, commandWord: '', from: start, text: unmentioned };
  if (!slash) return none;
  const at = start + slash[0].length;
  const found = commandAt(unmentioned, at, lexicon, guess);
  const addressed = heard || found !== null;
  if (!found) return { ...none, addressed, slash: true, from: at, text: blanked(unmentioned, at) };
  const end = skipSeparators(unmentioned, at + found.word.length);
  return {
    addressed,
    mentioned: heard,
    slash: true,
    command: found.intent,
    commandWord: found.word,
    from: end,
    text: blanked(unmentioned, end),
  };
}

function withoutMentions(text: string, names: readonly string[]): { text: string; mentioned: boolean } {
  if (!text.includes('@')) return { text, mentioned: false };
  let out = text;
  let mentioned = false;
  for (const name of [...names].sort((a, b) => b.length - a.length)) {
    const written = `@${name}`;
    if (!out.includes(written)) continue;
    out = out.split(written).join(blanks(written.length));
    mentioned = true;
  }
  return { text: out, mentioned };
}

/** The longest command word at `at`; a contact mode counts as a record; a misspelt word as the one it sounds like. */
function commandAt(text: string, at: number, lexicon: Lexicon, guess: (word: string) => Intent | null): CommandWord | null {
  const rest = text.slice(at, at + 24).toLowerCase();
  const best = lexicon.commands
    .get(rest[0] ?? '')
    ?.find(({ word }) => rest.startsWith(word) && !(/[a-z]$/.test(word) && /[a-z]/.test(rest[word.length] ?? '')));
  if (best) return best;
  const token = /^[^\s:,，。]{1,6}/.exec(rest)?.[0] ?? '';
  const mode = Object.values(lexicon.vocabulary.modes.words)
    .flat()
    .find((word) => rest.startsWith(word));
  if (mode) return { intent: 'record_contact', word: '' };
  const intent = guess(token);
  return intent ? { intent, word: token } : null;
}

function skipSeparators(text: string, at: number): number {
  while (at < text.length && /[\s:,。;]/.test(text[at] ?? '')) at++;
  return at;
}
