export { contentWords } from './own-words';
export { createReader, type Reader } from './reader';
export type * from './reading';
export type { Vocabulary } from './vocabulary';
