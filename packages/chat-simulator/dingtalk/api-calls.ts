/** One call our application made, without secrets. */
export interface DingtalkCall {
  /** ISO instant of the simulator's clock. */
  at: string;
  path: string;
  body: Record<string, unknown> | null;
  /** 0 when the connection was broken off. */
  status: number;
  /** The platform's code for a failure; null for success. */
  code: string | null;
}

const secrets = new Set(['appSecret', 'clientSecret']);
const kept = 10_000;

/** The newest calls, in order. */
export class DingtalkCalls {
  readonly list: DingtalkCall[] = [];

  add(call: DingtalkCall): void {
    this.list.push({ ...call, body: call.body && masked(call.body) });
    if (this.list.length > kept) this.list.shift();
  }
}

const masked = (body: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(body).map(([name, value]) => [name, secrets.has(name) ? '***' : value]));
