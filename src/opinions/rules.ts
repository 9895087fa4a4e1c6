import { type KeptText, pieceOf } from '../foundation/kept-text';

/** An opinion report has at most 1,500 characters; what comes first may be longer. */
const longest = 2_000;

export type NoteFault = 'empty' | 'too_long';

/** Text worth keeping, or why it is not: empty or too long. */
export function fit(text: KeptText): { text: KeptText } | { fault: NoteFault } {
  const said = pieceOf(text, (all) => all.trim());
  if (said === '') return { fault: 'empty' };
  if (said.length > longest) return { fault: 'too_long' };
  return { text: said };
}
