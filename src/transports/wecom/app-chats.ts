import { z } from 'zod';
import type { Outgoing, SendOutcome } from '../../delivery/outgoing';
import { digest } from '../../foundation/ids';
import { withToken } from '../outcome';
import { Pacing } from '../pacing';
import type { AccessToken } from './access-token';
import type { CallResult } from './api';
import { callAsApp } from './app-api';
import { mentionable } from './mentions';
import type { WecomOptions } from './options';
import { outcomeOf } from './outcome';
import { plainWords } from './plain-words';
import { limits as rooms } from './rooms';

/** Ours, far below what a member may get (200 a minute and 10 000 a day, wecom.md 5.4): the excess is dropped in silence. */
const documented = [
  { name: 'minute', points: 30, duration: 60 },
  { name: 'day', points: 2_000, duration: 86_400 },
];
const nameCharacters = 50;
const ours = /^lxq[0-9a-f]{24}$/;

const chatInfo = z.object({
  chat_info: z.object({ chatid: z.string(), name: z.string(), owner: z.string().optional(), userlist: z.array(z.string()) }),
});

export interface AppChat {
  chatId: string;
  name: string;
  owner?: string;
  members: string[];
}

export interface AppChatPlan {
  /** Which group it is for us, e.g. 'yunchuan:education'; the same one is made only once. */
  key: string;
  /** At most 50 characters are kept. */
  name: string;
  owner?: string;
  /** User ids, 2 to 2000. */
  members: readonly string[];
}

/** Groups made by the self-built app (wecom.md 5.4). The app must see the whole organisation; its id tells that a group is ours. */
export class AppChats {
  readonly takes = 'appChat' as const;
  private readonly pacing: Pacing;

  constructor(
    private readonly options: Pick<WecomOptions, 'apiBase' | 'redis' | 'prefix' | 'zone' | 'clock' | 'limits'>,
    private readonly tokens: AccessToken,
  ) {
    const { redis, prefix, zone, limits } = options;
    this.pacing = new Pacing({ redis, prefix: `${prefix}:wecom:appchat-pace`, zone, documented, limits, quietMinutes: [0, 30] });
  }

  /** The id a group of ours has, before and after it is made. */
  idOf(key: string): string {
    return `lxq${digest(key)}`;
  }

  isOurs(chatId: string): boolean {
    return ours.test(chatId);
  }

  /**
   * Makes the group; `sent` with its id also when it was there before. Whether a call that may have arrived has made it is
   * asked of the platform, so that it can be repeated at any time.
   */
  async create({ key, name, owner, members }: AppChatPlan): Promise<SendOutcome> {
    const chatid = this.idOf(key);
    const group = { name: named(name), ...(owner ? { owner } : {}), userlist: members, chatid };
    const made = outcomeOf(await this.call('create', group));
    if (made.kind === 'sent' || made.kind === 'later') return made.kind === 'sent' ? { kind: 'sent', platformId: chatid } : made;
    return (await this.get(chatid)) ? { kind: 'sent', platformId: chatid } : made;
  }

  /** Null when the platform does not know the group or cannot be asked now. */
  async get(chatId: string): Promise<AppChat | null> {
    const result = await callAsApp(this.tokens, this.options.apiBase, `/cgi-bin/appchat/get?chatid=${encodeURIComponent(chatId)}`);
    const read = result.kind === 'answer' && (result.answer.errcode ?? 0) === 0 ? chatInfo.safeParse(result.answer) : null;
    if (!read?.success) return null;
    const { chatid, name, owner, userlist } = read.data.chat_info;
    return { chatId: chatid, name, ...(owner ? { owner } : {}), members: userlist };
  }

  /** Who comes in and who leaves, and the name; saying it twice changes nothing. */
  async update(chatId: string, change: { name?: string; add?: readonly string[]; remove?: readonly string[] }): Promise<SendOutcome> {
    const { name, add = [], remove = [] } = change;
    const body = {
      chatid: chatId,
      ...(name ? { name: named(name) } : {}),
      ...(add.length > 0 ? { add_user_list: add } : {}),
      ...(remove.length > 0 ? { del_user_list: remove } : {}),
    };
    return outcomeOf(await this.call('update', body));
  }

  /** Words with real mentions; there are no cards in these groups. The platform notices no repetition. */
  async send(chatId: string, { text, mentions = [], asked }: Outgoing): Promise<SendOutcome> {
    const held = await this.pacing.hold(chatId, asked ? null : this.options.clock.now());
    if (held) return held;
    const ids = mentionable(mentions);
    const words = { content: plainWords(text, rooms.appChat.bytes), ...(ids.length > 0 ? { mentioned_list: ids } : {}) };
    return withToken(async () => outcomeOf(await this.call('send', { chatid: chatId, msgtype: 'text', text: words, safe: 0 })));
  }

  private call(what: 'create' | 'update' | 'send', body: object): Promise<CallResult> {
    return callAsApp(this.tokens, this.options.apiBase, `/cgi-bin/appchat/${what}`, JSON.stringify(body));
  }
}

const named = (name: string): string => Array.from(name).slice(0, nameCharacters).join('');
