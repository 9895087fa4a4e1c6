import { createHmac, timingSafeEqual } from 'node:crypto';
import type { ChatLog } from '../chat-log';
import type { Group, Person, SimulatorClock } from '../options';
import { type ApiAnswer, oldFailure, oldSuccess } from './api-answer';
import { bubbleOf, readWebhookForm } from './forms';
import type { MonthlyQuota } from './quota';

/** A robot's address in a group: with a secret its 加签 is on. */
export interface SimulatedWebhook {
  accessToken: string;
  chatId: string;
  secret?: string;
}

/** Of one address: how often, how long it then takes nothing, how old a signature and how large a message may be. */
const mostPerMinute = 20;
const throttledMs = 600_000;
const freshMs = 3_600_000;
const mostBytes = 20_000;
const mostMentions = 50;

type Body = Record<string, unknown>;

interface Parts {
  clock: SimulatorClock;
  log: ChatLog;
  people: readonly Person[];
  groups: readonly Group[];
  webhooks: readonly SimulatedWebhook[];
  quota: MonthlyQuota;
}

/** POST /robot/send: the robots of groups, the only ones that can @-mention of their own accord. */
export class GroupWebhooks {
  private readonly sent = new Map<string, number[]>();
  private readonly throttled = new Map<string, number>();
  /** By address and msgUuid: a second one is taken and not shown. */
  private readonly known = new Set<string>();

  constructor(private readonly parts: Parts) {}

  send(query: Record<string, string>, body: Body, bytes: number): ApiAnswer {
    const webhook = this.parts.webhooks.find(({ accessToken }) => accessToken === query['access_token']);
    const group = this.parts.groups.find(({ chatId }) => chatId === webhook?.chatId);
    if (!webhook || !group) return oldFailure(300005, 'token is not exist');
    const unsigned = webhook.secret === undefined ? null : this.unsigned(webhook.secret, query);
    if (unsigned) return unsigned;
    if (!this.admit(webhook.accessToken)) return oldFailure(410100, 'sent too fast, throttled');
    if (bytes > mostBytes) return oldFailure(460101, 'message too long');
    const shown = readWebhookForm(body);
    if ('refused' in shown)
      return shown.refused === 'kind' ? oldFailure(400105, 'unsupported msgtype') : oldFailure(40035, 'invalid parameter');
    if (this.isRepetition(webhook.accessToken, body['msgUuid'])) return oldSuccess();
    // Charged; what happens at its end is not documented.
    this.parts.quota.charge('pushes');
    const text = this.withMentions(shown.text, body['at'], group);
    this.parts.log.show({ chat: group.chatId, from: 'bot', ...bubbleOf({ ...shown, text }) });
    return oldSuccess();
  }

  private unsigned(secret: string, { timestamp = '', sign = '' }: Record<string, string>): ApiAnswer | null {
    const far = Math.abs(this.parts.clock.now().getTime() - Number(timestamp));
    if (!/^\d{13}$/.test(timestamp) || far > freshMs) return oldFailure(310000, 'invalid timestamp');
    const right = Buffer.from(createHmac('sha256', secret).update(`${timestamp}\n${secret}`).digest('base64'));
    const given = Buffer.from(sign);
    return right.length === given.length && timingSafeEqual(right, given) ? null : oldFailure(310000, 'sign not match');
  }

  /** One more than 20 in a minute ends everything for ten. */
  private admit(token: string): boolean {
    const now = this.parts.clock.now().getTime();
    if ((this.throttled.get(token) ?? 0) > now) return false;
    const recent = (this.sent.get(token) ?? []).filter((at) => at > now - 60_000 && at <= now);
    if (recent.length >= mostPerMinute) this.throttled.set(token, now + throttledMs);
    else this.sent.set(token, [...recent, now]);
    return recent.length < mostPerMinute;
  }

  private isRepetition(token: string, uuid: unknown): boolean {
    if (typeof uuid !== 'string' || uuid === '') return false;
    const key = `${token} ${uuid}`;
    const seen = this.known.has(key);
    this.known.add(key);
    return seen;
  }

  /** '@userId' in the words becomes a mention when the id is listed too and its person is in the group. */
  private withMentions(text: string, at: unknown, group: Group): string {
    const listed = typeof at === 'object' && at !== null ? (at as Body)['atUserIds'] : null;
    const ids = Array.isArray(listed) ? listed.map(String).slice(0, mostMentions) : [];
    return ids.reduce((words, id) => {
      const person = group.members.includes(id) ? this.parts.people.find(({ userId }) => userId === id) : undefined;
      return person ? words.replaceAll(`@${id}`, `@${person.name}`) : words;
    }, text);
  }
}
