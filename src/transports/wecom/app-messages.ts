import type { Outgoing, SendOutcome } from '../../delivery/outgoing';
import { withToken } from '../outcome';
import type { Pacing } from '../pacing';
import { inOne } from '../parts';
import type { AccessToken } from './access-token';
import { type ApiAnswer } from './api';
import { callAsApp } from './app-api';
import type { WecomOptions } from './options';
import { outcomeOf } from './outcome';
import { plainWords } from './plain-words';
import { limits, roomOf } from './rooms';
import { appCardCharacters, taskIdOf, templateCard } from './template-card';

/** The longest memory of the platform's duplicate check. */
const duplicateSeconds = 14_400;
/** The platform objects to the card itself: the words go out without it. */
const cardRefused: ReadonlySet<string> = new Set(['40008', '40035', '40058', '45002']);

/** Private messages of the self-built app, with buttons where the words fit above them. */
export class AppMessages {
  constructor(
    private readonly options: WecomOptions,
    private readonly parts: { tokens: AccessToken; pacing: Pacing },
  ) {}

  async send(userId: string, outgoing: Outgoing): Promise<SendOutcome> {
    const { clock, app, cutShort } = this.options;
    const quiet = outgoing.asked ? 0 : this.parts.pacing.quietMinute(clock.now());
    if (quiet > 0) return { kind: 'later', code: 'quiet minute', afterMs: quiet };
    const wait = await this.parts.pacing.waitFor(`${app.agentId}:${userId.toLowerCase()}`);
    if (wait > 0) return { kind: 'later', code: 'member pace', afterMs: wait };
    const card = cardOf(outgoing);
    const withCard = card && (await this.post(userId, { msgtype: 'template_card', template_card: card }));
    if (withCard && !(withCard.kind === 'refused' && cardRefused.has(withCard.code))) return withCard;
    // Longer only where a chat that could not be reached takes more than a person.
    const text = inOne(outgoing.text, roomOf('app', cutShort));
    return this.post(userId, { msgtype: outgoing.format, [outgoing.format]: { content: plainWords(text, limits.app.bytes) } });
  }

  /** The same bytes for the same message: the platform recognises a repetition by them. */
  private async post(userId: string, content: { msgtype: string } & Record<string, unknown>): Promise<SendOutcome> {
    const { app, apiBase } = this.options;
    const { msgtype, ...rest } = content;
    const repeats = { enable_duplicate_check: 1, duplicate_check_interval: duplicateSeconds };
    const body = { touser: userId, msgtype, agentid: Number(app.agentId), ...rest, ...repeats };
    return withToken(async () => {
      const result = await callAsApp(this.parts.tokens, apiBase, '/cgi-bin/message/send', JSON.stringify(body));
      const missed = result.kind === 'answer' && (result.answer.errcode ?? 0) === 0 ? missedRecipient(result.answer, userId) : null;
      return missed ? { kind: 'refused', code: missed, reason: 'the member cannot be reached through the app' } : outcomeOf(result);
    });
  }
}

function cardOf({ card, key, text }: Outgoing) {
  if (!card || !key || Array.from(text).length > appCardCharacters) return null;
  return templateCard(card, taskIdOf('send', key), { words: text, mostBytes: limits.app.bytes });
}

// errcode is 0 also when nobody was reached; the lists come back in lower case.
function missedRecipient(answer: ApiAnswer, userId: string): string | null {
  for (const list of ['invaliduser', 'unlicenseduser'] as const) {
    const value = answer[list];
    if (typeof value === 'string' && value.toLowerCase().split('|').includes(userId.toLowerCase())) return list;
  }
  return null;
}
