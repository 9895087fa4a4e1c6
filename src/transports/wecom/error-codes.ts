import type { CodeEntry } from '../code-entry';

const minute = 60_000;
const app = '应用管理 → 自建 → 应用';
const park = (advice: string): CodeEntry => ({ reaction: 'park', advice });
const alert = (advice: string): CodeEntry => ({ reaction: 'alert', advice });
const hold = (advice: string): CodeEntry => ({ reaction: 'hold', advice });
const refresh = (advice: string): CodeEntry => ({ reaction: 'refresh_token', advice });
const slowDown = (waitMs: number, advice: string): CodeEntry => ({ reaction: 'slow_down', waitMs, advice });

const unknownMember = park('没有这个 userid：请改名册（通讯录 → 成员 → 帐号）。');
const ourFault = (what: string): CodeEntry => park(`${what}：是程序的错，请告诉开发人员。`);
const outOfRange = alert(`这位委员不在应用的可见范围里，请放宽：${app} → 可见范围。`);
const notOurGroup = park('不是（或不再是）我们的群：请给群配好消息推送。');
const unanswerable = (where: string): CodeEntry => park(`这条消息${where}已经答复不了，答复改走别的路。`);
const noTrustedHost = alert(`网页的域名不是可信域名：${app} → 网页授权及JS-SDK → 可信域名。`);

/** The app's identity and its access to the API. */
const access: Record<string, CodeEntry> = {
  '-1': { reaction: 'retry', waitMs: minute, advice: '企业微信正忙，会自动再试。' },
  '40001': alert(`WECOM_APP_SECRET 不对：${app} → Secret。`),
  '40013': alert('WECOM_CORP_ID 不对：我的企业 → 企业信息 → 企业ID。'),
  '40091': alert(`WECOM_APP_SECRET 是别的企业的：${app} → Secret。`),
  '40014': refresh('凭证被拒绝，会重新取。'),
  '41001': refresh('没有带凭证，会重新取。'),
  '42001': refresh('凭证过期，会重新取。'),
  '40056': alert(`WECOM_APP_AGENT_ID 不对：${app} → AgentId。`),
  '301002': alert(`应用没有这项权限：请核对 WECOM_APP_AGENT_ID 和权限，${app}。`),
  '48002': alert(`这个 Secret 没有权限调用这个接口：请用 ${app} 的，通讯录的在 管理工具 → 通讯录同步。`),
  '48009': alert('不能从这台服务器读成员详情：管理工具 → 通讯录同步 只给编号。'),
  '50003': hold(`应用被停用：${app} → 启用。`),
  '60020': hold(`这台服务器的地址不受信任，请加到 ${app} → 企业可信IP。`),
  '50001': noTrustedHost,
  '80001': noTrustedHost,
  '85005': noTrustedHost,
  '40029': park('登录码用过了或过期了：请重新登录。'),
  '91040': ourFault('票据种类被拒绝'),
};

/** Whom a message is for. */
const recipients: Record<string, CodeEntry> = {
  '40003': unknownMember,
  '46004': unknownMember,
  '60111': unknownMember,
  '40031': park('成员列表被拒绝：请改名册。'),
  '40032': ourFault('成员列表太长'),
  '43004': park('这位成员没有关联微信，不用处理。'),
  '50002': outOfRange,
  '60011': outOfRange,
  '60003': park('部门已经不在了：请重新读通讯录。'),
  '60123': park('部门已经不在了：请重新读通讯录。'),
  '81013': park(`收件人不存在，或不在应用的可见范围里：请改名册，或 ${app} → 可见范围。`),
  '82001': ourFault('收件人被拒绝'),
  '82002': ourFault('部门超过 100 个'),
  '82003': ourFault('标签超过 100 个'),
};

/** What a message says, and how often. */
const contents: Record<string, CodeEntry> = {
  '40007': park('图片或文件企业微信已不再保存（3 天）：请重新发。'),
  '40008': ourFault('消息类型被拒绝'),
  '40033': ourFault('文字里的转义被拒绝'),
  '40035': ourFault('参数被拒绝'),
  '40058': ourFault('参数被拒绝'),
  '44004': ourFault('文字是空的'),
  '45002': ourFault('文字太长'),
  '93017': ourFault('消息是空的'),
  '93018': ourFault('图片太大'),
  '830002': park('文件太大，一次读不了，略过。'),
  '45009': slowDown(minute, '调用次数到了上限，过一会儿接着发。'),
  '45033': slowDown(10_000, '一下子调用太多，放慢了接着发。'),
};

/** Groups: those with a webhook, those with the bot. */
const groups: Record<string, CodeEntry> = {
  ...Object.fromEntries(['40050', '86001', '86003', '86220'].map((code) => [code, notOurGroup])),
  '93000': alert('群的消息推送地址不对或被删了：请重新添加（群 → 群设置 → 消息推送），再改 WECOM_GROUP_WEBHOOKS。'),
  '93004': alert('群的消息推送被停用：群 → 群设置 → 消息推送 → 启用。'),
  '93001': park('机器人不在这个群里：请拉进群，再让人在群里 @ 它说一句。'),
  '93006': park('机器人不认识这个会话：请让人在那里对它说一句。'),
  '93008': park('机器人不在这个群里：请拉进群，再让人在群里 @ 它说一句。'),
  '93019': alert('WECOM_BOT_ID 不对：智能机器人 → 机器人 → API 模式。'),
};

/** The bot's long connection. */
const connection: Record<string, CodeEntry> = {
  '853000': alert('WECOM_BOT_ID 或 WECOM_BOT_SECRET 不对：智能机器人 → 机器人 → API 模式 → 长连接。'),
  '846605': unanswerable('在这条连接上'),
  '846608': unanswerable('在原来的气泡里'),
  '600039': unanswerable('在这条连接上'),
};

/** What a WeCom errcode makes us do, and where the operator should act. */
const table: Record<string, CodeEntry> = { ...access, ...recipients, ...contents, ...groups, ...connection };

/** The entry of a code; unknown codes are parked, visibly, rather than repeated blindly. */
export function codeEntry(code: number | string): CodeEntry {
  return table[String(code)] ?? { reaction: 'park', advice: '没见过的错误码：请查企业微信的文档。' };
}

export const knownCodes: readonly string[] = Object.keys(table);

/** Events by which WeCom announces that it switches an unused app off, or has done so: what the operator does. */
const announcements: Record<string, string> = {
  inactive_alert: `没有人用，企业微信要停用这个应用：请让成员打开用一用，或在 ${app} 回复。`,
  close_inactive_agent: `企业微信停用了这个应用：请在 ${app} 重新启用。`,
  low_active_alert: `用的人少，企业微信要限制这个应用：请看 ${app} 里的通知。`,
  low_active: `用的人少，企业微信限制了这个应用：请看 ${app} 里的通知。`,
  reopen_inactive_agent: '企业微信重新启用了这个应用，不用处理。',
  active_restored: '企业微信解除了对这个应用的限制，不用处理。',
};

/** What the operator should know of an event of the app; null for those that mean nothing to us. */
export const adviceOnEvent = (event: string | undefined): string | null => announcements[event ?? ''] ?? null;
