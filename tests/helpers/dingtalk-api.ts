import { type ScriptedApi, startScriptedApi } from './scripted-api';

export type { ApiCall } from './scripted-api';

/** What the API answers to a call: a JSON body with its HTTP status, or a status with a body that is none. */
export type ApiAnswer = { status?: number; json: Record<string, unknown> } | { status: number };

export type DingtalkApi = ScriptedApi<ApiAnswer>;

export const paths = {
  token: '/v1.0/oauth2/accessToken',
  send: '/v1.0/robot/oToMessages/batchSend',
  session: '/robot/sendBySession',
  group: '/v1.0/robot/groupMessages/send',
  webhook: '/robot/send',
  notify: '/topapi/message/corpconversation/asyncsend_v2',
  result: '/topapi/message/corpconversation/getsendresult',
} as const;

/** Both hosts of DingTalk in one. Tokens are tok1, tok2 … */
export function startDingtalkApi(): Promise<DingtalkApi> {
  let tokens = 0;
  return startScriptedApi<ApiAnswer>({
    tokenOf: ({ headers: { 'x-acs-dingtalk-access-token': token } }) => (typeof token === 'string' ? token : null),
    usual(path, calls) {
      if (path === paths.token) return { json: { accessToken: `tok${++tokens}`, expireIn: 7200 } };
      if (path === paths.notify) return { json: { errcode: 0, task_id: 4711 } };
      if (path === paths.session || path === paths.webhook) return { json: { errcode: 0, errmsg: 'ok' } };
      return { json: { processQueryKey: `key${calls.length}`, invalidStaffIdList: [], flowControlledStaffIdList: [] } };
    },
    write(response, answer) {
      const body = 'json' in answer ? JSON.stringify(answer.json) : '<html>gateway</html>';
      response.writeHead(answer.status ?? 200, { 'content-type': 'application/json' }).end(body);
    },
  });
}
