import { decrypt, encrypt, getSignature } from '@wecom/crypto';
import { body } from '../../helpers/roster';
import { settings } from './settings';

const { WECOM_BOT_TOKEN: token, WECOM_BOT_AES_KEY: aesKey, WECOM_BOT_ID: botId } = settings;

export const memberCount = 1_000;
export const userIdOf = (n: number): string => `member${n % memberCount}`;
export const chatId = 'wrALL';

/** One request, made before the clock runs: the generator's own work must not stand beside the servers'. */
export interface Shot {
  msgid: string;
  text: string;
  bytes: Buffer;
}

const topics = ['物业收费', '停车难', '老旧小区改造', '惠民政策', '校园安全', '路灯不亮'];
const dayMs = 86_400_000;

/** A member's line. Nobody tells two contacts of one day, so that none looks like a repeat of another. */
function lineOf(n: number): string {
  const round = Math.floor(n / memberCount);
  const day = new Date(Date.now() - (1 + (round % 60)) * dayMs);
  const place = body.places[(n + round) % body.places.length];
  return `@${body.mentions[0]} /记录 走访 ${day.getMonth() + 1}月${day.getDate()}日 ${place} ${3 + (n % 40)}人 ${topics[n % topics.length]}`;
}

/** The n-th message that a server gets, as WeCom would send it from the work group (wecom.md 3.4). */
export function shot(server: string, n: number): Shot {
  const msgid = `${server}-${n}`;
  const text = lineOf(n);
  const plain = JSON.stringify({
    msgid,
    aibotid: botId,
    chatid: chatId,
    chattype: 'group',
    from: { userid: userIdOf(n) },
    response_url: `https://qyapi.example.test/cgi-bin/aibot/response?response_code=${msgid}`,
    msgtype: 'text',
    text: { content: text },
  });
  const encrypted = encrypt(aesKey, plain, '');
  const timestamp = String(Math.floor(Date.now() / 1_000));
  const nonce = String(n);
  const signature = getSignature(token, timestamp, nonce, encrypted);
  const content = JSON.stringify({ encrypt: encrypted });
  const path = `/wecom/bot?msg_signature=${signature}&timestamp=${timestamp}&nonce=${nonce}`;
  const head = `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(content)}\r\n\r\n`;
  return { msgid, text, bytes: Buffer.from(head + content) };
}

/** What the bot says in an encrypted answer; throws for an answer that is none. */
export function said(answer: string): string {
  const { encrypt: sealed, msgsignature, timestamp, nonce } = JSON.parse(answer) as Record<string, string>;
  if (!sealed || getSignature(token, String(timestamp), nonce ?? '', sealed) !== msgsignature) throw new Error('an answer is not signed');
  return (JSON.parse(decrypt(aesKey, sealed).message) as { stream: { content: string } }).stream.content;
}
