import type { Asked } from '../reader/asked';
import { intent } from '../reader/intent';
import type { Reading } from '../reader/reading';
import { longestNames } from '../reader/recognise/groups';

/** Which sectors a work group belongs to. */
export interface BindReading extends Reading {
  intent: 'bind_group';
  /** Names of sectors as typed; empty when only the word was said. */
  scopes: string[];
}

export interface UnbindReading extends Reading {
  intent: 'unbind_group';
}

/** What follows the word. */
const namesIn = ({ body, commanded }: Asked): string => (commanded ? body : body.replace(/^绑定[\s:]*/, ''));
const isStory = ({ body, commanded }: Asked): string | null => (commanded && body.length > longestNames ? 'unclear' : null);

export const bindGroup = intent<BindReading>('bind_group', {
  words: ['绑定'],
  literal: true,
  read: (asked) => ({
    intent: 'bind_group',
    scopes: namesIn(asked)
      .split(/[、,;\s]+/)
      .filter((name) => name !== ''),
  }),
  notMeant: isStory,
});

export const unbindGroup = intent<UnbindReading>('unbind_group', {
  words: ['解绑', '解除绑定'],
  literal: true,
  read: () => ({ intent: 'unbind_group' }),
  notMeant: isStory,
});

/** What can be said about a work group. */
export const readings = [bindGroup, unbindGroup];
