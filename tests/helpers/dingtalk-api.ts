import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ApiCall {
  path: string;
  query: URLSearchParams;
  /** Of the header x-acs-dingtalk-access-token. */
  token: string | null;
  json: Record<string, unknown>;
  raw: string;
}

/** What the API answers to a call: a JSON body with its HTTP status, or nothing at all ('hang'). */
export type ApiAnswer = { status?: number; json: Record<string, unknown> } | { status: number } | 'hang';

export interface DingtalkApi {
  url: string;
  calls: ApiCall[];
  of(path: string): ApiCall[];
  /** Scripted answers by path; the last one of a list stays. */
  script: Record<string, (ApiAnswer | ((call: ApiCall) => ApiAnswer))[]>;
  close(): Promise<void>;
}

export const paths = {
  token: '/v1.0/oauth2/accessToken',
  send: '/v1.0/robot/oToMessages/batchSend',
  session: '/robot/sendBySession',
  group: '/v1.0/robot/groupMessages/send',
  webhook: '/robot/send',
  notify: '/topapi/message/corpconversation/asyncsend_v2',
  result: '/topapi/message/corpconversation/getsendresult',
} as const;

/** Both hosts of DingTalk in one, for tests: answers what it is told and remembers what it heard. Tokens are tok1, tok2 … */
export async function startDingtalkApi(): Promise<DingtalkApi> {
  const calls: ApiCall[] = [];
  const script: DingtalkApi['script'] = {};
  let tokens = 0;
  const usual = (path: string): ApiAnswer => {
    if (path === paths.token) return { json: { accessToken: `tok${++tokens}`, expireIn: 7200 } };
    if (path === paths.notify) return { json: { errcode: 0, task_id: 4711 } };
    if (path === paths.session || path === paths.webhook) return { json: { errcode: 0, errmsg: 'ok' } };
    return { json: { processQueryKey: `key${calls.length}`, invalidStaffIdList: [], flowControlledStaffIdList: [] } };
  };
  const server = createServer((request, response) => {
    let raw = '';
    request.on('data', (chunk: Buffer) => (raw += chunk.toString()));
    request.on('end', () => {
      const { pathname: path, searchParams: query } = new URL(request.url ?? '/', 'http://localhost');
      const token = request.headers['x-acs-dingtalk-access-token'];
      const call: ApiCall = {
        path,
        query,
        token: typeof token === 'string' ? token : null,
        json: (raw ? JSON.parse(raw) : {}) as Record<string, unknown>,
        raw,
      };
      calls.push(call);
      const list = script[path] ?? [];
      const scripted = (list.length > 1 ? list.shift() : list[0]) ?? usual(path);
      const answer = typeof scripted === 'function' ? scripted(call) : scripted;
      if (answer === 'hang') return;
      const body = 'json' in answer ? JSON.stringify(answer.json) : '<html>gateway</html>';
      response.writeHead(answer.status ?? 200, { 'content-type': 'application/json' }).end(body);
    });
  });
  // Idle connections stay: one that ends just as the next call goes out leaves that call's outcome unknown.
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    of: (path) => calls.filter((call) => call.path === path),
    script,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
