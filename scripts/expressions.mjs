// What the reader listens for: the regular expressions of its source and of the features' readings, and the phrases of config/vocabulary.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from '@swc/core';
import { parse } from 'yaml';

const isReading = /^src[/\\](?:reader[/\\]|.*[/\\]readings(?:[/\\]|\.ts$))/;

/** @returns {{ file: string, pattern: string }[]} */
export function expressionsOfTheReader() {
  return readdirSync('src', { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => isReading.test(file))
    .flatMap((file) => patternsIn(parseSync(readFileSync(file, 'utf8'), { syntax: 'typescript' })).map((pattern) => ({ file, pattern })));
}

function patternsIn(node) {
  if (node === null || typeof node !== 'object') return [];
  const own = node.type === 'RegExpLiteral' ? [node.pattern] : [];
  return [...own, ...Object.values(node).flatMap(patternsIn)];
}

/** @returns {{ file: string, pattern: string }[]} */
export function phrasesOfTheVocabulary() {
  const folder = 'config/vocabulary';
  return readdirSync(folder)
    .filter((name) => /^(?:acts|said-of-.*)\.yaml$/.test(name))
    .flatMap((name) =>
      Object.values(parse(readFileSync(join(folder, name), 'utf8')))
        .flatMap((phrases) => (Array.isArray(phrases) ? phrases : phrases.split(' / ')))
        .map((pattern) => ({ file: join(folder, name), pattern })),
    );
}
