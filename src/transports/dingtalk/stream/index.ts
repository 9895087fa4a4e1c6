import type { LongConnection } from '../../long-connection';
import type { DingtalkOptions, StreamOptions } from '../options';
import { FrameHandler } from './frame-handler';
import { StreamClient } from './stream-client';
import { askTicket } from './ticket';

/** Stream mode: the robot's messages and the organisation's events over a connection of our own; no public address is needed. */
export function createStream(options: DingtalkOptions, { changes, steady, tickMs = 1_000 }: StreamOptions): LongConnection {
  const handler = new FrameHandler(options, changes);
  const { logger } = options;
  return new StreamClient({
    askTicket: () => askTicket(options),
    handle: (frame) => handler.handle(frame),
    steady,
    tickMs,
    logger,
  });
}
