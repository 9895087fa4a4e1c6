/**
 * Hides phone and identity numbers inside free text: '13812345678' → '138****5678' (C17). Applied before storing and
 * before saying; what is hidden cannot leak later.
 */
export function maskPersonal(text: string): string {
  return text
    .replace(/(?<!\d)(\d{6})\d{8}(\d{3}[\dXx])(?!\d)/g, '$1********$2')
    .replace(/(?<!\d)(1[3-9]\d)[ -]?\d{4}[ -]?(\d{4})(?!\d)/g, '$1****$2')
    .replace(/(?<!\d)(0\d{2,3})[ -]?\d{3,4}(\d{4})(?!\d)/g, '$1****$2');
}
