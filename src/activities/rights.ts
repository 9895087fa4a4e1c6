import { action, all } from '../organisation/may';

const doers = all('own', ['auditor']);

export const rights = {
  /** Those who run a sector, a committee or the office. */
  create: action('activity.create', {
    convener: 'body',
    liaison_officer: 'body',
    committee_director: 'body',
    deputy_director: 'body',
    staff: 'body',
  }),
  see: action('activity.see', all('body')),
  signUp: action('activity.sign_up', all('body', ['auditor'])),
  /** A sign-up is the member's own, and that of whoever typed it. */
  cancelSignUp: action('activity.cancel_sign_up', { ...doers, convener: 'sector', liaison_officer: 'sector', staff: 'body' }),
};
