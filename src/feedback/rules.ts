import { type KeptText, pieceOf } from '../foundation/kept-text';

const most = { text: 1_000 } as const;

export type TextFault = 'empty' | 'too_long';

/** Text worth keeping, or why it is not: empty or too long. */
export function fit(text: KeptText): { text: KeptText } | { fault: TextFault } {
  const said = pieceOf(text, (all) => all.trim());
  if (said === '') return { fault: 'empty' };
  if (said.length > most.text) return { fault: 'too_long' };
  return { text: said };
}
