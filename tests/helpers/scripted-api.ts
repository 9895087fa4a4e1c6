import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ApiCall {
  path: string;
  query: URLSearchParams;
  token: string | null;
  json: Record<string, unknown>;
  /** The body exactly as it came. */
  raw: string;
}

export interface ScriptedApi<Answer> {
  url: string;
  calls: ApiCall[];
  of(path: string): ApiCall[];
  /** Scripted answers by path, or what makes one from the call; the last one of a list stays. 'hang' answers nothing at all. */
  script: Record<string, (Answer | 'hang' | ((call: ApiCall) => Answer | 'hang'))[]>;
  close(): Promise<void>;
}

interface Played<Answer> {
  tokenOf(request: IncomingMessage, query: URLSearchParams): string | null;
  /** Where nothing is scripted. */
  usual(path: string, calls: readonly ApiCall[]): Answer;
  write(response: ServerResponse, answer: Answer): void;
}

/** A platform's API for tests of single calls: answers what it is told and remembers what it heard. */
export async function startScriptedApi<Answer extends object>(played: Played<Answer>): Promise<ScriptedApi<Answer>> {
  const calls: ApiCall[] = [];
  const script: ScriptedApi<Answer>['script'] = {};
  const server = createServer((request, response) => {
    let raw = '';
    request.on('data', (chunk: Buffer) => (raw += chunk.toString()));
    request.on('end', () => {
      const { pathname: path, searchParams: query } = new URL(request.url ?? '/', 'http://localhost');
      const json = (raw ? JSON.parse(raw) : {}) as Record<string, unknown>;
      const call: ApiCall = { path, query, token: played.tokenOf(request, query), json, raw };
      calls.push(call);
      const list = script[path] ?? [];
      const scripted = (list.length > 1 ? list.shift() : list[0]) ?? played.usual(path, calls);
      const answer = typeof scripted === 'function' ? scripted(call) : scripted;
      if (answer !== 'hang') played.write(response, answer);
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
