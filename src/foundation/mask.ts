import { personalNumbers } from './personal-numbers';

/**
 * Hides phone, identity and card numbers inside free text in whatever way they are written, '13812345678' and '138.1234.5678' →
 * '138****5678' (C17). Hiding twice changes nothing.
 */
export function maskPersonal(text: string): string {
  let masked = '';
  let from = 0;
  for (const { start, end, digits, head, stars, tail } of personalNumbers(text)) {
    masked += text.slice(from, start) + digits.slice(0, head).join('') + '*'.repeat(stars) + digits.slice(-tail).join('');
    from = end;
  }
  return masked + text.slice(from);
}
