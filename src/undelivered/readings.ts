import { action } from '../organisation/may';

/** Nothing can be said to it; the office looks at its page. */
export const readings = [] as const;

export const rights = { list: action('undelivered.list', { staff: 'body', auditor: 'body' }) } as const;
