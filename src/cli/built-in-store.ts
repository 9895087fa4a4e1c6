import { AppError } from '../foundation/errors';
import { cliTexts as texts } from './texts';

/** A production installation leaves the built-in store's engine out; said in one line instead of a stack of the store's own. */
export function needsBuiltInStore(resolve: (name: string) => string = require.resolve): void {
  try {
    resolve('lmdb');
  } catch (cause) {
    throw new AppError('SETTINGS_WRONG', texts.builtInLeftOut, { cause });
  }
}
