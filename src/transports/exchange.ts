import { systemClock } from '../foundation/clock';
import { heardTime } from '../foundation/peer-clocks';

/** Loaded by the first call: a process that has nobody to ask carries none of it. */
const undici = (): typeof import('undici') => require('undici');

/** How a call ended. 'never': it cannot have arrived. 'unknown': it may have. `json` is undefined when the body was none. */
type Exchange = { kind: 'answer'; status: number; json: unknown } | { kind: 'never'; code: string } | { kind: 'unknown'; code: string };

interface ExchangeRequest {
  /** Absent: GET. */
  json?: string;
  headers?: Record<string, string>;
  deadlineMs?: number;
}

const neverArrived = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT']);
/** Of a gateway that has not handed the request on. */
const notTaken: ReadonlySet<number> = new Set([502, 503]);
const mostBytes = 1_048_576;

/** One call of a platform's API with a deadline. Secrets may stand in the address and the headers: neither is ever logged. */
export async function exchange(url: URL, { json, headers = {}, deadlineMs = 5_000 }: ExchangeRequest): Promise<Exchange> {
  const post = json === undefined ? {} : { method: 'POST' as const, body: json };
  const type: Record<string, string> = json === undefined ? {} : { 'content-type': 'application/json' };
  const sentAt = systemClock.now().getTime();
  try {
    const response = await undici().request(url, {
      ...post,
      headers: { accept: 'application/json', ...type, ...headers },
      headersTimeout: deadlineMs,
      bodyTimeout: deadlineMs,
      signal: AbortSignal.timeout(deadlineMs),
    });
    heardTime(url.host, Date.parse(String(response.headers['date'])), sentAt);
    const text = await response.body.text();
    if (notTaken.has(response.statusCode)) return { kind: 'never', code: `http ${response.statusCode}` };
    return { kind: 'answer', status: response.statusCode, json: text.length <= mostBytes ? parsed(text) : undefined };
  } catch (error) {
    const code = errorCode(error);
    return { kind: neverArrived.has(code) ? 'never' : 'unknown', code };
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function errorCode(error: unknown): string {
  if (typeof error !== 'object' || error === null) return 'unknown';
  const { code, name } = error as { code?: unknown; name?: unknown };
  return typeof code === 'string' ? code : typeof name === 'string' ? name : 'unknown';
}
