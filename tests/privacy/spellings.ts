/** Ways to write eleven digits of a mobile number down. */
export const mobileSpellings: Readonly<Record<string, (digits: string) => string>> = {
  plain: (d) => d,
  dots: (d) => parts(d, '.'),
  dashes: (d) => parts(d, '-'),
  'long dashes': (d) => parts(d, '——'),
  'full-width dashes': (d) => parts(d, '－'),
  blanks: (d) => parts(d, ' '),
  'full-width blanks': (d) => parts(d, '\u3000'),
  'blanks that do not break': (d) => parts(d, '\u00a0'),
  'several blanks': (d) => parts(d, '   '),
  tabs: (d) => parts(d, '\t'),
  'blanks nobody sees': (d) => parts(d, '\u200b'),
  'middle dots': (d) => parts(d, '·'),
  underscores: (d) => parts(d, '_'),
  slashes: (d) => parts(d, '/'),
  'single stars': (d) => parts(d, '*'),
  commas: (d) => parts(d, '，'),
  'the word for a dash': (d) => parts(d, '杠'),
  'brackets round the first three': (d) => `(${d.slice(0, 3)})${d.slice(3)}`,
  'square brackets': (d) => `[${d.slice(0, 3)}] ${d.slice(3, 7)}-${d.slice(7)}`,
  'three and eight': (d) => `${d.slice(0, 3)} ${d.slice(3)}`,
  'seven and four': (d) => `${d.slice(0, 7)}-${d.slice(7)}`,
  'one by one': (d) => Array.from(d).join(' '),
  'one by one with dashes': (d) => Array.from(d).join('-'),
  pairs: (d) => d.match(/..?/g)?.join(' ') ?? d,
  'full-width digits': (d) => shifted(d, 0xff10),
  'full-width digits with blanks': (d) => parts(shifted(d, 0xff10), '　'),
  'Chinese numerals': (d) => spoken(d, '〇一二三四五六七八九'),
  'Chinese numerals with a spoken one and zero': (d) => spoken(d, '零幺二三四五六七八九'),
  'Chinese numerals in parts': (d) => parts(spoken(d, '〇一二三四五六七八九'), ' '),
  'numerals of cheques': (d) => spoken(d, '零壹贰叁肆伍陆柒捌玖'),
  'half Chinese': (d) => spoken(d.slice(0, 3), '〇一二三四五六七八九') + d.slice(3),
  '+86': (d) => `+86${d}`,
  '+86 apart': (d) => `+86 ${parts(d, ' ')}`,
  '0086': (d) => `0086-${d}`,
  '86 glued': (d) => `86${d}`,
  framed: (d) =>
    Array.from(d)
      .map((each) => `${each}\ufe0f\u20e3`)
      .join(''),
};

const parts = (digits: string, by: string): string => [digits.slice(0, 3), digits.slice(3, 7), digits.slice(7)].join(by);
const shifted = (digits: string, zero: number): string =>
  Array.from(digits)
    .map((d) => String.fromCharCode(zero + Number(d)))
    .join('');
const spoken = (digits: string, words: string): string =>
  Array.from(digits)
    .map((d) => words[Number(d)] ?? d)
    .join('');

/** Other numbers of persons. */
export const otherNumbers: readonly string[] = [
  '(0595)22987651',
  '（0595）2298-7651',
  '0595-22987651',
  '0595.2298.7651',
  '0595　22987651',
  '零五九五二二九八七六五一',
  '电话22987651',
  '350500-1990-0307-8518',
  '350500 19900307 8518',
  '350500199003078518',
  '3505 0019 9003 0785 1X',
  '三五〇五〇〇一九九〇〇三〇七八五一八',
  '6222 0212 3456 7890 123',
  '6222-0212-3456-7890',
  '6222021234567890123',
  '６２２２０２１２３４５６７８９０１２３',
  '+852 9876 5432',
];

const values = new Map(Array.from('〇零一二三四五六七八九幺壹贰叁肆伍陆柒捌玖').map((c, at) => [c, '001234567891123456789'[at] ?? '']));

/** The digits of a text, however written, with nothing between them: a number in clear is found in it. */
export const onlyDigits = (text: string): string =>
  Array.from(text.normalize('NFKC'))
    .map((c) => values.get(c) ?? c)
    .filter((c) => /[\dXx*]/.test(c))
    .join('')
    .toUpperCase();
