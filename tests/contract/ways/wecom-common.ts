import type { WecomApi } from '../../helpers/wecom-api';
import type { Arrived, Mood } from './way';

export const sendPath = '/cgi-bin/message/send';
export const replyPath = '/cgi-bin/aibot/response';
export const convertPath = '/cgi-bin/batch/openuserid_to_userid';
const webhookPath = '/cgi-bin/webhook/send';
/** The group's 消息推送: the only way to @-mention somebody there. */
export const groupWebhooks = new Map([['wrCHAT', 'KEY']]);
export const updatePath = '/cgi-bin/message/update_template_card';

/** WeCom's markup that would act on the person's phone: mentions, colours, links. */
export const acting = /<@[^>]*>|<font|\]\(https?:|<a /u;

export function setMood(api: WecomApi, mood: Mood): void {
  const answers = { acts: [], refuses: [{ errcode: 60011 }], hangs: ['hang' as const], 'is busy': [{ errcode: 45009 }] };
  for (const path of [sendPath, replyPath]) api.script[path] = answers[mood];
}

/** What our calls of the API would have put on a screen. */
export function arrivedIn(api: WecomApi): Arrived[] {
  return [sendPath, replyPath, webhookPath]
    .flatMap((path) => api.of(path))
    .map(({ path, json }) => {
      const part = json[String(json['msgtype'])] as Record<string, string> & { mentioned_list?: string[] };
      const to = path === replyPath ? 'late' : path === webhookPath ? 'wrCHAT' : String(json['touser']);
      const text = part['content'] ?? part['sub_title_text'] ?? '';
      return { to, text, bytes: Buffer.byteLength(text), mentions: part.mentioned_list ?? [] };
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
