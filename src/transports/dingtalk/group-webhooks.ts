import type { SendOutcome } from '../../delivery/outgoing';
import { digest } from '../../foundation/ids';
import { Pacing } from '../pacing';
import { showsButtons, type Words } from './action-card';
import { type CallResult, callOld } from './api';
import { webhookForm } from './message-forms';
import type { DingtalkOptions, GroupWebhook } from './options';
import { outcomeOf } from './outcome';
import { signatureOf } from './signature';

/** 20 a minute, then nothing for ten; half of it, because two windows may meet within one minute. */
const documented = [{ name: 'webhook', points: 10, duration: 60 }];
const mostMentions = 50;

interface GroupWords extends Words {
  /** User ids to @-mention. */
  mentions?: readonly string[];
  /** Equal for repetitions of one message: the platform drops the second. */
  key?: string;
  asked: boolean;
}

/** Addresses of groups that the operator has entered: the only way to @-mention without having been asked. */
export class GroupWebhooks {
  private readonly pacing: Pacing;

  constructor(private readonly options: DingtalkOptions) {
    const { redis, prefix, zone, limits } = options;
    this.pacing = new Pacing({ redis, prefix: `${prefix}:dingtalk:pace`, zone, documented, limits, quietMinutes: [0] });
  }

  has(chatId: string): boolean {
    return this.options.groupWebhooks.has(chatId);
  }

  /** Only for a group that `has` an address. A call that may have arrived is repeated once under the same key. */
  async send(chatId: string, words: GroupWords): Promise<SendOutcome> {
    const webhook = this.options.groupWebhooks.get(chatId);
    if (!webhook) throw new RangeError('no webhook for this group');
    const held = await this.pacing.hold(digest(webhook.url), words.asked ? null : this.options.clock.now());
    if (held) return held;
    const json = JSON.stringify(this.form(words));
    await this.options.usage.add('pushes');
    const first = await this.post(webhook, json);
    const again = first.kind === 'unknown' && words.key ? await this.post(webhook, json) : null;
    return outcomeOf(again?.kind === 'done' ? again : first, () => ({ kind: 'sent' }));
  }

  private form({ mentions = [], key, ...words }: GroupWords): Record<string, unknown> {
    const atUserIds = [...new Set(mentions)].filter((id) => /^[\w.-]{1,64}$/.test(id)).slice(0, mostMentions);
    const uuid = key ? { msgUuid: digest(key) } : {};
    const form = webhookForm(words, showsButtons(this.options.buttons, 'group'));
    return atUserIds.length === 0 ? { ...form, ...uuid } : { ...mentioning(form, atUserIds), at: { atUserIds, isAtAll: false }, ...uuid };
  }

  // Signed at the moment of the call: an address that is kept grows a second signature.
  private post({ url, secret }: GroupWebhook, json: string): Promise<CallResult> {
    const address = new URL(url);
    if (secret) {
      const timestamp = String(this.options.clock.now().getTime());
      address.searchParams.set('timestamp', timestamp);
      address.searchParams.set('sign', signatureOf(timestamp, secret));
    }
    return callOld(address, json);
  }
}

// A mention takes effect only where '@userId' stands in the words as well; ours are the only '@' in them.
function mentioning(form: Record<string, unknown>, userIds: readonly string[]): Record<string, unknown> {
  const tokens = userIds.map((id) => `@${id}`).join(' ');
  const { text, actionCard } = form as { text?: { content: string }; actionCard?: { text: string } };
  if (text) return { ...form, text: { content: `${text.content}\n${tokens}` } };
  return actionCard ? { ...form, actionCard: { ...actionCard, text: `${actionCard.text}  \n  ${tokens}` } } : form;
}
