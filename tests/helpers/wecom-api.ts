import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

interface ApiCall {
  path: string;
  query: URLSearchParams;
  token: string | null;
  json: Record<string, unknown>;
  /** The body exactly as it came. */
  raw: string;
}

/** What the API answers to a call: JSON, a bare HTTP status, or nothing at all ('hang'). */
type ApiAnswer = Record<string, unknown> | { httpStatus: number } | 'hang';
/** An answer, or one that depends on the call. */
type Scripted = ApiAnswer | ((call: ApiCall) => ApiAnswer);

export interface WecomApi {
  url: string;
  calls: ApiCall[];
  of(path: string): ApiCall[];
  /** Scripted answers by path; the last one of a list stays. */
  script: Record<string, Scripted[]>;
  close(): Promise<void>;
}

/** The WeCom API for tests of single calls: answers what it is told and remembers what it heard. Tokens are tok1, tok2 … */
export async function startWecomApi(): Promise<WecomApi> {
  const calls: ApiCall[] = [];
  const script: WecomApi['script'] = {};
  let tokens = 0;
  const usual = (path: string): ApiAnswer => {
    if (path === '/cgi-bin/gettoken') return { errcode: 0, access_token: `tok${++tokens}`, expires_in: 7200 };
    return { errcode: 0, errmsg: 'ok', msgid: `id${calls.length}` };
  };
  const server = createServer((request, response) => {
    let raw = '';
    request.on('data', (chunk: Buffer) => (raw += chunk.toString()));
    request.on('end', () => {
      const url = new URL(request.url ?? '/', 'http://localhost');
      const call: ApiCall = {
        path: url.pathname,
        query: url.searchParams,
        token: url.searchParams.get('access_token'),
        json: raw ? (JSON.parse(raw) as Record<string, unknown>) : {},
        raw,
      };
      calls.push(call);
      const list = script[url.pathname] ?? [];
      const scripted = (list.length > 1 ? list.shift() : list[0]) ?? usual(url.pathname);
      const answer = typeof scripted === 'function' ? scripted(call) : scripted;
      if (answer === 'hang') return;
      const status = 'httpStatus' in answer ? Number(answer['httpStatus']) : 200;
      response.writeHead(status, { 'content-type': 'application/json' }).end(status === 200 ? JSON.stringify(answer) : 'broken');
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
