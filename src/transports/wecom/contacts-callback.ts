import type { Context } from 'koa';
import { AppError } from '../../foundation/errors';
import { parameter, readBody } from '../body';
import { envelopeOf } from './app-callback';
import { signedBy } from './bot-callback';
import { contactChange } from './contact-event';
import { type Door, open } from './envelope';
import type { WecomOptions } from './options';
import { readXml } from './xml';

/** The callback address of the contact-sync helper (通讯录同步助手): XML as the app's, but of no agent. */
export class ContactsCallback {
  private readonly door: Door;

  constructor(
    private readonly options: WecomOptions,
    { token, aesKey }: NonNullable<WecomOptions['contacts']>,
  ) {
    this.door = { token, aesKey, receiver: options.corpId };
  }

  check(ctx: Context): void {
    ctx.type = 'text/plain';
    ctx.body = open(this.door, signedBy(ctx, parameter(ctx, 'echostr')), this.options.clock.now());
  }

  /** Answers an empty 200 once the change is kept. */
  async receive(ctx: Context): Promise<void> {
    const { clock, corpId, body, changes } = this.options;
    const outer = envelopeOf(await readBody(ctx));
    const message = readXml(open(this.door, signedBy(ctx, outer['Encrypt'] ?? ''), clock.now()));
    if (message['ToUserName'] !== corpId) throw new AppError('FORGED', 'receiver');
    const change = contactChange(message, body);
    if (change) await changes.receive(change);
    ctx.type = 'text/plain';
    ctx.body = '';
  }
}
