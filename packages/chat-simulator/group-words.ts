import { type ApiAnswer, failure } from './api-answer';

interface GroupWords {
  format: 'text' | 'markdown';
  text: string;
}

/** The words of a webhook/send, with those who are @-mentioned as the client writes them. */
export function groupWords(body: Record<string, unknown>, bytes: { text: number; markdown: number }): GroupWords | ApiAnswer {
  const format = body['msgtype'];
  if (format !== 'text' && format !== 'markdown') return failure(40008);
  const holder = body[format] as { content?: unknown; mentioned_list?: unknown } | undefined;
  const { content, mentioned_list: mentioned = [] } = holder ?? {};
  if (typeof content !== 'string' || content.trim() === '') return failure(44004);
  if (Buffer.byteLength(content) > bytes[format]) return failure(45002);
  if (!Array.isArray(mentioned) || !mentioned.every((id) => typeof id === 'string')) return failure(40035, 'mentioned_list');
  const called = mentioned.map((id) => `@${String(id)}`).join(' ');
  const text = content.replace(/<@([^>]+)>/g, '@$1');
  return { format, text: called === '' ? text : `${text}\n${called}` };
}
