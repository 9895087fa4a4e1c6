import { type ScriptedApi, startScriptedApi } from './scripted-api';

/** What the API answers to a call: JSON, or a bare HTTP status. */
type ApiAnswer = Record<string, unknown> | { httpStatus: number };

export type WecomApi = ScriptedApi<ApiAnswer>;

/** The WeCom API. Tokens are tok1, tok2 … */
export function startWecomApi(): Promise<WecomApi> {
  let tokens = 0;
  return startScriptedApi<ApiAnswer>({
    tokenOf: (_request, query) => query.get('access_token'),
    usual: (path, calls) =>
      path === '/cgi-bin/gettoken'
        ? { errcode: 0, access_token: `tok${++tokens}`, expires_in: 7200 }
        : { errcode: 0, errmsg: 'ok', msgid: `id${calls.length}` },
    write(response, answer) {
      const status = 'httpStatus' in answer ? Number(answer['httpStatus']) : 200;
      response.writeHead(status, { 'content-type': 'application/json' }).end(status === 200 ? JSON.stringify(answer) : 'broken');
    },
  });
}
