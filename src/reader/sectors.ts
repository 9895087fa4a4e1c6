import type { Asked } from './asked';
import { isHan } from './characters';
import { matchesOf } from './match';

interface SectorMention {
  start: number;
  end: number;
  name: string;
}

const named = /([\u4e00-\u9fff]{2,10}?)(?:界别(?!活动|群众|委员活动日)|界(?!限|定|别活动|河|面|别群众)|活动组|界别组)/g;

const ourOwn = /^(?:我们|咱们?|俺们?|本|大家)$/;

/** The sector a line names: the organisation's own aliases first, then 教育界别, 医卫界. */
export function sectorIn(asked: Asked): SectorMention | null {
  const own = asked.document.words.of('sector').find((h) => h.start >= asked.section.start && h.end <= asked.section.end);
  if (own) {
    const tail = /^(?:界别|界)/.exec(asked.document.text.slice(own.end, own.end + 2))?.[0].length ?? 0;
    return { start: own.start, end: own.end + tail, name: own.code };
  }
  for (const match of matchesOf(named, asked.body)) {
    const name = lastWord((match[1] ?? '').replace(asked.document.lexicon.acts.no_sector_name, ''), asked);
    // 上季度咱们界别: one's own, and no name.
    if (name.length < 2 || ourOwn.test(name)) continue;
    const end = asked.section.start + match.index + match[0].length;
    return { start: end - (match[0].length - (match[1] ?? '').length) - name.length, end, name };
  }
  return called(asked);
}

/** 导出 工商联 8月: a sector's short name standing by itself. */
function called({ document, section, body }: Asked): SectorMention | null {
  for (const name of document.lexicon.vocabulary.cues.sectors) {
    const at = body.indexOf(name);
    const alone = at >= 0 && !isHan(body, at - 1) && /^(?:$|[\s,\d]|[一二三四上本今去]|的)/.test(body.slice(at + name.length));
    if (alone) return { start: section.start + at, end: section.start + at + name.length, name };
  }
  return null;
}

/** What stands directly before 界别, after the verbs: 出一份[教育]界别. */
const lastWord = (words: string, { document }: Asked): string => words.split(document.lexicon.acts.sector_led_in).at(-1) ?? '';
