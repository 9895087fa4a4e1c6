import type { Cards } from '../cards';
import { type ChatLog, privateChat } from '../chat-log';
import type { Delivery, Group, Person, Pressed, Said } from '../options';
import { pageTexts } from '../page-texts';
import { randomId } from '../random-id';
import type { SentMedia } from '../sent-media';
import { contentOf, reachesRobot } from './media';
import type { MessageFiles } from './message-files';
import type { RobotWay } from './robot-payload';

interface Parts {
  people: readonly Person[];
  groups: readonly Group[];
  robotName: string;
  log: ChatLog;
  way: RobotWay;
  cards: Cards;
  pressesMention: boolean;
  files: MessageFiles;
  /** Who has never opened the robot: whoever writes to it has. */
  strangers: Set<string>;
}

/** Something that is no line, on its way to the robot. */
export interface SentToRobot extends Pick<Said, 'from' | 'chat' | 'msgId'> {
  media: SentMedia;
  /** Words beside a picture; in a group they must mention the robot. */
  text?: string;
}

/** What people do in DingTalk's client: the robot gets every line in private, and in a group what mentions it. */
export class DingtalkConversation {
  constructor(private readonly parts: Parts) {}

  async say({ from, chat, text: typed, mention, quote, times = 1, msgId = `msg${randomId()}==` }: Said): Promise<Delivery> {
    const { log, way, robotName } = this.parts;
    const person = this.personFor(from);
    const group = chat === 'private' ? null : this.groupFor(chat, person);
    if (!group) this.parts.strangers.delete(from);
    const text = group && mention !== false && !this.mentionsRobot(typed) ? `@${robotName} ${typed}` : typed;
    const quoted = quote === undefined ? {} : { quote };
    log.show({ chat: group?.chatId ?? privateChat(from), from, text, format: 'text', ...quoted });
    if (group && !this.mentionsRobot(text)) return { msgId, status: 0, answer: null, attempts: 0, answers: [] };
    return way.deliver({ msgId, from: person, group, text, ...quoted }, times);
  }

  /** Sends a picture, a file or a recording; words beside a picture go with it as one message. */
  async send({ from, chat, media, text = '', msgId = `msg${randomId()}==` }: SentToRobot): Promise<Delivery> {
    const { log, way, files } = this.parts;
    const person = this.personFor(from);
    const group = chat === 'private' ? null : this.groupFor(chat, person);
    if (!group) this.parts.strangers.delete(from);
    log.show({ chat: group?.chatId ?? privateChat(from), from, text: `${text}${pageTexts.sent(media.kind)}`, format: 'text' });
    const reaches = reachesRobot(media, group !== null) && (!group || this.mentionsRobot(text));
    if (!reaches) return { msgId, status: 0, answer: null, attempts: 0, answers: [] };
    return way.deliver({ msgId, from: person, group, text, media: contentOf(media, text, files) }, 1);
  }

  /** Presses a button the person sees: DingTalk sends its line in the presser's name, into the same chat. */
  async press({ from, chat, label, messageId }: Pressed): Promise<Delivery> {
    const person = this.personFor(from);
    const group = chat === 'private' ? null : this.groupFor(chat, person);
    const found = this.parts.cards.find(group?.chatId ?? privateChat(from), from, label, messageId);
    if (!found) throw new Error(`${from} sees no button ${label}`);
    const link = URL.canParse(found.button.key) ? new URL(found.button.key) : null;
    const line = link?.protocol === 'dtmd:' ? link.searchParams.get('content') : null;
    if (!line) throw new Error(`the button ${label} says nothing: ${found.button.key}`);
    return this.say({ from, chat, text: line, mention: this.parts.pressesMention });
  }

  private mentionsRobot(text: string): boolean {
    return text.includes(`@${this.parts.robotName}`) || text.includes(`＠${this.parts.robotName}`);
  }

  private personFor(userId: string): Person {
    const person = this.parts.people.find((one) => one.userId === userId);
    if (!person) throw new Error(`there is nobody called ${userId}`);
    return person;
  }

  private groupFor(chatId: string, { userId }: Person): Group {
    const group = this.parts.groups.find((one) => one.chatId === chatId);
    if (!group) throw new Error(`there is no chat ${chatId}`);
    if (!group.members.includes(userId)) throw new Error(`${userId} is not in ${group.name}`);
    return group;
  }
}
