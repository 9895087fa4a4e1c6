/** Words to be looked for at a place, by their first character: most places begin none. */
export class WordList {
  readonly all: readonly string[];
  readonly #byFirst = new Map<number, string[]>();

  constructor(words: readonly string[]) {
    this.all = words;
    for (const word of [...words].sort((a, b) => b.length - a.length)) {
      const first = word.charCodeAt(0);
      const there = this.#byFirst.get(first);
      if (there) there.push(word);
      else this.#byFirst.set(first, [word]);
    }
  }

  has(word: string): boolean {
    return this.at(word, 0) === word;
  }

  /** The longest of them that stands at `at` and ends by `until`, or null. */
  at(text: string, at: number, until = text.length): string | null {
    const words = this.#byFirst.get(text.charCodeAt(at));
    if (words) for (const word of words) if (at + word.length <= until && text.startsWith(word, at)) return word;
    return null;
  }
}
