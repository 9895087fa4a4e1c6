import { action, all } from './may';

export const rights = {
  /** What a work group is bound to is no secret to its members. */
  seeBinding: action('group.see_binding', all('body')),
  /** Which sectors a work group belongs to. */
  bindGroup: action('group.bind', { convener: 'sector', liaison_officer: 'sector', staff: 'body', administrator: 'body' }),
};
