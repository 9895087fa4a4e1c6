export type { ContactMode } from './contact-mode';
export type { Intent } from './intent';
export { longestRead } from './normalise';
export { createReader, type Reader } from './reader';
export type * from './reading';
export { isNone } from './reading';
