import { type ApiAnswer, failure, success } from './api-answer';
import type { ChatLog } from './chat-log';
import { groupWords } from './group-words';
import type { Group, SimulatorClock } from './options';

/** By one address. */
const perMinute = 20;
const bytes = { text: 2_048, markdown: 4_096 };

/** POST /cgi-bin/webhook/send: 消息推送 into a group, by the key in the address alone. */
export class GroupWebhooks {
  private readonly sent = new Map<string, number[]>();

  constructor(private readonly parts: { clock: SimulatorClock; log: ChatLog; groups: readonly Group[] }) {}

  send(key: string | undefined, body: Record<string, unknown>): ApiAnswer {
    const group = this.parts.groups.find((one) => one.webhookKey !== undefined && one.webhookKey === key);
    if (!group || key === undefined) return failure(93000);
    const now = this.parts.clock.now().getTime();
    const recent = (this.sent.get(key) ?? []).filter((at) => at > now - 60_000);
    if (recent.length >= perMinute) return failure(45009, 'webhook');
    const words = groupWords(body, bytes);
    if ('errcode' in words) return words;
    this.sent.set(key, [...recent, now]);
    this.parts.log.show({ chat: group.chatId, from: 'webhook', ...words });
    return success();
  }
}
