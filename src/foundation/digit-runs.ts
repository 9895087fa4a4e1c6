/** Digits that stand together, as written and as they count. */
export interface DigitGroup {
  start: number;
  end: number;
  /** As 0–9, and X at the end of an identity number. */
  value: string;
  /** As written: '1', '１', '一'; as many as `value` has. */
  digits: readonly string[];
  /** Where each of them begins. */
  places: readonly number[];
}

/** Groups with nothing between them but what people put into long numbers. */
export type Run = readonly DigitGroup[];

const spoken = new Map<string, string>();
for (const [characters, values] of [
  ['〇零○一二三四五六七八九幺两', '00012345678912'],
  ['壹贰叁肆伍陆柒捌玖', '123456789'],
] as const)
  for (const [at, character] of Array.from(characters).entries()) spoken.set(character, values[at] ?? '');

/** Also ①, ¹, 𝟏: whatever the compatible form of is a digit. */
const digit = `(?:[0-9０-９${[...spoken.keys()].join('')}\\u2460-\\u2468\\u24ea\\u2776-\\u277e\\u2070\\u00b9\\u00b2\\u00b3\\u2074-\\u2079\\u2080-\\u2089\\u{1d7ce}-\\u{1d7ff}])`;
/** What nobody sees: 1️⃣ is a digit, a variant and a frame. */
const unseen = '[\\p{Cf}\\p{Mn}\\p{Me}]*';
const between = `(?:[\\s\\p{Z}\\p{Cf}\\p{Pd}\\p{Ps}\\p{Pe}\\p{Pc}.,·•・‧．。｡，、/／|｜\\\\~～〜'"‘’“”−]|横杠|杠|空格){1,8}|[*＊]{1,3}(?![*＊])`;
const aRun = new RegExp(`${digit}${unseen}(?:(?:${between})?${digit}${unseen})*(?:(?:${between})?[XxＸｘ×](?![A-Za-z]))?`, 'gu');
const oneDigit = new RegExp(`${digit}|[XxＸｘ×]`, 'u');
const hidden = new RegExp(`^${unseen}$`, 'u');

/** What the character counts; '' for what is no digit. */
function valueOf(character: string): string {
  if (!oneDigit.test(character)) return '';
  return spoken.get(character) ?? (/[XxＸｘ×]/.test(character) ? 'X' : character.normalize('NFKC'));
}

/** All runs of at least `least` digits, in order. */
export function digitRuns(text: string, least: number): Run[] {
  return matches(text)
    .map((match) => grouped(match[0], match.index))
    .map((groups) => (text[groups[0]?.start ? groups[0].start - 1 : -1] === '*' ? groups.slice(1) : groups))
    .filter((groups) => groups.reduce((sum, { value }) => sum + value.length, 0) >= least);
}

/** matchAll would compile the expression anew for every line. */
function matches(text: string): RegExpExecArray[] {
  const found: RegExpExecArray[] = [];
  aRun.lastIndex = 0;
  for (let match = aRun.exec(text); match; match = aRun.exec(text)) found.push(match);
  return found;
}

function grouped(run: string, offset: number): DigitGroup[] {
  const groups: { start: number; end: number; value: string; digits: string[]; places: number[] }[] = [];
  let at = offset;
  let apart = true;
  for (const character of run) {
    const value = valueOf(character);
    const last = groups.at(-1);
    const place = at;
    at += character.length;
    if (value === '') {
      if (!hidden.test(character)) apart = true;
      else if (last && !apart) last.end = at;
      continue;
    }
    if (apart || !last) groups.push({ start: place, end: at, value, digits: [character], places: [place] });
    else {
      last.value += value;
      last.digits.push(character);
      last.places.push(place);
      last.end = at;
    }
    apart = false;
  }
  return groups;
}
