import type { Intent } from './intent';
import { afterCommand, afterModeWord } from './recognise/after-command';
import { ranked } from './recognise/ranked';

/** Every intent the engine's own tables name; help is also what an empty line means. */
const recognised = (): string[] => [
  ...ranked.flatMap(([outcome]) => (typeof outcome === 'string' ? [outcome] : (outcome.between ?? []))),
  ...afterCommand.flatMap(([from, to]) => [from, to]),
  afterModeWord,
  'help',
];

/**
 * The features' intents by name.
 * @throws Error naming the intent when two features declare it, or none does and a rule recognises it.
 */
export function declared(intents: readonly Intent[]): ReadonlyMap<string, Intent> {
  const byName = new Map<string, Intent>();
  for (const each of intents) {
    if (byName.has(each.name)) throw new Error(`the intent ${each.name} is declared twice`);
    byName.set(each.name, each);
  }
  for (const name of recognised()) if (!byName.has(name)) throw new Error(`a rule recognises ${name}, which no feature declares`);
  return byName;
}
