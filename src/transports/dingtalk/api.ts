import { z } from 'zod';
import { exchange } from '../exchange';
import type { SharedToken } from '../shared-token';
import { codeEntry } from './error-codes';

type Answer = Record<string, unknown>;

/** How a call ended. 'refused': the platform says it did nothing, `words` in its own words. 'never': it cannot have arrived. 'unknown': it may have. */
export type CallResult =
  | { kind: 'done'; answer: Answer }
  | { kind: 'refused'; code: string; words?: string }
  | { kind: 'never'; code: string }
  | { kind: 'unknown'; code: string };

const newFailure = z.object({
  code: z.string().min(1).max(200),
  message: z.string().optional(),
  accessdenieddetail: z.object({ requiredScopes: z.array(z.string()).optional() }).optional(),
});
const oldAnswer = z.looseObject({
  errcode: z.coerce.number(),
  sub_code: z.string().optional(),
  errmsg: z.string().optional(),
  sub_msg: z.string().optional(),
});
const anyObject = z.record(z.string(), z.unknown());

/** A call of the new family (api.dingtalk.com): HTTP tells success from failure. Without `json` a GET. */
export async function callNew(url: URL, json: string | undefined, headers: Record<string, string> = {}): Promise<CallResult> {
  const result = await exchange(url, { headers, ...(json === undefined ? {} : { json }) });
  if (result.kind !== 'answer') return result;
  if (result.status >= 200 && result.status < 300) {
    const read = anyObject.safeParse(result.json);
    return read.success ? { kind: 'done', answer: read.data } : { kind: 'unknown', code: 'unreadable answer' };
  }
  const failure = newFailure.safeParse(result.json).data;
  const code = failure?.code ?? `http ${result.status}`;
  // A gateway's time-out or a fault inside says nothing about what was done before it.
  const undone = result.status < 500 || codeEntry(code).reaction === 'slow_down';
  return undone
    ? { kind: 'refused', code, ...wordsOf(failure?.message, failure?.accessdenieddetail?.requiredScopes?.join(' ')) }
    : { kind: 'unknown', code };
}

/** A call of the old family (oapi.dingtalk.com): always HTTP 200, errcode 0 for success, a number or its text. */
export async function callOld(url: URL, json: string | undefined): Promise<CallResult> {
  const result = await exchange(url, json === undefined ? {} : { json });
  if (result.kind !== 'answer') return result;
  if (result.status !== 200) return { kind: 'unknown', code: `http ${result.status}` };
  const read = oldAnswer.safeParse(result.json);
  if (!read.success) return { kind: 'unknown', code: 'unreadable answer' };
  const { errcode, sub_code: inner, errmsg, sub_msg: innerWords } = read.data;
  if (errcode === 0) return { kind: 'done', answer: read.data };
  // The gateway's time-out: it may have been done.
  if (errcode === 15 || (errcode === 88 && !inner)) return { kind: 'unknown', code: String(errcode) };
  // 88 is the gateway's; the reason stands inside.
  return { kind: 'refused', code: errcode === 88 && inner ? inner : String(errcode), ...wordsOf(errmsg, innerWords) };
}

const mostWords = 400;

function wordsOf(...parts: (string | undefined)[]): { words?: string } {
  const words = parts.filter((part) => part !== undefined && part !== '').join(' ');
  return words === '' ? {} : { words: words.slice(0, mostWords) };
}

/** A call of the new family with the app's token. A refused token is renewed once and the call repeated once. */
export const callAsApp = (tokens: SharedToken, url: URL, json: string): Promise<CallResult> =>
  renewing(tokens, (token) => callNew(url, json, { 'x-acs-dingtalk-access-token': token }));

/** The same of the old family, which takes the token in the address. */
export const callOldAsApp = (tokens: SharedToken, url: URL, json?: string): Promise<CallResult> =>
  renewing(tokens, (token) => {
    const withToken = new URL(url);
    withToken.searchParams.set('access_token', token);
    return callOld(withToken, json);
  });

async function renewing(tokens: SharedToken, call: (token: string) => Promise<CallResult>): Promise<CallResult> {
  for (let tries = 0; ; tries += 1) {
    const token = await tokens.get();
    const result = await call(token);
    if (result.kind !== 'refused' || codeEntry(result.code).reaction !== 'refresh_token' || tries > 0) return result;
    await tokens.drop(token);
  }
}
