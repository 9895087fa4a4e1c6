import type { WecomApi } from '../../helpers/wecom-api';
import type { Arrived, Mood } from './way';

export const sendPath = '/cgi-bin/message/send';
export const replyPath = '/cgi-bin/aibot/response';
export const convertPath = '/cgi-bin/batch/openuserid_to_userid';
export const updatePath = '/cgi-bin/message/update_template_card';

/** WeCom's markup that would act on the person's phone: mentions, colours, links (wecom.md 7.10). */
export const acting = /<@[^>]*>|<font|\]\(https?:|<a /u;

export function setMood(api: WecomApi, mood: Mood): void {
  const answers = { acts: [], refuses: [{ errcode: 60011 }], hangs: ['hang' as const], 'is busy': [{ errcode: 45009 }] };
  for (const path of [sendPath, replyPath]) api.script[path] = answers[mood];
}

/** What our calls of the API would have put on a screen. */
export function arrivedIn(api: WecomApi): Arrived[] {
  return [...api.of(sendPath), ...api.of(replyPath)].map(({ path, json }) => {
    const part = json[String(json['msgtype'])] as Record<string, string>;
    const text = part['content'] ?? part['sub_title_text'] ?? '';
    return { to: path === replyPath ? 'late' : String(json['touser']), text, bytes: Buffer.byteLength(text), mentions: [] };
  });
}

/** A reply of the bot, over either way: its words, and the key of its first button. */
export function heardOf(reply: Record<string, unknown> | null): { text: string | null; key: string | null } {
  const {
    stream,
    template_card: card,
    text,
  } = (reply ?? {}) as {
    stream?: { content: string };
    text?: { content: string };
    template_card?: { sub_title_text?: string; button_list?: { key: string }[] };
  };
  return { text: stream?.content ?? text?.content ?? card?.sub_title_text ?? null, key: card?.button_list?.[0]?.key ?? null };
}
