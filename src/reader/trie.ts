/** What a word means to the reader: its kind, and within the kind a code. */
interface Entry {
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
  | 'counted_as'
  | 'attendance'
  | 'turn'
  | 'level'
  | 'again'
  | 'not_topic'
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
  | 'problem_shield'
  | 'emergency'
  | 'member_name'
  | 'sector';

export interface Hit extends Entry {
  start: number;
  end: number;
}

interface Node {
  children: Map<number, Node>;
  entries: Entry[];
}

const newNode = (): Node => ({ children: new Map(), entries: [] });

/**
 * The tree in flat tables, level by level, so that the children of a node stand side by side: from `first[node]` to before
 * `first[node + 1]`, each reached by the character `code`. Nodes spread over the heap cost a look into main memory each.
 */
interface Tables {
  /** By character code: the node of the words that begin so, or 0. */
  start: Uint16Array;
  first: Uint32Array;
  code: Uint16Array;
  entries: (readonly Entry[] | null)[];
}

function tablesOf(root: Node): Tables {
  const nodes = [root];
  const first: number[] = [];
  const codes = [0];
  for (let n = 0; n < nodes.length; n++) {
    first.push(nodes.length);
    for (const [code, child] of nodes[n]?.children ?? []) {
      nodes.push(child);
      codes.push(code);
    }
  }
  first.push(nodes.length);
  const start = new Uint16Array(65536);
  Array.from(root.children.keys()).forEach((code, i) => (start[code] = i + 1));
  const entries = nodes.map((node) => (node.entries.length > 0 ? node.entries : null));
  return { start, first: Uint32Array.from(first), code: Uint16Array.from(codes), entries };
}

/** All words of the vocabulary in one tree, so that a line is looked through once. */
export class Trie {
  readonly #root = newNode();
  #tables: Tables | null = null;

  add(word: string, entry: Entry): void {
    let at = this.#root;
    for (let i = 0; i < word.length; i++) {
      const code = word.charCodeAt(i);
      let next = at.children.get(code);
      if (!next) at.children.set(code, (next = newNode()));
      at = next;
    }
    at.entries.push(entry);
    this.#tables = null;
  }

  /** Every word in `text`, overlapping ones too, in the order of their start. */
  scan(text: string): Hit[] {
    const tables = (this.#tables ??= tablesOf(this.#root));
    const hits: Hit[] = [];
    for (let at = 0; at < text.length; at++) collect(tables, text, at, hits);
    return hits;
  }
}

function collect({ start, first, code, entries }: Tables, text: string, at: number, hits: Hit[]): void {
  let node = start[text.charCodeAt(at)] ?? 0;
  if (node === 0) return;
  for (let end = at + 1; ; end++) {
    const here = entries[node];
    if (here) for (let i = 0; i < here.length; i++) hits.push(hitOf(here[i] as Entry, at, end));
    const next = text.charCodeAt(end);
    const last = first[node + 1] ?? 0;
    let child = first[node] ?? 0;
    while (child < last && code[child] !== next) child++;
    if (child === last) return;
    node = child;
  }
}

const hitOf = ({ kind, code }: Entry, start: number, end: number): Hit => ({ kind, code, start, end });
