import type { Hit, Kind } from './trie';

const none: readonly Hit[] = [];

/** The vocabulary's words in one line, by where they begin and by kind. */
export class Words {
  readonly all: readonly Hit[];
  readonly #starts: (Hit[] | undefined)[] = [];
  /** A line has words of a dozen kinds at most: comparing beats looking up. */
  readonly #kinds: Kind[] = [];
  readonly #ofKind: Hit[][] = [];

  constructor(hits: readonly Hit[]) {
    this.all = hits;
    for (const hit of hits) {
      const there = this.#starts[hit.start];
      if (there) there.push(hit);
      else this.#starts[hit.start] = [hit];
      const nth = this.#kinds.indexOf(hit.kind);
      if (nth >= 0) this.#ofKind[nth]?.push(hit);
      else {
        this.#kinds.push(hit.kind);
        this.#ofKind.push([hit]);
      }
    }
  }

  /** Those that begin at `start`, shortest first. */
  at(start: number): readonly Hit[] {
    return this.#starts[start] ?? none;
  }

  /** Those of one kind, in the order of their start. */
  of(kind: Kind): readonly Hit[] {
    for (let i = 0; i < this.#kinds.length; i++) if (this.#kinds[i] === kind) return this.#ofKind[i] ?? none;
    return none;
  }
}
