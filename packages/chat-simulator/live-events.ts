import type { ServerResponse } from 'node:http';
import type { Context } from 'koa';
import type { ChatLog } from './chat-log';

const heartbeatMs = 15_000;

/** Server-sent events: tells every open page that something changed; the page then fetches itself anew. */
export class LiveEvents {
  private readonly pages = new Set<ServerResponse>();
  private readonly stopListening: () => void;
  private readonly heartbeat: NodeJS.Timeout;

  constructor(logs: readonly ChatLog[]) {
    const stops = logs.map((log) => log.onChange(() => this.announce()));
    this.stopListening = () => {
      for (const stop of stops) stop();
    };
    this.heartbeat = setInterval(() => this.write(': still here\n\n'), heartbeatMs);
    this.heartbeat.unref();
  }

  open(ctx: Context): void {
    ctx.respond = false;
    ctx.res.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store' });
    ctx.res.write('retry: 1000\n\n');
    this.pages.add(ctx.res);
    ctx.res.on('close', () => this.pages.delete(ctx.res));
  }

  announce(): void {
    this.write('data: changed\n\n');
  }

  close(): void {
    clearInterval(this.heartbeat);
    this.stopListening();
    for (const response of this.pages) response.end();
  }

  private write(text: string): void {
    for (const response of this.pages) response.write(text);
  }
}
