import { type ApiAnswer, failure } from '../api-answer';

/** What a reply or a push makes the client show. */
export type Words = { kind: 'stream'; id: string; finish: boolean; content: string } | { kind: 'whole'; content: string };

/** wecom.md 3.5, 4.4 */
const contentBytes = 20_480;
const welcomeBytes = 2_048;

type Body = Record<string, unknown>;
const isFailure = (value: object): value is ApiAnswer => 'errcode' in value;

/** Reads the body of a reply or push of one of the allowed kinds, else the refusal (wecom.md 4.3, 4.4). */
export function wordsOf(body: Body, allowed: readonly string[]): Words | ApiAnswer {
  const kind = String(body['msgtype']);
  if (!allowed.includes(kind)) return failure(40008, kind);
  const holder = body[kind];
  if (typeof holder !== 'object' || holder === null) return failure(40035, `${kind} is missing`);
  if (kind === 'template_card') return cardWords(holder as Body);
  const content = checkedContent(holder as Body, kind === 'text' ? welcomeBytes : contentBytes);
  if (typeof content !== 'string') return content;
  if (kind !== 'stream') return content.trim() === '' ? failure(44004) : { kind: 'whole', content };
  const { id, finish } = holder as Body;
  if (typeof id !== 'string' || id === '') return failure(40035, 'stream.id is missing');
  if (typeof finish !== 'boolean') return failure(40035, 'stream.finish is no boolean');
  return finish && content.trim() === '' ? failure(44004) : { kind: 'stream', id, finish, content };
}

export const isRefused = (words: Words | ApiAnswer): words is ApiAnswer => isFailure(words);

function checkedContent({ content }: Body, bytes: number): string | ApiAnswer {
  if (typeof content !== 'string') return failure(40035, 'content is no string');
  return Buffer.byteLength(content) > bytes ? failure(45002) : content;
}

const displayCards = new Set(['text_notice', 'news_notice']);
const actionCards = new Set(['button_interaction', 'vote_interaction', 'multiple_interaction']);

// As much of a card as this way looks at: its kind, title and the id without which no click comes back (wecom.md 6.2).
function cardWords({ card_type: type, main_title: title, task_id: taskId }: Body): Words | ApiAnswer {
  const known = displayCards.has(String(type)) || actionCards.has(String(type));
  if (!known) return failure(40035, 'card_type');
  const needsId = actionCards.has(String(type));
  if (needsId && (typeof taskId !== 'string' || !/^[0-9A-Za-z_\-@]{1,128}$/.test(taskId))) return failure(40035, 'task_id');
  const heading = (title as Body | undefined)?.['title'];
  return typeof heading === 'string' && heading !== '' ? { kind: 'whole', content: heading } : failure(40035, 'main_title');
}
