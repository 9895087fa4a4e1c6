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
  | 'not_place'
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
  | 'speech'
  | 'praise'
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

/** `nodes[i]` is what follows by the character `codes[i]`: nearly all have one or two, which no map finds faster. */
interface Node {
  codes: number[];
  nodes: Node[];
  entries: Entry[];
}

function child({ codes, nodes }: Node, code: number): Node {
  const known = nodes[codes.indexOf(code)];
  if (known) return known;
  const made: Node = { codes: [], nodes: [], entries: [] };
  codes.push(code);
  nodes.push(made);
  return made;
}

/** All words of the vocabulary in one tree, so that a line is looked through once. */
export class Trie {
  readonly #root: Node = { codes: [], nodes: [], entries: [] };
  /** By character code: where its node stands among the root's, counted from 1. A plain array of so many gaps would be a slow map. */
  readonly #first = new Uint16Array(65536);

  add(word: string, entry: Entry): void {
    let at = this.#root;
    for (let i = 0; i < word.length; i++) at = child(at, word.charCodeAt(i));
    at.entries.push(entry);
    this.#first[word.charCodeAt(0)] = this.#root.codes.indexOf(word.charCodeAt(0)) + 1;
  }

  /** Every word in `text`, overlapping ones too, in the order of their start. */
  scan(text: string): Hit[] {
    const hits: Hit[] = [];
    const { nodes } = this.#root;
    for (let start = 0; start < text.length; start++) {
      const first = this.#first[text.charCodeAt(start)] ?? 0;
      if (first > 0) collect(nodes[first - 1] as Node, text, start, hits);
    }
    return hits;
  }
}

function collect(from: Node, text: string, start: number, hits: Hit[]): void {
  let at = from;
  for (let end = start + 1; ; end++) {
    const { codes, nodes, entries } = at;
    for (let i = 0; i < entries.length; i++) {
      const { kind, code } = entries[i] as Entry;
      hits.push({ kind, code, start, end });
    }
    const next = text.charCodeAt(end);
    let step = codes.length - 1;
    while (step >= 0 && codes[step] !== next) step--;
    // A look at [-1] would leave the fast path.
    if (step < 0) return;
    at = nodes[step] as Node;
  }
}
