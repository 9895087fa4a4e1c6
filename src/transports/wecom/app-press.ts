import type { Incoming, Said } from '../../delivery/incoming';
import { digest } from '../../foundation/ids';
import type { AccessToken } from './access-token';
import { callAsApp } from './app-api';
import { codeEntry } from './error-codes';
import type { WecomOptions } from './options';
import { answeredCard, type Pressed, pressedButton } from './template-card';

interface AppPress {
  pressed: Pressed;
  incoming: Incoming;
  taskId: string;
  /** Good for one update within 72 h; a secret. */
  responseCode: string;
}

/** Presses of buttons on cards of the self-built app. */
export class AppPresses {
  constructor(
    private readonly options: WecomOptions,
    private readonly tokens: AccessToken,
  ) {}

  /** Takes the press in as a line of its presser. The card is updated after the platform has its answer: it waits 5 s only. */
  async take(event: Record<string, string>): Promise<void> {
    const press = pressIn(event, this.options.body);
    if (!press) return;
    const said = await this.options.inbox.receive(press.incoming);
    if (said) this.show(press, said).catch((error: unknown) => this.options.logger.error({ err: error }, 'a card could not be updated'));
  }

  private async show({ pressed, incoming, taskId, responseCode }: AppPress, said: Said): Promise<void> {
    const card = answeredCard(pressed.card, said, taskId);
    if (!card) return this.options.late.unsaid(incoming);
    const { apiBase, app } = this.options;
    const update = { userids: [incoming.senderId], agentid: Number(app.agentId), response_code: responseCode, template_card: card };
    const result = await callAsApp(this.tokens, apiBase, '/cgi-bin/message/update_template_card', JSON.stringify(update));
    const errcode = result.kind === 'answer' ? (result.answer.errcode ?? 0) : null;
    if (errcode === 0) return;
    const code = result.kind === 'answer' ? String(errcode) : result.code;
    this.options.logger.warn({ code, advice: codeEntry(code).advice, outcome: result.kind }, 'a card was not surely updated');
    // What may have arrived is not said again.
    if (result.kind !== 'unknown') await this.options.late.unsaid(incoming);
  }
}

// Events have no id of their own; the response code is new for every press.
function pressIn(event: Record<string, string>, body: string): AppPress | null {
  const { EventKey = '', TaskId = '', ResponseCode = '', FromUserName = '', CreateTime = '' } = event;
  const pressed = event['Event'] === 'template_card_event' ? pressedButton(EventKey) : null;
  if (!pressed || TaskId === '' || FromUserName === '') return null;
  const incoming: Incoming = {
    platform: 'wecom',
    channel: 'app',
    body,
    eventId: `press-${digest(JSON.stringify([FromUserName, CreateTime, TaskId, EventKey, ResponseCode]))}`,
    senderId: FromUserName,
    chat: { kind: 'private', id: FromUserName },
    text: pressed.says,
    mentioned: true,
  };
  return { pressed, incoming, taskId: TaskId, responseCode: ResponseCode };
}
