import { createHash } from 'node:crypto';
import { privateChat } from '../chat-log';
import type { Delivery, Group, Person, SimulatorClock } from '../options';
import type { MediaContent } from './media';
import type { RobotApp } from './options';
import type { MonthlyQuota } from './quota';
import type { SessionWebhooks } from './session-webhooks';

/** A line somebody typed, already on the screen, on its way to the robot. */
export interface RobotMessage {
  msgId: string;
  from: Person;
  /** null: the private chat. */
  group: Group | null;
  text: string;
  quote?: string;
  /** What was sent instead of words, or words with a picture. */
  media?: MediaContent;
}

/** One of the two ways by which the robot's messages reach the application. */
export interface RobotWay {
  deliver(message: RobotMessage, times: number): Promise<Delivery>;
  /** The platform delivers an earlier message once more, unchanged. */
  deliverAgain(msgId: string): Promise<Delivery>;
}

export interface PayloadParts {
  app: RobotApp;
  clock: SimulatorClock;
  sessions: SessionWebhooks;
  keepsMentions: boolean;
  quota: MonthlyQuota;
}

export type Payload = Record<string, unknown>;

const encryptedId = (of: string): string => `$:LWCP_v1:$${createHash('sha256').update(of).digest('base64').slice(0, 32)}`;

export const chatOf = ({ group, from }: RobotMessage): string => group?.chatId ?? privateChat(from.userId);

/** The body of the robot's message, the same for both ways. */
export function payloadOf(message: RobotMessage, { app, clock, sessions, keepsMentions, quota }: PayloadParts): Payload {
  const { msgId, from, group, text, quote, media } = message;
  const session = sessions.open(chatOf(message), text);
  const robotId = encryptedId(app.robotCode);
  const about = {
    msgId,
    createAt: clock.now().getTime(),
    conversationType: group ? '2' : '1',
    conversationId: group?.chatId ?? `cid${from.userId}==`,
    ...(group ? { conversationTitle: group.name, isInAtList: true, atUsers: [{ dingtalkId: robotId }] } : {}),
    senderStaffId: from.userId,
    senderId: encryptedId(from.userId),
    senderNick: from.name,
    senderCorpId: app.corpId,
    senderPlatform: 'Win',
    isAdmin: false,
    chatbotUserId: robotId,
    chatbotCorpId: app.corpId,
    robotCode: app.robotCode,
    sessionWebhook: session.url,
    sessionWebhookExpiredTime: session.expiresAt,
  };
  // With the month used up the words are withheld.
  if (!quota.charge('pushes')) return { ...about, errorCode: '20001', errorMessage: 'the pushes of this month are used up' };
  if (media) return { ...about, ...media };
  const words = group && !keepsMentions ? withoutMention(text, app.robotName) : text;
  const quoted = quote === undefined ? {} : { isReplyMsg: true, repliedMsg: { msgType: 'text', content: { text: quote } } };
  return { ...about, msgtype: 'text', text: { content: words, ...quoted } };
}

/** Where the robot is mentioned first the platform takes the mention out and leaves a space. */
function withoutMention(text: string, robotName: string): string {
  const mention = [`@${robotName}`, `＠${robotName}`].find((each) => text.includes(each));
  if (mention === undefined) return text;
  const rest = text.replace(mention, '');
  return text.startsWith(mention) && !rest.startsWith(' ') ? ` ${rest}` : rest;
}
