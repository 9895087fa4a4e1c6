import { createHash } from 'node:crypto';
import { type ApiAnswer, failure, success } from './api-answer';
import { wordsOn } from './bot-payload';
import type { ShownCard } from './card';
import type { Cards } from './cards';
import { type ChatLog, privateChat } from './chat-log';
import type { AppSettings, SimulatorClock } from './options';
import { randomId } from './random-id';

/** Of one message, of one member, of all members together, and the memory of the duplicate check. */
const contentBytes = 2_048;
const recipients = 1_000;
const perMinute = 30;
const perHour = 1_000;
const perDayAndAccount = 200;
const duplicateSeconds = { fallback: 1_800, most: 14_400 };

interface Sendable {
  format: 'text' | 'markdown';
  text: string;
  card?: ShownCard;
}

interface Parts {
  app: AppSettings;
  clock: SimulatorClock;
  log: ChatLog;
  /** Those in the app's visible range. */
  userIds: () => readonly string[];
  cards: Cards;
  hasMedia: (mediaId: unknown) => boolean;
  fault: (line: string) => void;
}

/** POST /cgi-bin/message/send: texts and markdown of the self-built app to members' private chats. */
export class MessageSend {
  private readonly arrivals = new Map<string, number[]>();
  private readonly repeats = new Map<string, { until: number; answer: ApiAnswer }>();
  private today = { day: -1, sent: 0 };

  constructor(private readonly parts: Parts) {}

  /** By lower-cased user id: WeCom's ids are case-insensitive. */
  private people(): Map<string, string> {
    return new Map(this.parts.userIds().map((userId) => [userId.toLowerCase(), userId]));
  }

  send(body: Record<string, unknown>): ApiAnswer {
    if (String(body['agentid']) !== String(this.parts.app.agentId)) return failure(40056);
    const sendable = this.sendableOf(body);
    if ('errcode' in sendable) return sendable;
    const [named, parties, tags] = [namesOf(body['touser']), namesOf(body['toparty']), namesOf(body['totag'])];
    if (!named && !parties && !tags) return failure(40035, 'touser, toparty and totag are empty');
    if ((named ?? []).length > recipients) return failure(40032);
    if ((parties ?? []).length > 100) return failure(82002);
    if ((tags ?? []).length > 100) return failure(82003);
    const { known, ...invalid } = this.whom(named ?? [], parties ?? [], tags ?? []);
    const { invaliduser } = invalid;
    if (known.length === 0) return { ...failure(81013), invaliduser };
    return this.unlessRepeated(body, () => {
      if (!this.withinDay(known.length)) return failure(45009, 'daily sends of the app are used up');
      const codes = [...new Set(known)].flatMap((userId) => this.arrive(userId, sendable));
      const updatable = codes[0] === undefined ? {} : { response_code: codes[0] };
      return success({ ...invalid, unlicenseduser: '', msgid: randomId(), ...updatable });
    });
  }

  /** Everybody these names reach; with '@all' the other two are passed over. The company is one department and has no tags. */
  private whom(named: string[], parties: string[], tags: string[]) {
    const people = this.people();
    const all = [...people.values()];
    if (named.includes('@all')) return { known: all, invaliduser: '', invalidparty: '', invalidtag: '' };
    const found = named.flatMap((name) => people.get(name.toLowerCase()) ?? []);
    const invaliduser = named
      .filter((name) => !people.has(name.toLowerCase()))
      .map((name) => name.toLowerCase())
      .join('|');
    const invalidparty = parties.filter((id) => id !== '1').join('|');
    return { known: parties.includes('1') ? all : found, invaliduser, invalidparty, invalidtag: tags.join('|') };
  }

  /** POST /cgi-bin/message/update_template_card. The errcode for a spent code is not documented; 40035 is our choice. */
  update(body: Record<string, unknown>): ApiAnswer {
    if (String(body['agentid']) !== String(this.parts.app.agentId)) return failure(40056);
    const { userids } = body;
    if (!Array.isArray(userids) || userids.length === 0 || userids.length > recipients) return failure(40035, 'userids');
    const open = this.parts.cards.takeCode(body['response_code']);
    if (!open?.shown.card) return failure(40035, 'response_code is unknown, used or expired');
    try {
      const card = this.parts.cards.readUpdate(body['template_card'], open.shown.card);
      this.parts.cards.replace(open.shown, card, null);
      return success({ invaliduser: [] });
    } catch (error) {
      return this.refused(error);
    }
  }

  private cardIn(body: Record<string, unknown>): Sendable | ApiAnswer {
    try {
      const card = this.parts.cards.read(body['template_card'], 'app', JSON.stringify(body));
      return { format: 'text', text: wordsOn(card), card };
    } catch (error) {
      return this.refused(error);
    }
  }

  private refused(error: unknown): ApiAnswer {
    const why = error instanceof Error ? error.message : String(error);
    this.parts.fault(`app card not shown: ${why}`);
    return failure(40058, why);
  }

  private sendableOf(body: Record<string, unknown>): Sendable | ApiAnswer {
    const format = body['msgtype'];
    if (format === 'template_card') return this.cardIn(body);
    if (format === 'textcard') return textCard(body['textcard']);
    if (typeof format === 'string' && format in mediaWords) return this.mediaIn(format as keyof typeof mediaWords, body[format]);
    if (format !== 'text' && format !== 'markdown') return failure(40008);
    const content = (body[format] as { content?: unknown } | undefined)?.content;
    if (typeof content !== 'string' || content.trim() === '') return failure(44004);
    if (Buffer.byteLength(content) <= contentBytes) return { format, text: content };
    // Only text is documented to be cut; markdown beyond the limit is simply not allowed.
    if (format === 'markdown') return failure(45002);
    this.parts.fault(`message/send: a text of more than ${contentBytes} bytes was cut`);
    return { format, text: cut(content, contentBytes) };
  }

  private mediaIn(kind: keyof typeof mediaWords, value: unknown): Sendable | ApiAnswer {
    return this.parts.hasMedia((value as { media_id?: unknown } | undefined)?.media_id)
      ? { format: 'text', text: mediaWords[kind] }
      : failure(40007);
  }

  /** The code with which a card may be changed, when one has arrived. */
  private arrive(userId: string, sendable: Sendable): string[] {
    const now = this.parts.clock.now().getTime();
    const recent = (this.arrivals.get(userId) ?? []).filter((at) => at > now - 3_600_000 && at <= now);
    const lastMinute = recent.filter((at) => at > now - 60_000).length;
    // Beyond the limit the member simply gets nothing, and the caller is not told.
    if (lastMinute >= perMinute || recent.length >= perHour) {
      this.parts.fault(`message/send: dropped in silence, ${userId} has had too many`);
      return [];
    }
    this.arrivals.set(userId, [...recent, now]);
    const shown = this.parts.log.show({ chat: privateChat(userId), from: 'app', ...sendable });
    return sendable.card ? [this.parts.cards.newCode(shown, userId)] : [];
  }

  private withinDay(persons: number): boolean {
    const day = Math.floor(this.parts.clock.now().getTime() / 86_400_000);
    if (this.today.day !== day) this.today = { day, sent: 0 };
    this.today.sent += persons;
    return this.today.sent <= this.parts.userIds().length * perDayAndAccount;
  }

  /** The whole request counts: one changed byte and it is another message. */
  private unlessRepeated(body: Record<string, unknown>, act: () => ApiAnswer): ApiAnswer {
    if (body['enable_duplicate_check'] !== 1) return act();
    const asked = typeof body['duplicate_check_interval'] === 'number' ? body['duplicate_check_interval'] : duplicateSeconds.fallback;
    const seconds = Math.min(asked, duplicateSeconds.most);
    const now = this.parts.clock.now().getTime();
    const key = createHash('sha256').update(JSON.stringify(body)).digest('hex');
    const before = this.repeats.get(key);
    if (before && before.until > now) return before.answer;
    const answer = act();
    for (const [old, { until }] of this.repeats) if (until <= now) this.repeats.delete(old);
    if (answer.errcode === 0) this.repeats.set(key, { until: now + seconds * 1000, answer });
    return answer;
  }
}

/** How the client's list of chats calls them. */
export const mediaWords = { image: '[图片]', voice: '[语音]', video: '[视频]', file: '[文件]' } as const;

export function textCard(value: unknown): Sendable | ApiAnswer {
  const { title, description, url } = (value ?? {}) as Record<string, unknown>;
  if (typeof title !== 'string' || typeof description !== 'string' || typeof url !== 'string') return failure(40058);
  if (title === '' || description === '' || title.length > 128 || description.length > 512 || url.length > 2_048) return failure(40058);
  return { format: 'text', text: `${title}\n${description.replace(/<br>/g, '\n').replace(/<[^>]*>/g, '')}\n${url}` };
}

function namesOf(touser: unknown): string[] | null {
  if (typeof touser !== 'string') return null;
  const names = touser.split('|').filter((name) => name !== '');
  return names.length > 0 ? names : null;
}

/** As many whole characters as fit into `bytes`. */
function cut(text: string, bytes: number): string {
  let used = 0;
  let kept = '';
  for (const character of text) {
    used += Buffer.byteLength(character);
    if (used > bytes) break;
    kept += character;
  }
  return kept;
}
