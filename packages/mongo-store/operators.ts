import type { OperatorCompiler } from './operator-kit';
import { arrays } from './operators-arrays';
import { comparisons, logic } from './operators-logic';
import { calculation } from './operators-numbers';
import { objects } from './operators-objects';
import { strings } from './operators-strings';
import { types } from './operators-types';

/** Every expression operator the store does, by its name. */
export const operatorCompilers = new Map<string, OperatorCompiler>([
  ...comparisons,
  ...logic,
  ...calculation,
  ...strings,
  ...arrays,
  ...objects,
  ...types,
]);
