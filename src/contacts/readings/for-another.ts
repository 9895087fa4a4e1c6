import type { Asked } from '../../reader/asked';
import type { Section } from '../../reader/document';
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

const name = '[\\u4e00-\\u9fff]{2,4}?';
const recording = '(?:各|都|分别|也)?(?:补?记|补录|补报|录入|登记|填报|上报)';
const listed = new RegExp(
  `(?:代|帮|替|给)((?:${name}(?:委员)?[、,，和与及]){1,7}${name})(?:[两二三四五六七八\\d]+[位名])?(?:委员)?${recording}`,
  'u',
);

/** 帮周岚、夏澍予记录: who may be meant where a line is told for several at once; none for one. */
export const severalToldFor = (text: string): string[] =>
  (listed.exec(text)?.[1] ?? '').split(/(?:委员)?[、,，和与及]/u).filter((name) => name !== '');

const forThem = /^[^。:：\n]{2,20}?(?:帮|替|代)(?:[他她]|本人)(?:来|把)?(?:补?记|补录|登记|录入?)(?:一下|一条|上)?(?:[,:，：]\s*|$)/u;

/** 周岚自己不会弄，我帮她记: what may be the name, where the line begins with it and 她 is told for. */
export function nameToldForThem(line: string): string[] {
  if (!forThem.test(line)) return [];
  const start = /^[\u4e00-\u9fff·]{2,4}/u.exec(line)?.[0] ?? '';
  return [2, 3, 4].filter((length) => length <= start.length).map((length) => start.slice(0, length));
}

/** 周岚, 周岚委员去了, 周岚和许知夏: what may be the name of who acts, before anything is said of the contact. */
export function nameAsSubject(words: string): string[] {
  if (/我|咱|俺|本人|陪/u.test(words) || !/^[\u4e00-\u9fff·、]{2,12}$/u.test(words)) return [];
  return [2, 3, 4, 5, 6]
    .map((length) => words.slice(0, length))
    .filter((name, at) => name.length === at + 2 && acts.test(words.slice(at + 2)));
}

const acts =
  /^(?:(?:委员)?[、和跟与及同][\u4e00-\u9fff·]{2,6}?)*(?:(?:两|三|几)位)?(?:委员|同志|主席|主任)?(?:已经|也|又|刚刚?|一起|一同)*(?:在|去|到|来)?[了过]?$/u;

/** What is told behind 我帮她记: why it is told for her is no part of the contact. */
export function afterForThem({ section, body }: Asked): Section {
  const before = forThem.exec(body)?.[0].length ?? 0;
  return before < body.length ? { start: section.start + before, end: section.end } : section;
}
