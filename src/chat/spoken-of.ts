/** Numbers in what the assistant has said: R1024 (record), A23 (activity), C7, M3, J12 … */
const code = /(?<![A-Za-z\d])([A-Z])(\d{1,6})(?!\d)/g;

interface Spoken {
  /** Numbers of the records it is about. */
  records: string[];
  /** Number of the first other thing it is about; null when it names none. */
  other: string | null;
}

/**
 * What a sentence of the assistant is about. No platform says which message was quoted, so the assistant says the number of what
 * it speaks of, and before any other number; a list has one a line.
 */
export function recordsSpokenOf(said: string): Spoken {
  const lines = said.split('\n').map((line) => [...line.matchAll(code)].map(([whole]) => whole));
  const firsts = lines.flatMap(([first]) => first ?? []);
  const [subject] = firsts;
  if (subject === undefined) return { records: [], other: null };
  if (!subject.startsWith('R')) return { records: [], other: subject };
  return { records: [...new Set(firsts.filter((each) => each.startsWith('R')))], other: null };
}

/** Whether a sentence names anything that can be spoken of further. */
export const speaksOfSomething = (said: string): boolean => new RegExp(code.source).test(said);

/** Whether all that a sentence numbers is one and the same thing, of one of these kinds. */
export function speaksOfOne(said: string, letters: string): boolean {
  const [only, another] = new Set([...said.matchAll(code)].map(([whole]) => whole));
  return only !== undefined && another === undefined && letters.includes(only.charAt(0));
}
