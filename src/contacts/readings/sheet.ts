import { isHan } from '../../reader/characters';
import type { Document, Section } from '../../reader/document';

/** The fields of a paper sheet typed into the chat (style 2): 时间：… 地点：… */
type Sheet = Partial<Record<'mode' | 'date' | 'where' | 'people' | 'content' | 'result' | 'target' | 'companions', Section>>;

interface Label {
  slot: string;
  start: number;
  from: number;
}

/** The labelled values of `section`; empty unless it is a sheet (several lines, or several labels). */
export function sheetOf(document: Document, section: Section): Sheet {
  const labels = labelsIn(document, section);
  if (labels.length < 2) return {};
  const sheet: Record<string, Section> = {};
  labels.forEach((label, i) => {
    const limit = labels[i + 1]?.start ?? section.end;
    const line = document.text.indexOf('\n', label.from);
    const end = line >= 0 && line < limit ? line : limit;
    sheet[label.slot] ??= trimmed(document.text, { start: label.from, end });
  });
  return sheet as Sheet;
}

function labelsIn(document: Document, section: Section): Label[] {
  const found: Label[] = [];
  const { text } = document;
  for (let at = text.indexOf(':', section.start); at >= 0 && at < section.end; at = text.indexOf(':', at + 1)) {
    let start = at;
    while (start > section.start && isHan(text, start - 1) && at - start < 6) start--;
    const word = text.slice(start, at).replace(/^[一二三四五六七八九]$/, '');
    const slot = document.lexicon.labels.get(word);
    if (slot) found.push({ slot, start, from: at + 1 });
  }
  return found;
}

function trimmed(text: string, { start, end }: Section): Section {
  while (start < end && /[\s,;。]/.test(text[start] ?? '')) start++;
  while (end > start && /[\s,;。、]/.test(text[end - 1] ?? '')) end--;
  return { start, end };
}
