import type { Context } from 'koa';
import { z } from 'zod';
import { AppError } from '../../foundation/errors';
import { parameter, readBody } from '../body';
import type { BotConversation, BotReply } from './bot-conversation';
import { botMessage } from './bot-message';
import { type Door, open, seal } from './envelope';
import { finishedStream } from './finished-stream';
import type { BotByCallback, WecomOptions } from './options';
import { taskIdOf, templateCard } from './template-card';

const envelope = z.object({ encrypt: z.string().optional(), Encrypt: z.string().optional() });

/** POST of the AI bot: opens, checks the bot, hands the words to the inbox, seals a finished stream as the answer. */
export class BotCallback {
  private readonly door: Door;

  constructor(
    private readonly options: WecomOptions,
    bot: BotByCallback,
    private readonly conversation: BotConversation,
  ) {
    this.door = { token: bot.token, aesKey: bot.aesKey, receiver: '' };
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
    const reply = await this.conversation.answer(message);
    ctx.type = 'text/plain';
    ctx.body = reply ? this.sealed(written(reply, message.msgid), parameter(ctx, 'nonce')) : '';
  }

  private sealed(reply: object, nonce: string): string {
    const timestamp = String(Math.floor(this.options.clock.now().getTime() / 1000));
    const { encrypted, signature } = seal(this.door, JSON.stringify(reply), { timestamp, nonce });
    return JSON.stringify({ encrypt: encrypted, msgsignature: signature, timestamp: Number(timestamp), nonce });
  }
}

function written(reply: BotReply, msgId: string): object {
  if (reply.to === 'enter_chat') return { msgtype: 'text', text: { content: reply.text } };
  if (reply.to === 'press') return reply.update;
  const { text, card } = reply.said;
  const stream = finishedStream(msgId, text);
  const buttons = card && templateCard(card, taskIdOf('reply', msgId));
  // The words stand in the stream whole; where a client does not show the card beside it, nothing is missing.
  return buttons ? { ...stream, msgtype: 'stream_with_template_card', template_card: buttons } : stream;
}

// The platform is not consistent about the parameter's name.
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
