import { means } from '../means';
import type { Signs } from '../signs';
import type { Rule } from './rule';

/** The sender asks how something is done, or what the bot can do; 上条怎么记成12了，应该是21 is no such question. */
export const asksHow = (s: Signs): boolean => !s.contact && means(s, 'asks_how') && !means(s, 'said_wrong');

/** How the bot is used. */
export const helps: readonly Rule[] = [
  ['help', asksHow],
  ['help', (s) => means(s, 'more_help')],
];
