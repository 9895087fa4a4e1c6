import type { Outgoing, SendOutcome } from '../../delivery/outgoing';
import { digest } from '../../foundation/ids';
import { Pacing } from '../pacing';
import { call } from './api';
import { mentionable } from './mentions';
import type { WecomOptions } from './options';
import { outcomeOf } from './outcome';
import { plainWords } from './plain-words';
import { limits as rooms } from './rooms';

/** What WeCom takes by one address. */
const documented = [{ name: 'minute', points: 20, duration: 60 }];
const textBytes = 2_048;

/** 消息推送 of groups, by keys the operator has entered: the only way to @-mention people in an ordinary group. */
export class GroupWebhooks {
  readonly takes = 'webhook' as const;
  private readonly pacing: Pacing;

  constructor(
    private readonly options: Pick<WecomOptions, 'groupWebhooks' | 'apiBase' | 'redis' | 'prefix' | 'zone' | 'clock' | 'limits'>,
  ) {
    const { redis, prefix, zone, limits } = options;
    this.pacing = new Pacing({ redis, prefix: `${prefix}:wecom:webhook-pace`, zone, documented, limits, quietMinutes: [0, 30] });
  }

  has(chatId: string): boolean {
    return this.options.groupWebhooks.has(chatId);
  }

  /** Only for a group that `has` a key. The platform notices no repetition. */
  async send(chatId: string, { text, mentions = [], asked }: Outgoing): Promise<SendOutcome> {
    const key = this.options.groupWebhooks.get(chatId);
    if (key === undefined) throw new RangeError('no webhook for this group');
    const held = await this.pacing.hold(digest(key), asked ? null : this.options.clock.now());
    if (held) return held;
    const url = new URL('/cgi-bin/webhook/send', this.options.apiBase);
    url.searchParams.set('key', key);
    return outcomeOf(await call(url, JSON.stringify(messageOf(text, mentionable(mentions)))));
  }
}

// Long words need the larger kind, where a mention stands in the words themselves and must not be cut off.
function messageOf(text: string, mentions: readonly string[]): object {
  const words = plainWords(text, rooms.webhook.bytes);
  if (Buffer.byteLength(words) <= textBytes) {
    return { msgtype: 'text', text: { content: words, ...(mentions.length > 0 ? { mentioned_list: mentions } : {}) } };
  }
  const tail = mentionTail(mentions);
  return { msgtype: 'markdown', markdown: { content: plainWords(text, rooms.webhook.bytes - Buffer.byteLength(tail)) + tail } };
}

export const mentionTail = (mentions: readonly string[]): string =>
  mentions.length > 0 ? `\n${mentions.map((id) => `<@${id}>`).join('')}` : '';
