import { request } from 'undici';
import { z } from 'zod';

const answerShape = z.looseObject({ errcode: z.number().optional(), errmsg: z.string().optional() });
export type ApiAnswer = z.infer<typeof answerShape>;

/** How a call ended. 'never': it cannot have arrived. 'unknown': it may have. */
export type CallResult = { kind: 'answer'; answer: ApiAnswer } | { kind: 'never'; code: string } | { kind: 'unknown'; code: string };

const neverArrived = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT']);
const mostBytes = 1_048_576;

/** One call of the WeCom API with a deadline. `json` absent: GET. Secrets stand in the address: it is never logged. */
export async function call(url: URL, json?: string, deadlineMs = 5_000): Promise<CallResult> {
  try {
    const post = json === undefined ? {} : { method: 'POST' as const, headers: { 'content-type': 'application/json' }, body: json };
    const response = await request(url, {
      ...post,
      headersTimeout: deadlineMs,
      bodyTimeout: deadlineMs,
      signal: AbortSignal.timeout(deadlineMs),
    });
    if (response.statusCode !== 200) {
      await response.body.dump({ limit: mostBytes });
      return { kind: 'unknown', code: `http ${response.statusCode}` };
    }
    const text = await response.body.text();
    const read = answerShape.safeParse(text.length <= mostBytes ? JSON.parse(text) : null);
    return read.success ? { kind: 'answer', answer: read.data } : { kind: 'unknown', code: 'unreadable answer' };
  } catch (error) {
    const code = errorCode(error);
    return { kind: neverArrived.has(code) ? 'never' : 'unknown', code };
  }
}

function errorCode(error: unknown): string {
  if (typeof error !== 'object' || error === null) return 'unknown';
  const { code, name } = error as { code?: unknown; name?: unknown };
  return typeof code === 'string' ? code : typeof name === 'string' ? name : 'unknown';
}
