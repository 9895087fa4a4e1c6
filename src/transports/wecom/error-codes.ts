import type { CodeEntry } from '../code-entry';

const minute = 60_000;
/** What a WeCom errcode makes us do, and what the operator should look at (wecom.md 5.11). */
const table: Record<string, CodeEntry> = {
  '-1': { reaction: 'retry', waitMs: minute, advice: 'WeCom is busy; it is tried again.' },
  '40001': { reaction: 'alert', advice: 'WECOM_APP_SECRET is wrong: 应用管理 → the app → Secret.' },
  '40013': { reaction: 'alert', advice: 'WECOM_CORP_ID is wrong: 我的企业 → 企业信息.' },
  '40091': { reaction: 'alert', advice: 'WECOM_APP_SECRET belongs to another company.' },
  '40003': { reaction: 'park', advice: 'Unknown userid: correct the roster.' },
  '46004': { reaction: 'park', advice: 'Unknown userid: correct the roster.' },
  '60111': { reaction: 'park', advice: 'Unknown userid: correct the roster.' },
  '40008': { reaction: 'park', advice: 'Message kind refused: a fault of ours, please report.' },
  '40014': { reaction: 'refresh_token', advice: 'Token refused; it is refreshed.' },
  '41001': { reaction: 'refresh_token', advice: 'Token missing; it is refreshed.' },
  '42001': { reaction: 'refresh_token', advice: 'Token expired; it is refreshed.' },
  '40031': { reaction: 'park', advice: 'User list refused: correct the roster.' },
  '40033': { reaction: 'park', advice: 'Text with escapes refused: a fault of ours, please report.' },
  '40035': { reaction: 'park', advice: 'Parameter refused: a fault of ours, please report.' },
  '40056': { reaction: 'alert', advice: 'WECOM_APP_AGENT_ID is wrong: 应用管理 → the app → AgentId.' },
  '301002': { reaction: 'alert', advice: 'The app may not do this: check WECOM_APP_AGENT_ID and its permissions.' },
  '44004': { reaction: 'park', advice: 'Empty text: a fault of ours, please report.' },
  '45002': { reaction: 'park', advice: 'Text too long: a fault of ours, please report.' },
  '45009': { reaction: 'slow_down', waitMs: minute, advice: 'Call limit reached; sending goes on when the window has passed.' },
  '45033': { reaction: 'slow_down', waitMs: 10_000, advice: 'Too many calls at once; sending goes on more slowly.' },
  '48002': { reaction: 'alert', advice: 'The secret has no right to this API: use the secret of the self-built app.' },
  '50002': { reaction: 'alert', advice: 'The member is outside the visible range of the app: widen 可见范围.' },
  '60011': { reaction: 'alert', advice: 'The member is outside the visible range of the app: widen 可见范围.' },
  '50003': { reaction: 'alert', advice: 'The app is disabled: enable it in 应用管理.' },
  '60020': { reaction: 'alert', advice: "This server's address is not trusted: add it to 企业可信IP of the app." },
  '853000': {
    reaction: 'alert',
    advice: 'WECOM_BOT_ID or WECOM_BOT_SECRET is wrong: 智能机器人 → the bot → API 模式 → 长连接.',
  },
  '846605': { reaction: 'park', advice: 'The message can no longer be answered over this connection; the answer goes another way.' },
  '846608': { reaction: 'park', advice: 'The message can no longer be answered in its bubble; the answer goes another way.' },
  '600039': { reaction: 'park', advice: 'The message can no longer be answered over this connection; the answer goes another way.' },
  '93001': { reaction: 'park', advice: 'The bot is not in this group: add it, and have somebody speak to it there.' },
  '93006': { reaction: 'park', advice: 'The bot does not know this chat: have somebody speak to it there.' },
  '93008': { reaction: 'park', advice: 'The bot is not in this group: add it, and have somebody speak to it there.' },
  '81013': { reaction: 'park', advice: 'The recipient is unknown or outside the visible range of the app.' },
};

/** The entry of a code; unknown codes are parked, visibly, rather than repeated blindly. */
export function codeEntry(code: number | string): CodeEntry {
  return table[String(code)] ?? { reaction: 'park', advice: 'Unknown errcode: look it up in the WeCom documentation.' };
}

export const knownCodes: readonly string[] = Object.keys(table);
