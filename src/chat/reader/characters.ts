/** By character code: 1 for each of `characters`. A look into it costs a tenth of a regular expression. */
export function flagsOf(characters: Iterable<string>): Uint8Array {
  const flags = new Uint8Array(65536);
  for (const c of characters) flags[c.charCodeAt(0)] = 1;
  return flags;
}
