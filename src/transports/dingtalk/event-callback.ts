import type { Context } from 'koa';
import { z } from 'zod';
import { AppError } from '../../foundation/errors';
import { randomId } from '../../foundation/ids';
import { parameter, readBody } from '../body';
import { type Door, open, seal } from '../envelope';
import { contactChanges, eventIn, field } from './contact-event';
import type { DingtalkOptions, EventDoor } from './options';

/** Repetitions come within a minute; whatever is replayed later within the hour is recognised by its id. */
const freshMs = 3_600_000;
const envelope = z.object({ encrypt: z.string() });
const anyObject = z.record(z.string(), z.unknown());
/** Milliseconds by the documents, seconds in some samples. */
const instantOf = (timestamp: string): number => Number(timestamp) * (timestamp.length > 10 ? 1 : 1_000);

/** POST of the event subscription: opens the envelope, hands changes on, and answers an encrypted 'success' when they are kept. */
export class EventCallback {
  private readonly door: Door;

  constructor(
    private readonly options: DingtalkOptions,
    private readonly events: EventDoor,
  ) {
    // Of an app that was configured in the console the receiver is its Client ID.
    this.door = { token: events.token, aesKey: events.aesKey, receiver: options.clientId };
  }

  async receive(ctx: Context): Promise<void> {
    const { clock, body, corpId, logger } = this.options;
    const signed = {
      signature: parameter(ctx, 'msg_signature', 'signature'),
      timestamp: parameter(ctx, 'timestamp', 'timeStamp'),
      nonce: parameter(ctx, 'nonce'),
      encrypted: parsed(envelope, await readBody(ctx)).encrypt,
    };
    const plaintext = open(this.door, signed, { now: clock.now(), instantOf, freshMs });
    const data = parsed(anyObject, plaintext);
    if ((field(data, 'CorpId') ?? corpId) !== corpId) throw new AppError('FORGED', 'organisation');
    const event = eventIn(data, plaintext, clock.now());
    const changes = contactChanges(event, body);
    for (const change of changes) await this.events.changes.receive(change);
    logger.info({ event: event.type, id: event.id, changes: changes.length }, 'an event came in');
    ctx.body = this.success();
  }

  private success(): Record<string, string> {
    const stamp = { timestamp: String(this.options.clock.now().getTime()), nonce: randomId(8) };
    const { encrypted, signature } = seal(this.door, 'success', stamp);
    return { msg_signature: signature, timeStamp: stamp.timestamp, nonce: stamp.nonce, encrypt: encrypted };
  }
}

function parsed<T>(shape: z.ZodType<T>, text: string): T {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new AppError('MALFORMED', 'json');
  }
  const read = shape.safeParse(value);
  if (!read.success) throw new AppError('MALFORMED', 'shape');
  return read.data;
}
