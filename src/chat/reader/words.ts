import type { Hit, Kind } from './trie';

const none: readonly Hit[] = [];

/** The vocabulary's words in one line, by where they begin and by kind. */
export class Words {
  readonly all: readonly Hit[];
  readonly #starts: (Hit[] | undefined)[] = [];
  readonly #kinds = new Map<Kind, Hit[]>();

  constructor(hits: readonly Hit[]) {
    this.all = hits;
    for (const hit of hits) {
      const there = this.#starts[hit.start];
      if (there) there.push(hit);
      else this.#starts[hit.start] = [hit];
      const alike = this.#kinds.get(hit.kind);
      if (alike) alike.push(hit);
      else this.#kinds.set(hit.kind, [hit]);
    }
  }

  /** Those that begin at `start`, shortest first. */
  at(start: number): readonly Hit[] {
    return this.#starts[start] ?? none;
  }

  /** Those of one kind, in the order of their start. */
  of(kind: Kind): readonly Hit[] {
    return this.#kinds.get(kind) ?? none;
  }
}
