import { type ApiAnswer, failure } from '../api-answer';

/** What a reply or a push makes the client show. */
export type Words =
  | { kind: 'stream'; id: string; finish: boolean; content: string }
  | { kind: 'whole'; content: string }
  | { kind: 'card'; value: unknown };

/** What a bubble and a welcome take. */
const contentBytes = 20_480;
const welcomeBytes = 2_048;

type Body = Record<string, unknown>;
const isFailure = (value: object): value is ApiAnswer => 'errcode' in value;

/** Reads the body of a reply or push of one of the allowed kinds, else the refusal. */
export function wordsOf(body: Body, allowed: readonly string[]): Words | ApiAnswer {
  const kind = String(body['msgtype']);
  if (!allowed.includes(kind)) return failure(40008, kind);
  const holder = body[kind];
  if (typeof holder !== 'object' || holder === null) return failure(40035, `${kind} is missing`);
  if (kind === 'template_card') return { kind: 'card', value: holder };
  const content = checkedContent(holder as Body, kind === 'text' ? welcomeBytes : contentBytes);
  if (typeof content !== 'string') return content;
  if (kind !== 'stream') return content.trim() === '' ? failure(44004) : { kind: 'whole', content };
  const { id, finish } = holder as Body;
  if (typeof id !== 'string' || id === '') return failure(40035, 'stream.id is missing');
  if (typeof finish !== 'boolean') return failure(40035, 'stream.finish is no boolean');
  return finish && content.trim() === '' ? failure(44004) : { kind: 'stream', id, finish, content };
}

export const isRefused = <T extends object>(words: T | ApiAnswer): words is ApiAnswer => isFailure(words);

function checkedContent({ content }: Body, bytes: number): string | ApiAnswer {
  if (typeof content !== 'string') return failure(40035, 'content is no string');
  return Buffer.byteLength(content) > bytes ? failure(45002) : content;
}
