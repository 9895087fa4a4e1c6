import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import Router from '@koa/router';
import { startWeb, type WebServer } from '../../src/console/server';
import { createLogger } from '../../src/foundation/logger';
import { readBody } from '../../src/transports/body';
import { guarded } from '../../src/transports/guarded';
import { until } from '../helpers/wait';

describe('the HTTP server before clients that mean no good', () => {
  const lines: string[] = [];
  const logger = createLogger('debug', { write: (line: string) => void lines.push(line) });
  let web: WebServer;
  const open: Socket[] = [];
  async function start(): Promise<void> {
    lines.length = 0;
    const router = new Router();
    // As every callback is taken.
    router.post('/said', (ctx) =>
      guarded(
        ctx,
        logger,
        async () => void (ctx.body = await readBody(ctx)),
        () => undefined,
      ),
    );
    web = await startWeb({ host: '127.0.0.1', port: 0, routers: [router], ailing: () => Promise.resolve([]), logger, silentMs: 300 });
  }
  function client(says = ''): Socket {
    const socket = connect(web.port, '127.0.0.1', () => socket.write(says));
    socket.on('error', () => undefined).resume();
    open.push(socket);
    return socket;
  }
  afterEach(async () => {
    for (const socket of open.splice(0)) socket.destroy();
    await web.close();
  });

  it('closes connections that say nothing, or stop in the middle, and answers others meanwhile', async () => {
    await start();
    const silent = Array.from({ length: 100 }, () => client());
    const half = client('POST /said HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\nhalf');
    expect((await fetch(`http://127.0.0.1:${web.port}/healthz`)).status).toBe(200);
    await until('all of them are closed', () => [...silent, half].every((socket) => socket.destroyed));
  });

  it('takes no more connections than it can bear', async () => {
    await start();
    const many = Array.from({ length: 1_050 }, () => client());
    await until('those beyond the bound are closed', () => many.filter((socket) => socket.destroyed).length >= 50);
  });

  it('writes no error about somebody who goes away in the middle of a request', async () => {
    await start();
    const quitter = client('POST /said HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\nhalf');
    await until('it is connected', () => !quitter.connecting);
    quitter.destroy();
    client('GET / HTTP/1.1\r\nbroken\r\n\r\n');
    expect((await fetch(`http://127.0.0.1:${web.port}/healthz`)).status).toBe(200);
    await until('the request has been dealt with', () => lines.length > 0);
    expect(lines.filter((line) => line.includes('"level":50') || line.includes('stack'))).toEqual([]);
  });
});
