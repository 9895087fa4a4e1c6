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

/** Most nodes have one child: it is kept beside its code, and a map is made only for a second one. */
interface Node {
  code: number;
  only: Node | null;
  more: Map<number, Node> | null;
  entries: Entry[];
}

const node = (): Node => ({ code: -1, only: null, more: null, entries: [] });

function child(parent: Node, code: number): Node {
  if (parent.code === code && parent.only) return parent.only;
  const known = parent.more?.get(code);
  if (known) return known;
  const made = node();
  if (parent.only === null) {
    parent.code = code;
    parent.only = made;
  } else (parent.more ??= new Map()).set(code, made);
  return made;
}

/** All words of the vocabulary in one tree, so that a line is looked through once. */
export class Trie {
  readonly #roots: (Node | undefined)[] = [];

  add(word: string, entry: Entry): void {
    const first = word.charCodeAt(0);
    let at = this.#roots[first];
    if (!at) this.#roots[first] = at = node();
    for (let i = 1; i < word.length; i++) at = child(at, word.charCodeAt(i));
    at.entries.push(entry);
  }

  /** Every word in `text`, overlapping ones too, in the order of their start. */
  scan(text: string): Hit[] {
    const hits: Hit[] = [];
    for (let start = 0; start < text.length; start++) {
      const root = this.#roots[text.charCodeAt(start)];
      if (root) collect(root, text, start, hits);
    }
    return hits;
  }
}

function collect(root: Node, text: string, start: number, hits: Hit[]): void {
  let at: Node = root;
  for (let end = start + 1; ; end++) {
    for (const { kind, code } of at.entries) hits.push({ kind, code, start, end });
    const next = text.charCodeAt(end);
    const down: Node | null | undefined = at.code === next ? at.only : at.more?.get(next);
    if (!down) return;
    at = down;
  }
}
