// The regular expressions of the reader and of the features' readings, counted from the parsed source.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from '@swc/core';

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
