import type { ApiCalls } from '../api-calls';
import { BotSocketServer } from './server';
import { BotSocketWay, type SocketWayParts } from './way';

/** The bot's long connection, seen and disturbed from WeCom's side. */
export interface LongConnection {
  /** A subscribed connection is there. */
  readonly connected: boolean;
  /** Connections open now, subscribed or not. */
  readonly open: number;
  /** Somebody else connects with the bot: ours is told so and closed. */
  takeOver(): void;
  /** The network breaks every connection. */
  drop(): void;
  /** The network swallows everything while connections look open. */
  silence(on: boolean): void;
  /** A person judges an answer; false when nobody is connected. */
  giveFeedback(userId: string, type: 1 | 2 | 3): boolean;
}

/** WeCom's end of the long connection: what people do goes out through `way`, connections come in at `server`. */
export function createBotSocket(parts: SocketWayParts & { calls: ApiCalls }) {
  const way: BotSocketWay = new BotSocketWay(parts, () => server);
  const server: BotSocketServer = new BotSocketServer({
    ...parts,
    obey: (frame) => way.obey(frame),
    disconnectedEvent: () => way.disconnectedEvent(),
  });
  const control: LongConnection = {
    get connected() {
      return server.connected;
    },
    get open() {
      return server.open;
    },
    takeOver: () => server.takeOver(),
    drop: () => server.drop(),
    silence: (on) => server.silence(on),
    giveFeedback: (userId, type) => way.giveFeedback(userId, type),
  };
  return { way, server, control };
}
