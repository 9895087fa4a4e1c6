import type { Context } from 'koa';
import type { Answer, Incoming } from '../../delivery/incoming';
import { AppError } from '../../foundation/errors';
import { randomId } from '../../foundation/ids';
import { parameter, readBody } from '../body';
import { parted } from '../quotation';
import type { AppPresses } from './app-press';
import { signedBy } from './bot-callback';
import { contactChange } from './contact-event';
import { type Door, open, seal } from './envelope';
import { adviceOnEvent } from './error-codes';
import type { WecomOptions } from './options';
import { fitsWords, plainWords } from './plain-words';
import { limits } from './rooms';
import { cdata, readXml } from './xml';

/** Kinds in which nothing is typed; WeCom turns no speech into text here. */
const wordless: ReadonlySet<string> = new Set(['image', 'voice', 'video', 'location', 'link', 'file']);

/** POST of the self-built app's 1:1 conversation: XML in, XML out, plaintext user ids. */
export class AppCallback {
  private readonly door: Door;

  constructor(
    private readonly options: WecomOptions,
    private readonly presses: AppPresses,
  ) {
    this.door = { token: options.app.token, aesKey: options.app.aesKey, receiver: options.corpId };
  }

  check(ctx: Context): void {
    ctx.type = 'text/plain';
    ctx.body = open(this.door, signedBy(ctx, parameter(ctx, 'echostr')), this.options.clock.now());
  }

  async receive(ctx: Context): Promise<void> {
    const outer = envelopeOf(await readBody(ctx));
    const plain = open(this.door, signedBy(ctx, outer['Encrypt'] ?? ''), this.options.clock.now());
    const { corpId, app } = this.options;
    const message = readXml(plain);
    const meant =
      message['ToUserName'] === corpId && (outer['ToUserName'] ?? corpId) === corpId && (message['AgentID'] ?? app.agentId) === app.agentId;
    if (!meant || (outer['AgentID'] ?? app.agentId) !== app.agentId) throw new AppError('FORGED', 'receiver');
    const answer = await this.answer(message);
    ctx.type = answer ? 'application/xml' : 'text/plain';
    ctx.body = answer ? this.sealed(message, answer.text) : '';
  }

  private async answer(message: Record<string, string>): Promise<Answer> {
    const { body, wordsOnly } = this.options;
    if (wordless.has(message['MsgType'] ?? '')) return { text: wordsOnly };
    if (message['MsgType'] === 'event') {
      await this.event(message);
      return null;
    }
    const incoming = toIncoming(message, body);
    return incoming && this.answered(incoming);
  }

  /** What is longer than one message follows at once as several: the response takes only one. */
  private async answered(incoming: Incoming): Promise<Answer> {
    const answer = await this.options.inbox.receive(incoming);
    if (!answer || fitsWords(answer.text, limits.app.bytes)) return answer;
    await this.options.late.unsaid(incoming);
    return null;
  }

  private async event(message: Record<string, string>): Promise<void> {
    const { body, logger, changes } = this.options;
    const advice = adviceOnEvent(message['Event']);
    if (advice) logger.warn({ event: message['Event'], advice }, 'WeCom says something about the app');
    const change = contactChange(message, body);
    if (change) await changes.receive(change);
    await this.presses.take(message);
  }

  private sealed(message: Record<string, string>, text: string): string {
    const timestamp = String(Math.floor(this.options.clock.now().getTime() / 1000));
    const nonce = randomId(8);
    const content = cdata(plainWords(text, limits.app.bytes));
    const inner = `<xml><ToUserName>${cdata(message['FromUserName'] ?? '')}</ToUserName><FromUserName>${cdata(this.options.corpId)}</FromUserName><CreateTime>${timestamp}</CreateTime><MsgType>${cdata('text')}</MsgType><Content>${content}</Content></xml>`;
    const { encrypted, signature } = seal(this.door, inner, { timestamp, nonce });
    return `<xml><Encrypt>${cdata(encrypted)}</Encrypt><MsgSignature>${cdata(signature)}</MsgSignature><TimeStamp>${timestamp}</TimeStamp><Nonce>${cdata(nonce)}</Nonce></xml>`;
  }
}

// Before the signature is checked nothing says that the sender is WeCom: every fault is the one refusal.
export function envelopeOf(body: string): Record<string, string> {
  try {
    return readXml(body);
  } catch {
    throw new AppError('FORGED', 'envelope');
  }
}

/** A text message as ours; events and other kinds are null: nobody said anything. */
function toIncoming(message: Record<string, string>, body: string): Incoming | null {
  const { MsgType, MsgId, FromUserName, Content } = message;
  if (MsgType !== 'text' || !MsgId || !FromUserName || Content === undefined) return null;
  return {
    platform: 'wecom',
    channel: 'app',
    body,
    eventId: MsgId,
    senderId: FromUserName,
    chat: { kind: 'private', id: FromUserName },
    ...parted(Content.slice(0, 20_000)),
  };
}
