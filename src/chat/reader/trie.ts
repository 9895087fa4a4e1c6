/** What a word means to the reader: its kind, and within the kind a code. */
export interface Entry {
  kind: Kind;
  code: string;
}

export type Kind =
  | 'mode'
  | 'hint'
  | 'service'
  | 'topic'
  | 'result'
  | 'place'
  | 'organisation'
  | 'gazetteer'
  | 'stop'
  | 'compound'
  | 'measure'
  | 'family'
  | 'role'
  | 'helper'
  | 'neighbour'
  | 'day'
  | 'vague'
  | 'part'
  | 'festival'
  | 'problem'
  | 'negation'
  | 'plan'
  | 'shield'
  | 'emergency'
  | 'member_name'
  | 'sector';

export interface Hit extends Entry {
  start: number;
  end: number;
}

interface Node {
  next: Map<number, Node>;
  entries: Entry[];
}

const node = (): Node => ({ next: new Map(), entries: [] });

/** All words of the vocabulary in one tree, so that a line is looked through once. */
export class Trie {
  readonly #root = node();

  add(word: string, entry: Entry): void {
    let at = this.#root;
    for (let i = 0; i < word.length; i++) {
      const code = word.charCodeAt(i);
      let next = at.next.get(code);
      if (!next) at.next.set(code, (next = node()));
      at = next;
    }
    at.entries.push(entry);
  }

  /** Every word in `text`, overlapping ones too, in the order of their start. */
  scan(text: string): Hit[] {
    const hits: Hit[] = [];
    for (let start = 0; start < text.length; start++) this.#from(text, start, hits);
    return hits;
  }

  #from(text: string, start: number, hits: Hit[]): void {
    let at: Node | undefined = this.#root;
    for (let i = start; i < text.length; i++) {
      at = at.next.get(text.charCodeAt(i));
      if (!at) return;
      for (const entry of at.entries) hits.push({ ...entry, start, end: i + 1 });
    }
  }
}
