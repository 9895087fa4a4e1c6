import type { Asked } from '../../reader/asked';
import { isName } from '../../reader/names';
import type { RecordReading } from './contact-reading';
import { readRecords } from './contacts-told';

/** /代记 姓名 …: told for another member. */
export const behalfWords = ['代记', '代录', '代补', '帮记录', '代记录', 'daiji'];

/** The name that stands first: one of the members, else what can be a name and stands alone. */
function nameFirst({ document, section }: Asked): string | null {
  const rest = document.text.slice(section.start, section.end);
  const known = (document.context.vocabulary?.members ?? []).filter((name) => rest.startsWith(name)).sort((a, b) => b.length - a.length)[0];
  if (known !== undefined) return known;
  const word = /^([\u4e00-\u9fff·]{2,6}?)(?:委员)?(?=[\s,，:]|$)/.exec(rest)?.[1];
  return word !== undefined && word.length <= 4 && isName(document, section.start, word) ? word : null;
}

/** Read without the name, and marked with it. */
export function readForAnother(asked: Asked): RecordReading {
  const { document, section, slash } = asked;
  const name = nameFirst(asked);
  const from = section.start + (name?.length ?? 0);
  const behind = /^(?:委员)?[\s,:]*/.exec(document.text.slice(from, section.end))?.[0].length ?? 0;
  const reading = readRecords(document, { start: from + (name === null ? 0 : behind), end: section.end }, { terse: slash });
  if (name !== null) for (const each of reading.records ?? [reading]) each.on_behalf_of = name;
  return reading;
}

export const isForAnother = (reading: RecordReading): boolean =>
  (reading.records ?? [reading]).every(({ on_behalf_of: whose }) => whose !== undefined);
