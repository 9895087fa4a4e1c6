import type { Usage } from '../../delivery/usage';
import type { SharedToken } from '../shared-token';
import { type CallResult, callAsApp, callOldAsApp } from './api';
import type { DingtalkOptions } from './options';

/** Rejected for too many calls a second: the only answers the plan is not charged for. */
const uncounted = /Qps|^9000[28]$|^90018$|^http 429$/;

/** The calls the monthly plan is charged for. Token, login and address book are free and do not come by here. */
export class AppCalls {
  constructor(
    private readonly options: Pick<DingtalkOptions, 'apiBase' | 'sessionBase' | 'usage'>,
    private readonly tokens: SharedToken,
  ) {}

  /** Of api.dingtalk.com. */
  modern(path: string, body: object): Promise<CallResult> {
    const url = new URL(path, this.options.apiBase);
    return charged(this.options.usage, () => callAsApp(this.tokens, url, JSON.stringify(body)));
  }

  /** Of oapi.dingtalk.com. */
  old(path: string, body: object): Promise<CallResult> {
    const url = new URL(path, this.options.sessionBase);
    return charged(this.options.usage, () => callOldAsApp(this.tokens, url, JSON.stringify(body)));
  }
}

// Counted before, so that a crash counts once too often rather than once too seldom.
async function charged(usage: Usage, call: () => Promise<CallResult>): Promise<CallResult> {
  await usage.add('calls');
  let free = true;
  try {
    const result = await call();
    free = result.kind === 'never' || (result.kind === 'refused' && uncounted.test(result.code));
    return result;
  } finally {
    if (free) await usage.add('calls', -1);
  }
}
