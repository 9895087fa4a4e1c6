import type { CodeEntry } from '../code-entry';

const minute = 60_000;
const app = '应用管理 → 自建 → the app';
const park = (advice: string): CodeEntry => ({ reaction: 'park', advice });
const alert = (advice: string): CodeEntry => ({ reaction: 'alert', advice });
const hold = (advice: string): CodeEntry => ({ reaction: 'hold', advice });
const refresh = (advice: string): CodeEntry => ({ reaction: 'refresh_token', advice });
const slowDown = (waitMs: number, advice: string): CodeEntry => ({ reaction: 'slow_down', waitMs, advice });

const unknownMember = park('Unknown userid: correct the roster (通讯录 → the member → 帐号).');
const ourFault = (what: string): CodeEntry => park(`${what}: a fault of ours, please report.`);
const outOfRange = alert(`The member is outside the visible range of the app: widen it in ${app} → 可见范围.`);
const notOurGroup = park('Not a group of ours (any more): bind a webhook to the group.');
const unanswerable = (where: string): CodeEntry => park(`The message can no longer be answered ${where}; the answer goes another way.`);
const noTrustedHost = alert(`The address of the page is not a trusted domain: ${app} → 网页授权及JS-SDK → 可信域名.`);

/** The app's identity and its access to the API. */
const access: Record<string, CodeEntry> = {
  '-1': { reaction: 'retry', waitMs: minute, advice: 'WeCom is busy; it is tried again.' },
  '40001': alert(`WECOM_APP_SECRET is wrong: ${app} → Secret.`),
  '40013': alert('WECOM_CORP_ID is wrong: 我的企业 → 企业信息 → 企业ID.'),
  '40091': alert(`WECOM_APP_SECRET belongs to another company: ${app} → Secret.`),
  '40014': refresh('Token refused; it is refreshed.'),
  '41001': refresh('Token missing; it is refreshed.'),
  '42001': refresh('Token expired; it is refreshed.'),
  '40056': alert(`WECOM_APP_AGENT_ID is wrong: ${app} → AgentId.`),
  '301002': alert(`The app may not do this: check WECOM_APP_AGENT_ID and its permissions in ${app}.`),
  '48002': alert(`The secret has no right to this API: use the one of ${app}, for the address book 管理工具 → 通讯录同步.`),
  '48009': alert('Details of members may not be read from this server’s address: 管理工具 → 通讯录同步 lists ids only.'),
  '50003': hold(`The app is disabled: ${app} → 启用.`),
  '60020': hold(`This server’s address is not trusted: add it in ${app} → 企业可信IP.`),
  '50001': noTrustedHost,
  '80001': noTrustedHost,
  '85005': noTrustedHost,
  '40029': park('A sign-in code was used twice or came too late: sign in again.'),
  '91040': ourFault('Kind of ticket refused'),
};

/** Whom a message is for. */
const recipients: Record<string, CodeEntry> = {
  '40003': unknownMember,
  '46004': unknownMember,
  '60111': unknownMember,
  '40031': park('User list refused: correct the roster.'),
  '40032': ourFault('User list too long'),
  '43004': park('The member has not connected WeChat; nothing needs to be done.'),
  '50002': outOfRange,
  '60011': outOfRange,
  '60003': park('A department no longer exists: read the address book again.'),
  '60123': park('A department no longer exists: read the address book again.'),
  '81013': park(`The recipient is unknown or outside the visible range of the app: correct the roster or ${app} → 可见范围.`),
  '82001': ourFault('Recipients refused'),
  '82002': ourFault('More than 100 departments'),
  '82003': ourFault('More than 100 tags'),
};

/** What a message says, and how often. */
const contents: Record<string, CodeEntry> = {
  '40007': park('A picture or file is no longer kept by WeCom (3 days): it must be sent again.'),
  '40008': ourFault('Message kind refused'),
  '40033': ourFault('Text with escapes refused'),
  '40035': ourFault('Parameter refused'),
  '40058': ourFault('Parameter refused'),
  '44004': ourFault('Empty text'),
  '45002': ourFault('Text too long'),
  '93017': ourFault('Empty message'),
  '93018': ourFault('Picture too big'),
  '830002': park('The file is too big to be read in one piece; it is left out.'),
  '45009': slowDown(minute, 'Call limit reached; sending goes on when the window has passed.'),
  '45033': slowDown(10_000, 'Too many calls at once; sending goes on more slowly.'),
};

/** Groups: those with a webhook, those with the bot. */
const groups: Record<string, CodeEntry> = {
  ...Object.fromEntries(['40050', '86001', '86003', '86220'].map((code) => [code, notOurGroup])),
  '93000': alert(
    'The webhook of a group is wrong or was removed: make it again (the group → 群设置 → 消息推送), then WECOM_GROUP_WEBHOOKS.',
  ),
  '93004': alert('The webhook of a group was stopped: the group → 群设置 → 消息推送 → 启用.'),
  '93001': park('The bot is not in this group: add it, and have somebody speak to it there.'),
  '93006': park('The bot does not know this chat: have somebody speak to it there.'),
  '93008': park('The bot is not in this group: add it, and have somebody speak to it there.'),
  '93019': alert('WECOM_BOT_ID is wrong: 智能机器人 → the bot → API 模式.'),
};

/** The bot's long connection. */
const connection: Record<string, CodeEntry> = {
  '853000': alert('WECOM_BOT_ID or WECOM_BOT_SECRET is wrong: 智能机器人 → the bot → API 模式 → 长连接.'),
  '846605': unanswerable('over this connection'),
  '846608': unanswerable('in its bubble'),
  '600039': unanswerable('over this connection'),
};

/** What a WeCom errcode makes us do, and where the operator should act. */
const table: Record<string, CodeEntry> = { ...access, ...recipients, ...contents, ...groups, ...connection };

/** The entry of a code; unknown codes are parked, visibly, rather than repeated blindly. */
export function codeEntry(code: number | string): CodeEntry {
  return table[String(code)] ?? { reaction: 'park', advice: 'Unknown errcode: look it up in the WeCom documentation.' };
}

export const knownCodes: readonly string[] = Object.keys(table);

/** Events by which WeCom announces that it switches an unused app off, or has done so: what the operator does. */
const announcements: Record<string, string> = {
  inactive_alert: `WeCom will switch the app off because nobody uses it: have members open it, or answer in ${app}.`,
  close_inactive_agent: `WeCom has switched the app off: enable it again in ${app}.`,
  low_active_alert: `WeCom will restrict the app because few use it: see the notice in ${app}.`,
  low_active: `WeCom has restricted the app because few use it: see the notice in ${app}.`,
  reopen_inactive_agent: 'WeCom has switched the app on again; nothing needs to be done.',
  active_restored: 'WeCom has lifted the restriction of the app; nothing needs to be done.',
};

/** What the operator should know of an event of the app; null for those that mean nothing to us. */
export const adviceOnEvent = (event: string | undefined): string | null => announcements[event ?? ''] ?? null;
