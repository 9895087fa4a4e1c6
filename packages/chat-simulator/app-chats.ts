import { type ApiAnswer, failure, success } from './api-answer';
import type { ChatLog } from './chat-log';
import { groupWords } from './group-words';
import { mediaWords, textCard } from './message-send';
import type { SimulatorClock } from './options';
import { randomId } from './random-id';

const members = { least: 2, most: 2_000 };
const perDay = 1_000;
/** Of a text or a markdown. */
const bytes = { text: 2_048, markdown: 2_048 };
const longestName = 50;

interface AppChat {
  name: string;
  owner: string;
  userlist: string[];
}

interface Parts {
  clock: SimulatorClock;
  log: ChatLog;
  /** Those in the app's visible range. */
  userIds: () => readonly string[];
  hasMedia: (mediaId: unknown) => boolean;
}

type Body = Record<string, unknown>;

/** /cgi-bin/appchat/…: groups that the app has made itself, the only ones it may write to. The bot is in none of them. */
export class AppChats {
  private readonly chats = new Map<string, AppChat>();
  private today = { day: -1, made: 0 };

  constructor(private readonly parts: Parts) {}

  create(body: Body): ApiAnswer {
    const { name = '', owner, userlist, chatid = '' } = body;
    const people = this.known(userlist);
    if ('errcode' in people) return people;
    if (!isName(name)) return failure(86004);
    if (people.list.length < members.least || people.list.length > members.most) return failure(86006);
    // Without an owner one of the members becomes it.
    const chief = owner === undefined || owner === '' ? people.list[0] : owner;
    if (typeof chief !== 'string' || !people.list.includes(chief)) return failure(86005);
    if (typeof chatid !== 'string' || !/^[0-9A-Za-z]{0,32}$/.test(chatid)) return failure(86001);
    const id = chatid === '' ? `wrApp${randomId()}`.slice(0, 32) : chatid;
    if (this.chats.has(id)) return failure(86001, 'chatid is taken');
    if (!this.withinDay()) return failure(45009, 'groups of the day');
    this.chats.set(id, { name, owner: chief, userlist: people.list });
    return success({ chatid: id });
  }

  update(body: Body): ApiAnswer {
    const chat = this.chats.get(String(body['chatid']));
    if (!chat) return failure(86003);
    const { name = chat.name, owner = chat.owner, add_user_list: more = [], del_user_list: fewer = [] } = body;
    const [added, gone] = [this.known(more), this.known(fewer)];
    if ('errcode' in added) return added;
    if ('errcode' in gone) return gone;
    const userlist = [...new Set([...chat.userlist, ...added.list])].filter((id) => !gone.list.includes(id));
    if (!isName(name)) return failure(86004);
    if (userlist.length < members.least || userlist.length > members.most) return failure(86006);
    if (typeof owner !== 'string' || !userlist.includes(owner)) return failure(86005);
    this.chats.set(String(body['chatid']), { name, owner, userlist });
    return success();
  }

  get(chatId: string | undefined): ApiAnswer {
    const chat = this.chats.get(chatId ?? '');
    return chat ? success({ chat_info: { chatid: chatId, ...chat } }) : failure(86003);
  }

  send(body: Body): ApiAnswer {
    const { chatid, msgtype } = body;
    if (typeof chatid !== 'string' || !this.chats.has(chatid)) return failure(86003);
    const words = typeof msgtype === 'string' ? this.wordsOf(msgtype, body) : failure(40008);
    if ('errcode' in words) return words;
    this.parts.log.show({ chat: chatid, from: 'app', ...words });
    return success();
  }

  /** No cards: the platform has none in these groups. */
  private wordsOf(msgtype: string, body: Body) {
    if (msgtype === 'textcard') return textCard(body['textcard']);
    if (!(msgtype in mediaWords)) return groupWords(body, bytes);
    const { media_id: mediaId } = (body[msgtype] ?? {}) as Body;
    return this.parts.hasMedia(mediaId)
      ? { format: 'text' as const, text: mediaWords[msgtype as keyof typeof mediaWords] }
      : failure(40007);
  }

  /** User ids as the company writes them; WeCom compares them without regard to case. */
  private known(ids: unknown): { list: string[] } | ApiAnswer {
    if (!Array.isArray(ids)) return failure(40035, 'a list of user ids');
    const byId = new Map(this.parts.userIds().map((id) => [id.toLowerCase(), id]));
    const list = ids.map((id) => byId.get(String(id).toLowerCase()));
    return list.every((id) => id !== undefined) ? { list: [...new Set(list)] } : failure(86007);
  }

  private withinDay(): boolean {
    const day = Math.floor(this.parts.clock.now().getTime() / 86_400_000);
    if (this.today.day !== day) this.today = { day, made: 0 };
    this.today.made += 1;
    return this.today.made <= perDay;
  }
}

const isName = (name: unknown): name is string => typeof name === 'string' && name.length <= longestName;
