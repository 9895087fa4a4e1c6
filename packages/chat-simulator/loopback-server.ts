import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';

/** An HTTP server on 127.0.0.1 that can stop listening and come back on the same port. */
export class LoopbackServer {
  private server: Server | null = null;
  private chosen: number;

  constructor(
    private readonly listener: RequestListener,
    port: number,
    /** A client asks for a long connection. */
    private readonly upgrade?: (request: IncomingMessage, socket: Duplex, head: Buffer) => void,
  ) {
    this.chosen = port;
  }

  get port(): number {
    return this.chosen;
  }

  async open(): Promise<void> {
    if (this.server) return;
    const server = createServer(this.listener);
    // Idle connections stay: one that ends just as the next call goes out leaves that call's outcome unknown.
    server.keepAliveTimeout = 0;
    if (this.upgrade) server.on('upgrade', this.upgrade);
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(this.chosen, '127.0.0.1', resolve);
    });
    this.chosen = (server.address() as AddressInfo).port;
    this.server = server;
  }

  /** Stops listening and drops every connection. */
  async close(): Promise<void> {
    const { server } = this;
    if (!server) return;
    this.server = null;
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  }
}
