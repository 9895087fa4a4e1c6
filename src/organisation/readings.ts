import type { Asked } from '../reader/asked';
import { intent } from '../reader/intent';
import type { Reading } from '../reader/reading';
import { longestNames } from '../reader/recognise/groups';
import { action, all } from './may';

/** Which sectors a work group belongs to. */
export interface BindReading extends Reading {
  intent: 'bind_group';
  /** Names of sectors as typed; empty when only the word was said. */
  scopes: string[];
}

export interface UnbindReading extends Reading {
  intent: 'unbind_group';
}

export interface GroupInfoReading extends Reading {
  intent: 'group_info';
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

export const groupInfo = intent<GroupInfoReading>('group_info', {
  words: ['群信息', '群编号'],
  literal: true,
  read: () => ({ intent: 'group_info' }),
  notMeant: isStory,
});

/** What can be said about a work group. */
export const readings = [bindGroup, unbindGroup, groupInfo];

export const rights = {
  /** What a work group is bound to is no secret to its members. */
  seeBinding: action('group.see_binding', all('body')),
  /** The id by which an operator finds the group. */
  seeGroupId: action('group.see_id', { convener: 'body', liaison_officer: 'body', staff: 'body', administrator: 'body' }),
  /** Which sectors a work group belongs to. */
  bindGroup: action('group.bind', { convener: 'sector', liaison_officer: 'sector', staff: 'body', administrator: 'body' }),
};
