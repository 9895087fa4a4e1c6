import type { Act } from './act-names';
import type { Document } from './document';

/** Whether the words of `body` say it in one of the ways of a class. */
export const means = ({ body, document }: { body: string; document: Document }, act: Act): boolean => document.lexicon.acts[act].test(body);

/** The same of any other words. */
export const saysIn = (text: string, { lexicon }: Pick<Document, 'lexicon'>, act: Act): boolean => lexicon.acts[act].test(text);
