const digit = '[0-9０-９]';
const alone = (pattern: string): RegExp => new RegExp(`(?<!${digit})${pattern}(?!${digit})`, 'gu');
const identity = alone(`(${digit}{6})[ -]?${digit}{8}[ -]?(${digit}{3}[0-9０-９XxＸｘ])`);
const mobile = new RegExp(
  `(?<!${digit})((?:(?:[+＋]|00)?86[ -]?)?[1１][3-9３-９]${digit})[ -]?${digit}{4}[ -]?(${digit}{4})(?!${digit})`,
  'gu',
);
const landline = alone(`([0０]${digit}{2,3})[ -]?${digit}{3,4}(${digit}{4})`);
/** Bank cards, and identity numbers of the old kind. */
const long = alone(`(${digit}{4})${digit}{7,11}(${digit}{4})`);

/**
 * Hides phone, identity and card numbers inside free text, full-width digits too: '13812345678' → '138****5678' (C17).
 * Applied before storing and before saying; what is hidden cannot leak later.
 */
export function maskPersonal(text: string): string {
  return text.replace(identity, '$1********$2').replace(mobile, '$1****$2').replace(landline, '$1****$2').replace(long, '$1****$2');
}
