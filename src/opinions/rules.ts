import { maskPersonal } from '../foundation/mask';
import { isSecret } from '../foundation/secrecy';

/** An opinion report has at most 1,500 characters; what comes first may be longer. */
const longest = 2_000;

export type NoteFault = 'empty' | 'too_long' | 'secret';

/** Text fit to be kept, or why it is not. */
export function fit(text: string): { text: string } | { fault: NoteFault } {
  const said = text.trim();
  if (said === '') return { fault: 'empty' };
  if (said.length > longest) return { fault: 'too_long' };
  return isSecret(said) ? { fault: 'secret' } : { text: maskPersonal(said) };
}
