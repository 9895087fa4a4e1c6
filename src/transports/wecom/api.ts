import { z } from 'zod';
import { exchange } from '../exchange';

const answerShape = z.looseObject({ errcode: z.number().optional(), errmsg: z.string().optional() });
export type ApiAnswer = z.infer<typeof answerShape>;

/** How a call ended. 'never': it cannot have arrived. 'unknown': it may have. */
export type CallResult = { kind: 'answer'; answer: ApiAnswer } | { kind: 'never'; code: string } | { kind: 'unknown'; code: string };

/** One call of the WeCom API: success and failure both come as HTTP 200. `json` absent: GET. */
export async function call(url: URL, json?: string): Promise<CallResult> {
  const result = await exchange(url, json === undefined ? {} : { json });
  if (result.kind !== 'answer') return result;
  if (result.status !== 200) return { kind: 'unknown', code: `http ${result.status}` };
  const read = answerShape.safeParse(result.json);
  return read.success ? { kind: 'answer', answer: read.data } : { kind: 'unknown', code: 'unreadable answer' };
}
