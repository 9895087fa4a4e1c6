import { matchAt } from './match';

/**
 * The ways of saying something, as config/vocabulary writes them:
 * `推迟` the words themselves, `(改|换)了?` either, or none; `[吗么]` one of these; `(也|想|要)*` any number of them;
 * `…` up to six characters of the same clause (`…10` up to ten, `…2-14` two to fourteen), `……40` of the same sentence;
 * a blank any blank, `#` a number, `@` any Chinese character, `<name>` another class of words;
 * `参加!(率|人数)` not with these behind it, `!<没来` not with this before it, `=(…)` and `=<(…)` only with these;
 * `{@{2,4}}委员` what is read out of it stands in braces;
 * `,` at the beginning or end: the clause begins or ends there; `^` and `$`: the line does.
 */
type ClassOf = (name: string) => readonly string[];

/** One expression for all of `phrases`; `classOf` finds the classes they name. */
export function anyPhrase(phrases: readonly string[], classOf: ClassOf = () => []): RegExp {
  return new RegExp(sourceOf(phrases, classOf), phrases.some((phrase) => latin.test(phrase)) ? 'i' : '');
}

/** Word, excel, OK are typed in any case. */
const latin = /(?<!<)\b[a-z]{2,}/i;

const sourceOf = (phrases: readonly string[], classOf: ClassOf): string =>
  [...phrases]
    .sort((a, b) => b.length - a.length)
    .map((phrase) => compiled(phrase, classOf))
    .join('|');

const clauseBegins = '(?:^|[,。;!?])';
const clauseEnds = '(?=[吧啊哈]?(?:[,。;!?]|$))';

const oneOf = /\[(?:[^\]\\]|\\.)*\]/y;

const notations: readonly (readonly [RegExp, (found: RegExpExecArray, classOf: ClassOf) => string])[] = [
  [oneOf, ([text]) => text.replaceAll(' ', '\\s')],
  [/ /y, () => '\\s'],
  [/……(\d+)/y, ([, most]) => `[^。]{0,${most}}`],
  [/…(?:(\d+)-)?(\d+)?/y, ([, least = '0', most = '6']) => `[^,。]{${least},${most}}`],
  [/!</y, () => '(?<!'],
  [/=</y, () => '(?<='],
  [/!/y, () => '(?!'],
  [/=/y, () => '(?='],
  [/<([a-z_]+)>/y, ([, name = ''], classOf) => `(?:${sourceOf(classOf(name), classOf)})`],
  [/\{\d+(?:,\d*)?\}/y, ([text]) => text],
  [/#/y, () => '\\d+'],
  [/@/y, () => '[\\u4e00-\\u9fff]'],
  [/\(/y, () => '(?:'],
  [/\{/y, () => '('],
  [/\}/y, () => ')'],
];

/** Of what looks around: the one character, class or group behind the sign. */
const around = /^\(\?<?[!=]$/;

/** A comma at either end is where the clause begins or ends. */
function compiled(phrase: string, classOf: ClassOf): string {
  const from = phrase.startsWith(',') ? 1 : 0;
  const until = phrase.endsWith(',') && phrase.length > 1 ? phrase.length - 1 : phrase.length;
  return `${from > 0 ? clauseBegins : ''}${inside(phrase.slice(from, until), classOf)}${until < phrase.length ? clauseEnds : ''}`;
}

function inside(phrase: string, classOf: ClassOf): string {
  const out: string[] = [];
  for (let at = 0; at < phrase.length; ) {
    const [part, end] = partAt(phrase, at, classOf);
    at = end;
    if (!around.test(part)) out.push(part);
    else {
      const close = endOfGroup(phrase, at);
      out.push(part, inside(phrase.slice(at, close), classOf), ')');
      at = close;
    }
  }
  return out.join('');
}

function partAt(phrase: string, at: number, classOf: ClassOf): [string, number] {
  for (const [notation, write] of notations) {
    const found = matchAt(notation, phrase, at);
    if (found) return [write(found, classOf), at + found[0].length];
  }
  return [phrase[at] ?? '', at + 1];
}

/** Behind the one character, class or group that begins at `at`. */
function endOfGroup(phrase: string, at: number): number {
  if (phrase[at] === '[') return at + (matchAt(oneOf, phrase, at)?.[0].length ?? 1);
  if (phrase[at] !== '(') return at + 1;
  let open = 0;
  for (let i = at; i < phrase.length; i++) {
    if (phrase[i] === '[') i = endOfGroup(phrase, i) - 1;
    else if (phrase[i] === '(') open++;
    else if (phrase[i] === ')' && --open === 0) return i + 1;
  }
  throw new Error(`a way of saying is not closed: ${phrase}`);
}
