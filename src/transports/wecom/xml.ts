import { XMLParser } from 'fast-xml-parser';
import { AppError } from '../../foundation/errors';

// No number conversion, no entities, no attributes: ids stay the strings they are.
const parser = new XMLParser({ parseTagValue: false, ignoreAttributes: true, trimValues: false, processEntities: false });

/** Fields of a flat <xml> document as text; nested elements are left out. Throws MALFORMED for anything else, DTDs included. */
export function readXml(text: string): Record<string, string> {
  // What people type stands in CDATA, where <! and <? are only words.
  if (/<!|<\?(?!xml )/i.test(text.replace(/<!\[CDATA\[[\s\S]*?\]\]>/g, ''))) throw new AppError('MALFORMED', 'declaration');
  let parsed: Record<string, unknown>;
  try {
    parsed = parser.parse(text, true) as Record<string, unknown>;
  } catch (error) {
    throw new AppError('MALFORMED', 'xml', { cause: error });
  }
  const roots = Object.keys(parsed).filter((key) => key !== '?xml');
  const root = parsed['xml'];
  if (roots.length !== 1 || typeof root !== 'object' || root === null || Array.isArray(root)) throw new AppError('MALFORMED', 'root');
  return Object.fromEntries(Object.entries(root).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

/** CDATA that cannot be closed from inside. */
export const cdata = (text: string): string => `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
