import type { ContactMode } from './contact-mode';
import { type Document, hitsOf, type Section } from './document';
import { saysIn } from './means';
import type { Hit } from './trie';
import { runsIntoName } from './where';

export interface ModeReading {
  mode: ContactMode | null;
  span: Section | null;
}

/** The mode word next to the command wins, otherwise the first one; hints only when there is none. */
export function modeOf(document: Document, section: Section, hasWhere: boolean): ModeReading {
  const words = leftmostLongest(hitsOf(document, 'mode', section).filter((h) => !aside(document, h)));
  const first = words[0];
  if (first) return { mode: overridden(document, first, words), span: { start: first.start, end: first.end } };
  return hinted(document, section, hasWhere);
}

/** What is hoped for, or how somebody else did something, is not how the contact was made. */
function aside(document: Document, hit: Hit): boolean {
  const inName = (kind: 'place' | 'organisation'): boolean =>
    document.words.of(kind).some((p) => p.start <= hit.start && p.end >= hit.end && p.end - p.start > hit.end - hit.start);
  if (inName('place') || inName('organisation') || runsIntoName(document.words, hit)) return true;
  if (hitsOf(document, 'negation', { start: Math.max(0, hit.start - 3), end: hit.end }).some((h) => h.end === hit.end)) return false;
  const before = document.text.slice(Math.max(0, hit.start - 8), hit.start);
  return saysIn(before, document, 'not_yet');
}

function leftmostLongest(hits: readonly Hit[]): Hit[] {
  const kept: Hit[] = [];
  for (const hit of hits) {
    const last = kept.at(-1);
    if (!last || hit.start >= last.end) kept.push(hit);
    else if (hit.start === last.start && hit.end > last.end) kept[kept.length - 1] = hit;
  }
  return kept;
}

/** 线上, 视频 and 微信 win over a symposium when said with it. */
function overridden(document: Document, first: Hit, words: readonly Hit[]): ContactMode {
  const { online_markers, online_overrides } = document.lexicon.vocabulary.modes;
  if (!online_overrides.includes(first.code)) return first.code as ContactMode;
  const near = document.text.slice(Math.max(0, first.start - 8), first.end + 6);
  const said = online_markers.some((marker) => near.includes(marker)) && words.some((w) => w.code === 'online');
  return said ? 'online' : (first.code as ContactMode);
}

function hinted(document: Document, section: Section, hasWhere: boolean): ModeReading {
  const hits = leftmostLongest(hitsOf(document, 'hint', section).filter((h) => !aside(document, h)));
  const gift = hits.find((h) => h.code === 'service' && h.end - h.start > 1) ?? hits.find((h) => isGift(document, h));
  const told = hits.find(
    (h) =>
      h.code === 'lecture' &&
      ((h.end - h.start > 1 && !hits.some((other) => other.code === 'visit' && other.end <= h.start)) ||
        saysIn(document.text.slice(Math.max(0, h.start - 24), h.start), document, 'done_for')),
  );
  const strong =
    told ?? hits.find((h) => h.code === 'reception') ?? gift ?? hits.find((h) => !['talk', 'visit', 'service', 'lecture'].includes(h.code));
  const moving = hasWhere && saysIn(document.text.slice(section.start, section.end), document, 'went_there');
  const chosen =
    strong && !(moving && strong.code === 'symposium')
      ? strong
      : (hits.find((h) => h.code === 'visit') ?? hits.find((h) => h.code === 'talk'));
  if (chosen && chosen.code !== 'service') {
    const mode =
      chosen.code === 'talk' && (hasWhere || saysIn(document.text.slice(section.start, section.end), document, 'went_round'))
        ? 'visit'
        : (chosen.code as ContactMode);
    return { mode, span: { start: chosen.start, end: chosen.end } };
  }
  const done = document.lexicon.acts.helped_doing.exec(document.text.slice(section.start, section.end));
  if (!chosen && done)
    return { mode: 'service', span: { start: section.start + done.index, end: section.start + done.index + done[0].length } };
  if (gift) return { mode: 'service', span: { start: gift.start, end: gift.end } };
  if (!moving) return { mode: null, span: null };
  const verb = document.lexicon.acts.went_there.exec(document.text.slice(section.start, section.end));
  const start = section.start + (verb?.index ?? 0);
  return saysIn(verb?.[0] ?? '', document, 'on_the_way')
    ? { mode: 'visit', span: { start, end: start + (verb?.[0].length ?? 0) } }
    : { mode: null, span: null };
}

/** 给环卫工人送月饼: something is given away. */
function isGift(document: Document, hit: Hit): boolean {
  if (hit.code !== 'service' || hit.end - hit.start !== 1) return false;
  const after = document.text[hit.end] ?? '';
  return (
    /[\u4e00-\u9fff]/.test(after) &&
    !saysIn(after, document, 'no_car_before') &&
    !saysIn(document.text[hit.start - 1] ?? '', document, 'no_car_after')
  );
}

export { leftmostLongest };
