import type { Context } from 'koa';
import { z } from 'zod';
import { AppError } from '../../foundation/errors';
import { digest } from '../../foundation/ids';
import { parameter, readBody } from '../body';
import { cutToBytes } from '../bytes';
import { type BotMessage, botMessage, toIncoming } from './bot-message';
import { type Door, open, seal } from './envelope';
import type { WecomOptions } from './options';
import type { UserIds } from './user-ids';

const envelope = z.object({ encrypt: z.string().optional(), Encrypt: z.string().optional() });
const contentLimit = 20_480;

/** POST of the AI bot (wecom.md 3): opens, checks the bot, hands the words to the inbox, seals a finished stream as the answer. */
export class BotCallback {
  private readonly door: Door;

  constructor(
    private readonly options: WecomOptions,
    private readonly userIds: UserIds,
  ) {
    this.door = { token: options.bot.token, aesKey: options.bot.aesKey, receiver: '' };
  }

  /** The console's check of the address: the plaintext and nothing else. */
  check(ctx: Context): void {
    ctx.type = 'text/plain';
    ctx.body = open(this.door, signedBy(ctx, parameter(ctx, 'echostr')), this.options.clock.now());
  }

  async receive(ctx: Context): Promise<void> {
    const outer = parse(envelope, await readBody(ctx), 'FORGED');
    const plain = open(this.door, signedBy(ctx, outer.encrypt ?? outer.Encrypt ?? ''), this.options.clock.now());
    const message = parse(botMessage, plain, 'MALFORMED');
    if (message.aibotid !== this.options.bot.botId) throw new AppError('FORGED', 'bot');
    const reply = await this.answer(message);
    ctx.type = 'text/plain';
    ctx.body = reply ? this.sealed(reply, parameter(ctx, 'nonce')) : '';
  }

  private async answer(message: BotMessage): Promise<object | null> {
    const { body, welcome, identityUnavailable, inbox, clock } = this.options;
    if (message.event?.eventtype === 'enter_chat') return { msgtype: 'text', text: { content: welcome } };
    if (message.msgtype === 'event' || message.msgtype === 'stream' || !message.from) return null;
    const sender = await this.userIds.plain(message.from.userid).catch((error: unknown) => {
      if (error instanceof AppError && error.code === 'IDENTITY_UNKNOWN') return null;
      throw error;
    });
    if (sender === null) return finished(message.msgid, identityUnavailable);
    const incoming = toIncoming(message, body, sender, clock.now());
    const answer = incoming && (await inbox.receive(incoming));
    return answer && finished(message.msgid, answer.text);
  }

  private sealed(reply: object, nonce: string): string {
    const timestamp = String(Math.floor(this.options.clock.now().getTime() / 1000));
    const { encrypted, signature } = seal(this.door, JSON.stringify(reply), { timestamp, nonce });
    return JSON.stringify({ encrypt: encrypted, msgsignature: signature, timestamp: Number(timestamp), nonce });
  }
}

// The stream's id follows from the message: a redelivery updates the bubble instead of adding one.
const finished = (msgId: string, content: string): object => ({
  msgtype: 'stream',
  stream: { id: `s${digest(msgId)}`, finish: true, content: cutToBytes(content, contentLimit) },
});

// The platform is not consistent about the parameter's name (wecom.md 3.2).
export function signedBy(ctx: Context, encrypted: string) {
  const signature = parameter(ctx, 'msg_signature', 'msgsignature', 'signature');
  return { signature, timestamp: parameter(ctx, 'timestamp'), nonce: parameter(ctx, 'nonce'), encrypted };
}

function parse<T>(schema: z.ZodType<T>, text: string, code: 'FORGED' | 'MALFORMED'): T {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new AppError(code, 'json');
  }
  const read = schema.safeParse(value);
  if (!read.success) throw new AppError(code, 'shape');
  return read.data;
}
