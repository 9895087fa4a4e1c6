import { maskPersonal } from './mask';
import { isSecret } from './secrecy';

declare const checked: unique symbol;

/**
 * Words of a person that may be kept and said again: no mark of secrecy, and the numbers of phones, papers and cards hidden (C17).
 * Only this file makes one. Both doors through which such words come in (delivery/inbox for chats, console/pages for forms) hand on
 * nothing else, so that no feature ever sees the words as they were typed.
 */
export type KeptText = string & { readonly [checked]: true };

/** null: the text bears a mark of secrecy, and nothing of it may be kept. */
export const fitToKeep = (text: string): KeptText | null => (isSecret(text) ? null : (maskPersonal(text) as KeptText));

/** What was kept with an open question and is read back. */
export const keptBefore = (text: string): KeptText => maskPersonal(text) as KeptText;

/** A piece of kept text is kept text. */
export const pieceOf = (text: KeptText, cut: (text: string) => string): KeptText => maskPersonal(cut(text)) as KeptText;
