import { action, all } from '../organisation/may';

/** Whoever only reads records nothing. */
const doers = all('own', ['auditor']);

export const rights = {
  add: action('record.add', doers),
  change: action('record.change', doers),
  list: action('record.list', { ...doers, convener: 'sector', liaison_officer: 'sector', staff: 'body', auditor: 'body' }),
};
