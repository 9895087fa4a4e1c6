import { type ApiAnswer, failure, success } from './api-answer';
import type { ChatLog } from './chat-log';
import { groupWords } from './group-words';
import type { SimulatorClock } from './options';
import { randomId } from './random-id';

/** wecom.md 5.4 */
const nameCharacters = 50;
const members = { least: 2, most: 2_000 };
const groupsPerDay = 1_000;
const perMemberAndMinute = 200;
const textBytes = 2_048;

interface AppChat {
  chatid: string;
  name: string;
  owner: string;
  userlist: string[];
}

interface Parts {
  clock: SimulatorClock;
  log: ChatLog;
  userIds: () => readonly string[];
  fault: (line: string) => void;
}

type Body = Record<string, unknown>;

/** Groups that the self-built app makes: appchat/create, update, get and send. The codes for refusals are our choice among 860xx. */
export class AppChats {
  private readonly chats = new Map<string, AppChat>();
  private readonly made: number[] = [];
  private readonly sent = new Map<string, number[]>();

  constructor(private readonly parts: Parts) {}

  create(body: Body): ApiAnswer {
    const { name, owner, userlist, chatid = randomId(16) } = body;
    if (typeof name !== 'string' || name === '' || Array.from(name).length > nameCharacters) return failure(86006);
    if (typeof chatid !== 'string' || !/^[0-9A-Za-z]{1,32}$/.test(chatid)) return failure(86001);
    if (this.chats.has(chatid)) return failure(86003);
    const people = this.known(userlist);
    if (!people || people.length < members.least || people.length > members.most) return failure(86004);
    if (owner !== undefined && !people.includes(owner as string)) return failure(86004, 'owner');
    const now = this.parts.clock.now().getTime();
    if (this.made.filter((at) => at > now - 86_400_000).length >= groupsPerDay) return failure(45009);
    this.made.push(now);
    this.chats.set(chatid, { chatid, name, owner: (owner as string | undefined) ?? people[0] ?? '', userlist: people });
    return success({ chatid });
  }

  update(body: Body): ApiAnswer {
    const chat = this.chats.get(String(body['chatid']));
    if (!chat) return failure(86001);
    const { name = chat.name, add_user_list: add = [], del_user_list: del = [] } = body;
    const [added, removed] = [this.known(add), this.known(del)];
    if (typeof name !== 'string' || Array.from(name).length > nameCharacters) return failure(86006);
    if (!added || !removed) return failure(86004);
    const userlist = [...new Set([...chat.userlist, ...added])].filter((userId) => !removed.includes(userId));
    if (userlist.length < members.least || userlist.length > members.most) return failure(86004);
    Object.assign(chat, { name, userlist });
    return success();
  }

  get(chatId: string | undefined): ApiAnswer {
    const chat = this.chats.get(chatId ?? '');
    return chat ? success({ chat_info: { ...chat } }) : failure(86001);
  }

  send(body: Body): ApiAnswer {
    const chat = this.chats.get(String(body['chatid']));
    if (!chat) return failure(86001);
    const words = groupWords(body, { text: textBytes, markdown: textBytes });
    if ('errcode' in words) return words;
    if (!this.allows(chat.chatid)) this.parts.fault(`appchat/send: dropped in silence, ${chat.chatid} has had too many`);
    else this.parts.log.show({ chat: chat.chatid, from: 'app', ...words });
    return success();
  }

  private known(userlist: unknown): string[] | null {
    if (!Array.isArray(userlist)) return null;
    const there = this.parts.userIds();
    const people = userlist.filter((userId): userId is string => there.includes(userId as string));
    return people.length === userlist.length ? people : null;
  }

  // Counted per member by the platform; every member of a group gets every message of it.
  private allows(chatId: string): boolean {
    const now = this.parts.clock.now().getTime();
    const recent = (this.sent.get(chatId) ?? []).filter((at) => at > now - 60_000);
    this.sent.set(chatId, [...recent, now]);
    return recent.length < perMemberAndMinute;
  }
}
