import { join } from 'node:path';
import { ranked } from '../../src/reader/recognise/ranked';
import { decidingLines, told } from '../reader/deciding';

interface Expression {
  file: string;
  pattern: string;
}

const long = 120;

/** How much the reader's rules are made of: expressions, rules, and how many of the kept lines each rule decides. */
export async function run(print: (line: string) => void): Promise<void> {
  const counting = join(process.cwd(), 'scripts/expressions.mjs');
  const { expressionsOfTheReader, phrasesOfTheVocabulary } = (await import(counting)) as Record<string, () => Expression[]>;
  const expressions = expressionsOfTheReader?.() ?? [];
  const phrases = phrasesOfTheVocabulary?.() ?? [];
  print(`expressions: ${expressions.length}, longer than ${long} characters: ${expressions.filter((e) => e.pattern.length > long).length}`);
  print(`phrases in config/vocabulary: ${phrases.length}, longer: ${phrases.filter((e) => e.pattern.length > long).length}`);
  const decided = decidingLines();
  const few = ranked.filter((rule) => (decided.get(rule) ?? 0) <= 2);
  print(`rules: ${ranked.length}, decided by one or two lines only: ${few.length}`);
  ranked.forEach((rule, at) => print(`${String(decided.get(rule)).padStart(5)}  ${at} ${told(rule[0])}`));
}
