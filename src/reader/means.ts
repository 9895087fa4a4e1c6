import type { Act } from './act-names';
import type { Document } from './document';

/** Whether the words of `body` say it in one of the ways of a class. */
export const means = ({ body, document }: { body: string; document: Document }, act: Act): boolean => document.lexicon.acts[act].test(body);

/** The same of any other words. */
export const saysIn = (text: string, { lexicon }: Pick<Document, 'lexicon'>, act: Act): boolean => lexicon.acts[act].test(text);

/** What is read out of `text` where it is said in one of the ways of a class. */
export function readOut(text: string, { lexicon }: Pick<Document, 'lexicon'>, act: Act): string | undefined {
  const [, ...parts] = lexicon.acts[act].exec(text) ?? [];
  return parts.find((part) => part !== undefined);
}

/** `text` with `gap` in place of all that says something of a class. */
export const leaving = (text: string, { lexicon }: Pick<Document, 'lexicon'>, act: Act, gap: string): string =>
  text.split(lexicon.acts[act]).join(gap);
