import { maskPersonal } from '../foundation/mask';
import { isSecret } from '../foundation/secrecy';

const most = { text: 1_000 } as const;

export type TextFault = 'empty' | 'too_long' | 'secret';

/** Text fit to be kept, or why it is not: empty, too long, or marked as secret. */
export function fit(text: string): { text: string } | { fault: TextFault } {
  const said = text.trim();
  if (said === '') return { fault: 'empty' };
  if (said.length > most.text) return { fault: 'too_long' };
  return isSecret(said) ? { fault: 'secret' } : { text: maskPersonal(said) };
}
