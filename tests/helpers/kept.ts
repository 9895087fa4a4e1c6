import { fitToKeep, type KeptText } from '../../src/foundation/kept-text';

/** A line that bears no mark of secrecy, as a feature is given it. */
export function kept(text: string): KeptText {
  const checked = fitToKeep(text);
  if (checked === null) throw new Error(`“${text}” may not be kept`);
  return checked;
}
