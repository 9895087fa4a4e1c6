import { type Document, hitsOf, type Section } from './document';
import type { Lexicon } from './lexicon';
import { means, saysIn } from './means';

const emptySlot = /(?:方式|时间|日期|地点|人数|内容|对象)[:]?(?=[\s+、,/+\n]|$)/g;

/** A form to be filled in, not a contact: blanks, or the names of the fields in place of their values. */
export function isTemplate(document: Document, section: Section): boolean {
  const body = document.text.slice(section.start, section.end);
  if (saysIn(body, document, 'blank_form')) return true;
  const named = body.match(emptySlot)?.length ?? 0;
  if (named >= 2 || (body.includes('/') && means({ body, document }, 'form_with_strokes')) || means({ body, document }, 'shown_as_example'))
    return true;
  return (
    document.lexicon.sampleWord.test(body) && means({ body, document }, 'how_it_is_written') && !means({ body, document }, 'form_is_asked')
  );
}

/** News, notices and reports of others passed on. */
export function isForwarded(document: Document, section: Section): boolean {
  const body = document.text.slice(section.start, section.end);
  if (means({ body, document }, 'i_did_so_record') || means({ body, document }, 'quoted_to_record')) return false;
  const words = document.lexicon.vocabulary.cues.forwarded;
  return (
    means({ body, document }, 'passed_on') ||
    means({ body, document }, 'reported') ||
    (/^[【[](?!(?:方式|时间|日期|地点|单位|人数|内容|对象|主题)[】\]])/.test(body) && words.some((word) => body.includes(word)))
  );
}

/** Where it is said that going there is still to come (打算去, 我想国庆去看望), or -1. */
export function planAt(document: Document, section: Section): number {
  const word = hitsOf(document, 'plan', section)[0];
  if (word) return word.start;
  const meant = document.text.slice(section.start, section.end).search(document.lexicon.acts.meant_to);
  return meant < 0 ? -1 : section.start + meant;
}

/** Going there is still to come. */
export const isPlan = (document: Document, section: Section): boolean => planAt(document, section) >= 0;

/** What somebody is said to have done, or what is not to be kept. */
export const isNotToKeep = (said: { body: string; document: Document }): boolean =>
  !means(said, 'but_i') && means(said, 'hearsay') && !means(said, 'takes_back_first');

export const isChatter = (body: string, lexicon: Lexicon): boolean => saysIn(body.trim(), { lexicon }, 'courteous');
