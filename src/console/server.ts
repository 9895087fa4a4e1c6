import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import Router from '@koa/router';
import Koa from 'koa';
import helmet from 'koa-helmet';
import type { Logger } from '../foundation/logger';

interface WebOptions {
  host: string;
  port: number;
  routers: readonly Router[];
  /** Names of what does not answer; empty when all is well. */
  ailing(): Promise<string[]>;
  logger: Logger;
  /** How long a connection may say nothing; default 10 s. */
  silentMs?: number;
}

export interface WebServer {
  port: number;
  /** Stops listening, lets running requests finish for at most 4 s. */
  close(): Promise<void>;
}

/** Callbacks are answered at once and pages in a moment: so many at a time are more than all members together. */
const mostConnections = 1_000;
const usualSilentMs = 10_000;

/** Slow senders are cut: headers in 5 s, whole request in 10 s, and whoever says nothing at all after 10 s. */
export async function startWeb(options: WebOptions): Promise<WebServer> {
  const koa = new Koa();
  koa.on('error', (error: unknown) => failed(error, options.logger));
  koa.use(helmet({ strictTransportSecurity: false, contentSecurityPolicy: { directives: { upgradeInsecureRequests: null } } }));
  for (const router of [health(options), ...options.routers]) koa.use(router.routes());
  const handle = koa.callback();
  const server = createServer(
    { requestTimeout: 10_000, headersTimeout: 5_000, connectionsCheckingInterval: 1_000, maxHeaderSize: 16_384 },
    (request, response) => void handle(request, response),
  );
  server.maxConnections = mostConnections;
  server.setTimeout(options.silentMs ?? usualSilentMs);
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(options.port, options.host, resolve));
  return { port: (server.address() as AddressInfo).port, close: () => stop(server) };
}

/** Without these nothing that is said can be kept, or nothing is sent. */
const keeps: ReadonlySet<string> = new Set(['mongodb', 'mongodb-write', 'jobs']);

// 200 as long as messages can be kept; the body names what ails, so that a probe and a person read the same page.
function health(options: WebOptions): Router {
  const router = new Router();
  router.get('/healthz', async (ctx) => {
    const ailing = await options.ailing();
    ctx.status = ailing.some((each) => keeps.has(each)) ? 503 : 200;
    ctx.body = { ok: ailing.length === 0, ailing };
  });
  return router;
}

const gone = /^(?:ECONNRESET|EPIPE|ECONNABORTED|ETIMEDOUT|ERR_STREAM_PREMATURE_CLOSE|ERR_HTTP_REQUEST_TIMEOUT|HPE_\w+)$/;

/** Somebody who went away, was cut or asked for what is not is no fault of ours. */
function failed(error: unknown, logger: Logger): void {
  const { code, status = 500 } = (error ?? {}) as { code?: string; status?: number };
  if (gone.test(code ?? '') || status < 500) logger.info({ code: code ?? status }, 'a request was broken off');
  else logger.error({ code: 'UNEXPECTED', err: error }, 'a request failed');
}

async function stop(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const cut = setTimeout(() => server.closeAllConnections(), 4_000);
  await closed;
  clearTimeout(cut);
}
