import { distance } from 'fastest-levenshtein';
import { isHan, isHanWord } from './characters';
import type { Intent } from './intent';
import type { Vocabulary } from './vocabulary';

type Pinyin = (word: string, options: { toneType: 'none'; type: 'string' }) => string;

let loaded: Pinyin | null = null;

/** pinyin-pro costs 50 ms to load and is needed only when a word in command position is unknown. */
function toPinyin(word: string): string {
  loaded ??= (require('pinyin-pro') as { pinyin: Pinyin }).pinyin;
  return loaded(word, { toneType: 'none', type: 'string' });
}

/** Above this share of differing letters a word sounds like another word. */
const tooFar = 0.26;

/** The same sound, or one letter of it different (zh for z, n for ng), of a long enough word. */
function soundsLike(sound: string, sounds: ReadonlyMap<string, string>): string | null {
  const same = sounds.get(sound);
  if (same !== undefined || sound.length < 6) return same ?? null;
  for (const [other, word] of sounds) if (Math.abs(other.length - sound.length) <= 1 && distance(other, sound) === 1) return word;
  return null;
}

export interface Guesser {
  /** The command a misspelt word sounds like (抱名, bao ming), or null. */
  command(word: string): string | null;
  /** The mode word a misspelt one sounds exactly like (走仿, 坐谈), or null. */
  mode(word: string): string | null;
}

const memory = 2000;

/** Words are looked at again and again: what was found is kept until there is too much of it. */
function remembering(find: (word: string) => string | null): (word: string) => string | null {
  const known = new Map<string, string | null>();
  return (word) => {
    const before = known.get(word);
    if (before !== undefined) return before;
    if (known.size > memory) known.clear();
    const found = find(word);
    known.set(word, found);
    return found;
  };
}

interface Spoken {
  sound: string;
  word: string;
  intent: string;
}

/** Of several words equally near the first one declared wins. */
function nearest(word: string, spoken: readonly Spoken[]): string | null {
  const sound = /^[a-z]+$/i.test(word) ? word.toLowerCase() : toPinyin(word);
  let best: string | null = null;
  let least = tooFar;
  for (const candidate of spoken) {
    if (isHan(word, 0) && candidate.word.length !== word.length) continue;
    const far = distance(sound.replaceAll(' ', ''), candidate.sound.replaceAll(' ', '')) / candidate.sound.replaceAll(' ', '').length;
    if (far < least) [best, least] = [candidate.intent, far];
  }
  return best;
}

/** Homophones of command and mode words; only for words in command position, never inside a sentence. */
export function createGuesser(vocabulary: Vocabulary, intents: readonly Intent[]): Guesser {
  const guessable = intents.filter(({ literal }) => !literal);
  const commands = guessable.flatMap(({ name, words }) => words.filter((w) => isHanWord(w, 2, 6)).map((w) => [w, name] as const));
  const modes = Object.values(vocabulary.modes.words)
    .flat()
    .filter((w) => isHanWord(w, 2, 4));
  let spoken: Spoken[] | null = null;
  let sounds: Map<string, string> | null = null;
  const command = remembering((word) => {
    spoken ??= commands.map(([w, intent]) => ({ sound: toPinyin(w), word: w, intent }));
    return nearest(word, spoken);
  });
  const mode = remembering((word) => {
    sounds ??= new Map(modes.map((w) => [toPinyin(w), w]));
    return soundsLike(toPinyin(word), sounds);
  });
  return {
    command: (word) => (/^(?:[\u4e00-\u9fff]{2,6}|[a-z]{3,12})$/i.test(word) ? command(word) : null),
    mode: (word) => (isHanWord(word, 2, 4) ? mode(word) : null),
  };
}
