import { bindExpression } from './expression';
import { notDone, StoreError } from './failure';
import { compileFilter } from './matcher';
import { type Doc, type Found, isDoc, textOf } from './values';

/** What documents of a collection must be like (docs: "Schema Validation", with query operators). */
export interface Validation {
  test: (doc: Doc, now: Date) => boolean;
  /** Documents that are not like it already may be changed without becoming so. */
  moderate: boolean;
}

export const validationFields = ['validator', 'validationLevel', 'validationAction'];
const levels = ['off', 'strict', 'moderate'];

/** The validation options of a collection after `given` is applied to those it has, with MongoDB's defaults. */
export function validationOptions(before: Doc, given: Doc, where: { database: string; command: string }): Doc {
  const after: Doc = new Map(before);
  for (const field of validationFields) {
    const value = given.get(field);
    if (value !== undefined) after.set(field, value);
  }
  const validator = after.get('validator');
  if (validator !== undefined && !isDoc(validator))
    throw new StoreError('TypeMismatch', `BSON field '${where.command}.validator' is the wrong type, expected type 'object'`);
  if (!validator?.size) after.delete('validator');
  else
    after
      .set('validationLevel', after.get('validationLevel') ?? 'strict')
      .set('validationAction', after.get('validationAction') ?? 'error');
  if (validator?.size && ['admin', 'local', 'config'].includes(where.database))
    throw new StoreError('InvalidOptions', `Document validators are not allowed on collections in the ${where.database} database`);
  checkChoice(`${where.command}.validationLevel`, after.get('validationLevel'), levels);
  checkChoice(`${where.command}.validationAction`, after.get('validationAction'), ['error', 'warn']);
  if (after.get('validationAction') === 'warn') throw notDone("the validationAction 'warn'", 'InvalidOptions');
  return after;
}

function checkChoice(field: string, value: Found, choices: string[]): void {
  if (value === undefined || choices.includes(value as string)) return;
  throw new StoreError('BadValue', `Enumeration value '${textOf(value)}' for field '${field}' is not a valid value.`);
}

/** Makes the test of a collection's options; an operator that the store does not do is refused here. */
export function readValidation(options: Doc): Validation | undefined {
  const validator = options.get('validator');
  if (!isDoc(validator)) return undefined;
  const variables = new Map<string, Found>();
  const filter = compileFilter(validator, { expression: bindExpression(variables) });
  const test = (doc: Doc, now: Date): boolean => {
    variables.set('NOW', now);
    return filter(doc);
  };
  const level = options.get('validationLevel');
  return level === 'off' ? undefined : { test, moderate: level === 'moderate' };
}
