import { z } from 'zod';
import type { SendOutcome } from '../../delivery/outgoing';
import { dayOf } from '../../foundation/day';
import { AppError } from '../../foundation/errors';
import { withToken } from '../outcome';
import type { Pacing } from '../pacing';
import { inOne } from '../parts';
import type { CallResult } from './api';
import type { AppCalls } from './app-calls';
import type { DingtalkOptions } from './options';
import { afterCode, outcomeOf } from './outcome';
import { plainText } from './plain-text';
import { notificationRoom } from './rooms';

const paths = {
  send: '/topapi/message/corpconversation/asyncsend_v2',
  result: '/topapi/message/corpconversation/getsendresult',
} as const;
/** Of the whole message; its own frame and the line that varies it fit into what is left. */
const mostBytes = 1_900;
const askAfterMs = 60_000;
/** The same text twice to one person in a day: the first one arrived. */
const repeated = '143106';

const task = z.object({ task_id: z.union([z.number(), z.string()]).transform(String) });
const people = z.array(z.coerce.string()).optional().catch(undefined);
const result = z.object({
  send_result: z.object({
    read_user_id_list: people,
    unread_user_id_list: people,
    invalid_user_id_list: people,
    failed_user_id_list: people,
    forbidden_user_id_list: people,
    forbidden_list: z
      .array(z.object({ code: z.coerce.string(), userid: z.coerce.string().optional() }))
      .optional()
      .catch(undefined),
  }),
});

/**
 * 工作通知: reaches a member with whom the robot has no conversation yet. The platform takes it first and
 * drops it in silence afterwards, so a send ends as 'taken' and its result is asked for.
 */
export class WorkNotifications {
  constructor(
    private readonly options: DingtalkOptions,
    private readonly agentId: string,
    private readonly calls: AppCalls,
    private readonly pacing: Pacing,
  ) {}

  async toPerson(userId: string, text: string): Promise<SendOutcome> {
    const { clock, texts, clientId, zone, cutShort } = this.options;
    const held = await this.pacing.hold(clientId, null);
    if (held) return held;
    // The same words twice in a day are dropped: the minute makes a second reminder another text.
    const content = `${plainText(inOne(text, notificationRoom(mostBytes, cutShort)))}\n${texts.sentAt(clock.now(), zone)}`;
    const msg = { msgtype: 'text', text: { content } };
    const body = { agent_id: Number(this.agentId), userid_list: userId, to_all_user: false, msg };
    return withToken(async () =>
      outcomeOf(await this.repeatable(body), (answer) => {
        const read = task.safeParse(answer);
        return read.success ? { kind: 'taken', ticket: `${read.data.task_id}:${userId}`, askAfterMs } : { kind: 'sent' };
      }),
    );
  }

  /** What became of a notification that was taken; 'taken' again while the platform has not said, 'later' when it dropped it as too fast. */
  async resolve(ticket: string): Promise<SendOutcome> {
    const unanswered: SendOutcome = { kind: 'taken', ticket, askAfterMs };
    const [taskId = '', ...rest] = ticket.split(':');
    const body = { agent_id: Number(this.agentId), task_id: Number(taskId) };
    try {
      const asked = await this.calls.old(paths.result, body);
      const read = result.safeParse(asked.kind === 'done' ? asked.answer : null);
      return read.success ? whatBecame(read.data.send_result, rest.join(':'), ticket) : unanswered;
    } catch (error) {
      // Without a token nothing can be asked now.
      if (error instanceof AppError) return unanswered;
      throw error;
    }
  }

  /** An answer that was lost is asked for with the same words, which the platform drops if it has them (on the same day). */
  private async repeatable(body: object): Promise<CallResult> {
    const { clock, zone } = this.options;
    const day = dayOf(clock.now(), zone);
    const first = await this.calls.old(paths.send, body);
    if (first.kind !== 'unknown' || dayOf(clock.now(), zone) !== day) return first;
    const second = await this.calls.old(paths.send, body);
    return second.kind === 'done' ? second : first;
  }
}

function whatBecame(lists: z.infer<typeof result>['send_result'], userId: string, ticket: string): SendOutcome {
  const [platformId = ''] = ticket.split(':');
  const among = (list: readonly string[] | undefined): boolean => list?.includes(userId) ?? false;
  if (among(lists.read_user_id_list) || among(lists.unread_user_id_list)) return { kind: 'sent', platformId };
  const why = lists.forbidden_list?.find(({ userid }) => userid === undefined || userid === userId);
  if (why?.code === repeated) return { kind: 'sent', platformId };
  if (why) return afterCode(why.code);
  if (among(lists.forbidden_user_id_list)) return afterCode('forbidden_user_id_list');
  if (among(lists.invalid_user_id_list)) return afterCode('invalid_user_id_list');
  if (among(lists.failed_user_id_list)) return afterCode('failed_user_id_list');
  return { kind: 'taken', ticket, askAfterMs };
}
