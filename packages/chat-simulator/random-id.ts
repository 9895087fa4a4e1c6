import { randomBytes } from 'node:crypto';

export const randomId = (bytes = 12): string => randomBytes(bytes).toString('hex');
