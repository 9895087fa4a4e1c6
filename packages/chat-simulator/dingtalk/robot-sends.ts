import { type ChatLog, privateChat } from '../chat-log';
import type { Group, Person } from '../options';
import { randomId } from '../random-id';
import { jsonObject } from '../request-body';
import { type ApiAnswer, failure, success } from './api-answer';
import { bubbleOf, readRobotForm, type Shown } from './forms';
import type { RobotApp } from './options';

/** Of one call. */
const mostPeople = 20;
const mostParameterBytes = 15_000;

type Body = Record<string, unknown>;

interface Parts {
  app: RobotApp;
  log: ChatLog;
  people: readonly Person[];
  groups: readonly Group[];
  /** Who has never opened the robot. */
  strangers: ReadonlySet<string>;
}

/** What the robot says of its own accord: to people in private, to groups it is in. */
export class RobotSends {
  constructor(private readonly parts: Parts) {}

  /** POST /v1.0/robot/oToMessages/batchSend */
  toPeople(body: Body): ApiAnswer {
    const message = this.messageOf(body);
    if ('status' in message) return message;
    const asked = Array.isArray(body['userIds']) ? body['userIds'].map(String) : [];
    if (asked.length === 0) return failure('invalidParameter.userIds.empty');
    if (asked.length > mostPeople) return failure('invalidParameter.userIds.overMax');
    if (asked.some((userId) => this.parts.strangers.has(userId))) return failure('robot.oto.notExist');
    const known = asked.filter((userId) => this.parts.people.some((person) => person.userId === userId));
    for (const userId of known) this.show(privateChat(userId), message);
    return success({
      processQueryKey: randomId(),
      invalidStaffIdList: asked.filter((userId) => !known.includes(userId)),
      flowControlledStaffIdList: [],
    });
  }

  /** POST /v1.0/robot/groupMessages/send */
  toGroup(body: Body): ApiAnswer {
    const message = this.messageOf(body);
    if ('status' in message) return message;
    const chat = body['openConversationId'];
    if (typeof chat !== 'string' || chat === '') return failure('miss.openConversationId');
    if (!this.parts.groups.some(({ chatId }) => chatId === chat)) return failure('invalid.openConversationId');
    this.show(chat, message);
    return success({ processQueryKey: randomId() });
  }

  private show(chat: string, message: Shown): void {
    this.parts.log.show({ chat, from: 'bot', ...bubbleOf(message) });
  }

  private messageOf({ robotCode, msgKey, msgParam }: Body): Shown | ApiAnswer {
    if (robotCode === undefined || robotCode === '') return failure('invalidParameter.robotCode.empty');
    if (robotCode !== this.parts.app.robotCode) return failure('invalidParameter.robotCode.auth');
    if (typeof msgKey !== 'string' || msgKey === '') return failure('invalidParameter.msgKey.empty');
    const parameters = typeof msgParam === 'string' ? jsonObject(msgParam) : null;
    if (typeof msgParam !== 'string' || !parameters) return failure('invalidParameter.msgParam.invalid');
    if (Buffer.byteLength(msgParam) > mostParameterBytes) return failure('invalidParameter.msgParam.tooLong');
    const shown = readRobotForm(msgKey, parameters);
    if (!('refused' in shown)) return shown;
    return failure(shown.refused === 'kind' ? 'invalidParameter.msgKey.invalid' : 'invalidParameter.msgParam.invalid');
  }
}
