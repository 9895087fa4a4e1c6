import { notDone, StoreError } from './failure';
import { compileFilter, type Test } from './matcher';
import { type Doc, type Found, isDoc, textOf } from './values';

/** What documents of a collection must be like (docs: "Schema Validation", with query operators). */
export interface Validation {
  test: Test;
  /** Documents that are not like it already may be changed without becoming so. */
  moderate: boolean;
}

export const validationFields = ['validator', 'validationLevel', 'validationAction'];
const levels = ['off', 'strict', 'moderate'];

/** The validation options of a new collection, with MongoDB's defaults. */
export function validationOptions(given: Doc, database: string): Doc {
  const after: Doc = new Map();
  for (const field of validationFields) {
    const value = given.get(field);
    if (value !== undefined) after.set(field, value);
  }
  const validator = after.get('validator');
  if (validator !== undefined && !isDoc(validator))
    throw new StoreError('TypeMismatch', "BSON field 'create.validator' is the wrong type, expected type 'object'");
  if (!validator?.size) after.delete('validator');
  else
    after
      .set('validationLevel', after.get('validationLevel') ?? 'strict')
      .set('validationAction', after.get('validationAction') ?? 'error');
  if (validator?.size && ['admin', 'local', 'config'].includes(database))
    throw new StoreError('InvalidOptions', `Document validators are not allowed on collections in the ${database} database`);
  checkChoice('create.validationLevel', after.get('validationLevel'), levels);
  checkChoice('create.validationAction', after.get('validationAction'), ['error', 'warn']);
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
  const test = compileFilter(validator);
  const level = options.get('validationLevel');
  return level === 'off' ? undefined : { test, moderate: level === 'moderate' };
}
