import type { Asked } from '../../reader/asked';
import { type Section, within } from '../../reader/document';
import { saysIn } from '../../reader/means';
import { sectorIn } from '../../reader/sectors';

export interface Hosts {
  /** As spoken; empty when nobody is named. */
  names: string[];
  /** Where they stand: an organisation that gives an activity is not its place. */
  spans: Section[];
}

interface Named extends Section {
  name: string;
}

/** The sectors that give it: one, or several in a list (妇联、共青团、总工会). `venue`: where it is; who is named in it gives nothing. */
export function hostsIn(asked: Asked, venue: Section | null): Hosts {
  const named = sectorsIn(asked).filter((each) => !venue || !within(each, venue));
  const lists = listsOf(asked, named);
  const several = lists.find((list) => list.length > 1);
  const first = sectorIn(asked);
  const single = first && venue && within(first, venue) ? withTail(asked, named[0]) : first;
  const hosts: Named[] = several ?? (single ? [single] : []);
  return { names: [...new Set(hosts.map(({ name }) => name))], spans: [...hosts, ...hostWords(asked)] };
}

/** 教育 with the 界 behind it. */
const withTail = ({ document }: Asked, named: Named | undefined): Named | undefined =>
  named && { ...named, end: named.end + (/^界别?/.exec(document.text.slice(named.end, named.end + 2))?.[0].length ?? 0) };

/** Every sector named by the organisation's own names for it, or by one that all know. */
function sectorsIn({ document, section, body }: Asked): Named[] {
  const own = document.words.of('sector').filter((h) => h.start >= section.start && h.end <= section.end);
  const found: Named[] = own.map(({ start, end, code }) => ({ start, end, name: code }));
  for (const name of document.lexicon.vocabulary.cues.sectors)
    for (let at = body.indexOf(name); at >= 0; at = body.indexOf(name, at + name.length)) {
      const start = section.start + at;
      if (!found.some((each) => start < each.end && each.start < start + name.length))
        found.push({ start, end: start + name.length, name });
    }
  return found.sort((a, b) => a.start - b.start);
}

const joint = /^(?:界别?|活动组)?(?:[、,/·&+]|和|与|及|跟|联合|会同|携手)? ?$/;

/** Those joined by nothing but 、 or 和. */
function listsOf({ document }: Asked, named: readonly Named[]): Named[][] {
  const lists: Named[][] = [];
  for (const each of named) {
    const list = lists.at(-1);
    const last = list?.at(-1);
    const gap = last ? document.text.slice(last.end, each.start) : '';
    if (list && last && gap !== '' && gap !== ' ' && joint.test(gap)) list.push(each);
    else lists.push([each]);
  }
  return lists;
}

/** Organisations that are said to give it. */
function hostWords({ document, section }: Asked): Section[] {
  const { text } = document;
  return document.words
    .of('organisation')
    .filter(({ start, end }) => start >= section.start && end <= section.end)
    .filter(
      ({ start, end }) =>
        saysIn(text.slice(end, end + 6), document, 'giving') ||
        saysIn(text.slice(Math.max(section.start, start - 8), start), document, 'given_by'),
    )
    .map(({ start, end }) => ({ start, end }));
}
