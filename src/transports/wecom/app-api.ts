import { type AccessToken } from './access-token';
import { type CallResult, call } from './api';
import { codeEntry } from './error-codes';

/**
 * A call with the app's token; without `json` a GET, whose query may stand in `path`. A refused token is renewed once and the
 * call repeated once.
 */
export async function callAsApp(tokens: AccessToken, apiBase: string, path: string, json?: string): Promise<CallResult> {
  for (let tries = 0; ; tries += 1) {
    const token = await tokens.get();
    const url = new URL(path, apiBase);
    url.searchParams.set('access_token', token);
    const result = await call(url, json);
    const refused =
      result.kind === 'answer' && codeEntry(result.answer.errcode ?? 0).reaction === 'refresh_token' && (result.answer.errcode ?? 0) !== 0;
    if (!refused || tries > 0) return result;
    await tokens.drop(token);
  }
}
