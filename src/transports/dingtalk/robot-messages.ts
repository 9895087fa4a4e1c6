import type { SendOutcome } from '../../delivery/outgoing';
import { withToken } from '../outcome';
import type { Pacing } from '../pacing';
import type { Words } from './action-card';
import { showsButtons } from './action-card';
import type { AppCalls } from './app-calls';
import { robotForm } from './message-forms';
import type { DingtalkOptions } from './options';
import { afterCode, outcomeOf } from './outcome';

const paths = { person: '/v1.0/robot/oToMessages/batchSend', group: '/v1.0/robot/groupMessages/send' } as const;

/** What the robot says of its own accord, to one person or to a group. Neither way can @-mention. */
export class RobotMessages {
  constructor(
    private readonly options: DingtalkOptions,
    private readonly calls: AppCalls,
    private readonly pacing: Pacing,
  ) {}

  async toPerson(userId: string, words: Words, asked: boolean): Promise<SendOutcome> {
    if (userId.startsWith('$:')) return afterCode('encrypted id');
    const form = robotForm(words, showsButtons(this.options.buttons, 'private'));
    return this.call(paths.person, { userIds: [userId], ...form }, asked, (answer) => missedRecipient(answer, userId));
  }

  async toGroup(openConversationId: string, words: Words, asked: boolean): Promise<SendOutcome> {
    const form = robotForm(words, showsButtons(this.options.buttons, 'group'));
    return this.call(paths.group, { openConversationId, ...form }, asked, () => null);
  }

  private async call(
    path: string,
    body: object,
    asked: boolean,
    missed: (answer: Record<string, unknown>) => string | null,
  ): Promise<SendOutcome> {
    const { clock, robotCode, clientId } = this.options;
    const held = await this.pacing.hold(clientId, asked ? null : clock.now());
    if (held) return held;
    return withToken(async () =>
      outcomeOf(await this.calls.modern(path, { robotCode, ...body }), (answer) => {
        const code = missed(answer);
        if (code) return afterCode(code);
        const { processQueryKey } = answer;
        return typeof processQueryKey === 'string' ? { kind: 'sent', platformId: processQueryKey } : { kind: 'sent' };
      }),
    );
  }
}

// HTTP 200 does not mean that everybody got it.
function missedRecipient(answer: Record<string, unknown>, userId: string): string | null {
  const lists = ['invalidStaffIdList', 'flowControlledStaffIdList'] as const;
  return lists.find((list) => Array.isArray(answer[list]) && (answer[list] as unknown[]).includes(userId)) ?? null;
}
