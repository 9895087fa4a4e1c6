import type { Document } from './document';
import { means } from './means';

interface Said {
  body: string;
  document: Document;
}

/** Whether a line calls upon everybody by a word of the class `exhort`, with whom it calls upon at once behind it. */
export function isExhortation({ body, document }: Said): boolean {
  const { exhort, everybody, calls_first } = document.lexicon.acts;
  const rest = body.replace(calls_first, '');
  const word = exhort.exec(rest);
  return word?.index === 0 && everybody.exec(rest.slice(word[0].length, word[0].length + 8)) !== null;
}

/** Whether a line calls upon everybody, or passes on what is demanded of everybody. */
export const isNotice = (said: Said): boolean => means(said, 'notice') || means(said, 'rule_for_all');
