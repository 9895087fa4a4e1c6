/** One call our application made, without secrets. */
export interface ApiCall {
  /** ISO instant of the simulator's clock. */
  at: string;
  method: string;
  path: string;
  query: Record<string, string>;
  body: Record<string, unknown> | null;
  /** null when the connection was broken off or the answer was no JSON. */
  errcode: number | null;
  /** What WeCom asks callers not to do, e.g. sending at :00 or :30. */
  remark?: string;
}

const secrets = new Set(['access_token', 'corpsecret', 'response_code', 'code', 'key']);
const kept = 10_000;

/** The newest calls, in order. */
export class ApiCalls {
  readonly list: ApiCall[] = [];

  add(call: ApiCall): void {
    this.list.push({ ...call, query: masked(call.query) });
    if (this.list.length > kept) this.list.shift();
  }
}

const masked = (query: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(query).map(([name, value]) => [name, secrets.has(name) ? '***' : value]));
