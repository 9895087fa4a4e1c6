import type { LateReply, Outgoing, Sender, SendOutcome } from '../../delivery/outgoing';
import { inParts } from '../parts';
import type { AccessToken } from './access-token';
import { AppCalls } from './app-calls';
import { GroupWebhooks } from './group-webhooks';
import type { DingtalkOptions } from './options';
import { afterCode } from './outcome';
import { dingtalkPacing } from './pacing';
import { plainText } from './plain-text';
import { RobotMessages } from './robot-messages';
import { roomOf } from './rooms';
import { replyToSession } from './session-reply';
import { WorkNotifications } from './work-notifications';

/** The robot may not, or not yet, speak to this person in private; a work notification may. */
const robotMayNot: ReadonlySet<string> = new Set(['robot.oto.notExist', 'chatbotId.notAllow.sendOTO']);

/**
 * The ways out. A person: the robot in private, and where it may not, a work notification. A group: the webhook when somebody
 * is to be @-mentioned, else the robot, and the webhook where the robot is refused. A session: its own address, and when that
 * has expired the person. Words are never markup: members' words could act as links.
 */
export class DingtalkSender implements Sender {
  /** The robot's ways have no check for duplicates: an unknown outcome stays unknown. */
  readonly repeatSafeMs = 0;
  private readonly robot: RobotMessages;
  private readonly webhooks: GroupWebhooks;
  private readonly notifications: WorkNotifications | null;

  constructor(
    private readonly options: DingtalkOptions,
    tokens: AccessToken,
  ) {
    const calls = new AppCalls(options, tokens);
    const pacing = dingtalkPacing(options);
    this.robot = new RobotMessages(options, calls, pacing);
    this.webhooks = new GroupWebhooks(options);
    this.notifications = options.agentId ? new WorkNotifications(options, options.agentId, calls, pacing) : null;
  }

  /** The robot speaks in every group it was put into. */
  reachesGroup(): boolean {
    return true;
  }

  parts({ text, card }: Outgoing): string[] {
    return inParts(text, roomOf(this.options, card));
  }

  async send(outgoing: Outgoing): Promise<SendOutcome> {
    const { to } = outgoing;
    if (plainText(outgoing.text).trim() === '') return afterCode('empty text');
    if ('userId' in to) return this.toPerson(to.userId, outgoing);
    const outcome = await ('chatId' in to ? this.toGroup(to.chatId, outgoing) : this.toSession(to, outgoing));
    return outcome.kind === 'refused' && to.orUserId ? this.toPerson(to.orUserId, { ...outgoing, asked: true }) : outcome;
  }

  /** What became of a work notification; only those have tickets. */
  async resolve(ticket: string): Promise<SendOutcome> {
    return this.notifications ? this.notifications.resolve(ticket) : { kind: 'unknown', code: 'no DINGTALK_AGENT_ID' };
  }

  /** Private messages cost a call each: when few are left, what nobody waits for goes out together. */
  sparing(): Promise<boolean> {
    return this.options.usage.scarce('calls');
  }

  private async toPerson(userId: string, outgoing: Outgoing): Promise<SendOutcome> {
    const outcome = await this.robot.toPerson(userId, outgoing, outgoing.asked ?? false);
    if (outcome.kind !== 'refused' || !robotMayNot.has(outcome.code) || !this.notifications) return outcome;
    this.options.logger.info({ code: outcome.code }, 'the robot may not speak to a member; a work notification goes out instead');
    return this.notifications.toPerson(userId, outgoing.text);
  }

  private toSession({ lateReply, inPrivate }: LateReply, outgoing: Outgoing): Promise<SendOutcome> {
    return replyToSession(this.options, lateReply, { ...outgoing, chat: inPrivate ? 'private' : 'group' });
  }

  private async toGroup(chatId: string, outgoing: Outgoing): Promise<SendOutcome> {
    const { text, card, mentions = [], key, asked = false } = outgoing;
    const words = { text, ...(card ? { card } : {}), mentions, ...(key ? { key } : {}), asked };
    if (mentions.length > 0 && this.webhooks.has(chatId)) return this.webhooks.send(chatId, words);
    const outcome = await this.robot.toGroup(chatId, outgoing, asked);
    return outcome.kind === 'refused' && this.webhooks.has(chatId) ? this.webhooks.send(chatId, words) : outcome;
  }
}
