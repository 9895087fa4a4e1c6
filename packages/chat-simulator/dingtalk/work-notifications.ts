import { createHash } from 'node:crypto';
import { type ChatLog, privateChat } from '../chat-log';
import type { Person, SimulatorClock } from '../options';
import { type ApiAnswer, oldFailure, oldSuccess } from './api-answer';
import { bubbleOf, readWebhookForm, type Shown } from './forms';

/** Of one call, of one message, of one person a day; and how long its task can be asked about. */
const mostPeople = 100;
const mostMessageBytes = 2_048;
const mostPerDay = 500;
const queryableMs = 86_400_000;
const eastOfGreenwichMs = 8 * 3_600_000;

type Body = Record<string, unknown>;

interface Result {
  unread_user_id_list: string[];
  read_user_id_list: string[];
  invalid_user_id_list: string[];
  failed_user_id_list: string[];
  forbidden_user_id_list: string[];
  invalid_dept_id_list: number[];
  forbidden_list: { code: string; count: number; userid: string }[];
}

interface Task {
  at: number;
  /** When the platform has dealt with it: until then the result is empty. */
  doneAt: number;
  result: Result;
}

interface Parts {
  clock: SimulatorClock;
  log: ChatLog;
  people: readonly Person[];
  agentId: string;
  /** How long the platform takes over a task; milliseconds of the simulator's clock. */
  takesMs: number;
}

/** 工作通知: every call succeeds, and what was too much or said before is dropped in silence. */
export class WorkNotifications {
  private readonly tasks = new Map<string, Task>();
  /** By day and member: how many, and which words. */
  private readonly days = new Map<string, { count: number; words: Set<string> }>();

  constructor(private readonly parts: Parts) {}

  /** POST /topapi/message/corpconversation/asyncsend_v2 */
  send(body: Body): ApiAnswer {
    const people = typeof body['userid_list'] === 'string' ? body['userid_list'].split(',').filter((id) => id !== '') : [];
    const msg = body['msg'];
    if (!this.isOurs(body) || people.length === 0 || people.length > mostPeople) return oldFailure(40035, 'invalid parameter');
    if (typeof msg !== 'object' || msg === null || Buffer.byteLength(JSON.stringify(msg)) > mostMessageBytes)
      return oldFailure(40035, 'msg is missing or too long');
    const shown = readWebhookForm(msg as Body);
    if ('refused' in shown) return oldFailure(40035, 'unknown kind of message');
    const now = this.parts.clock.now().getTime();
    const result = emptyResult();
    for (const userId of new Set(people)) this.deliver(userId, shown, result);
    const id = 100_000 + this.tasks.size;
    this.tasks.set(String(id), { at: now, doneAt: now + this.parts.takesMs, result });
    return oldSuccess({ task_id: id });
  }

  /** POST /topapi/message/corpconversation/getsendprogress: 0 not begun, 1 at it, 2 done. */
  progress(body: Body): ApiAnswer {
    const task = this.taskOf(body);
    if (!task) return oldFailure(40035, 'no such task');
    const done = task.doneAt <= this.parts.clock.now().getTime();
    return oldSuccess({ progress: { progress_in_percent: done ? 100 : 50, status: done ? 2 : 1 } });
  }

  /** POST /topapi/message/corpconversation/getsendresult, for 24 hours. */
  result(body: Body): ApiAnswer {
    const task = this.taskOf(body);
    if (!task) return oldFailure(40035, 'no such task');
    return oldSuccess({ send_result: task.doneAt <= this.parts.clock.now().getTime() ? task.result : emptyResult() });
  }

  private deliver(userId: string, shown: Shown, result: Result): void {
    const { log, people } = this.parts;
    if (!people.some((person) => person.userId === userId)) return void result.invalid_user_id_list.push(userId);
    const day = this.dayOf(userId);
    const words = createHash('sha256').update(JSON.stringify(shown)).digest('hex');
    const [code, count] = day.words.has(words) ? ['143106', 1] : day.count >= mostPerDay ? ['143105', mostPerDay] : ['', 0];
    if (code !== '') {
      result.forbidden_user_id_list.push(userId);
      result.forbidden_list.push({ code, count, userid: userId });
      return;
    }
    day.words.add(words);
    day.count += 1;
    result.unread_user_id_list.push(userId);
    log.show({ chat: privateChat(userId), from: 'app', ...bubbleOf(shown) });
  }

  private dayOf(userId: string): { count: number; words: Set<string> } {
    const day = new Date(this.parts.clock.now().getTime() + eastOfGreenwichMs).toISOString().slice(0, 10);
    const key = `${day} ${userId}`;
    const known = this.days.get(key) ?? { count: 0, words: new Set() };
    this.days.set(key, known);
    return known;
  }

  private taskOf(body: Body): Task | null {
    const task = this.isOurs(body) ? this.tasks.get(String(body['task_id'])) : undefined;
    return task && task.at + queryableMs > this.parts.clock.now().getTime() ? task : null;
  }

  private isOurs({ agent_id: agentId }: Body): boolean {
    return typeof agentId === 'number' && String(agentId) === this.parts.agentId;
  }
}

const emptyResult = (): Result => ({
  unread_user_id_list: [],
  read_user_id_list: [],
  invalid_user_id_list: [],
  failed_user_id_list: [],
  forbidden_user_id_list: [],
  invalid_dept_id_list: [],
  forbidden_list: [],
});
