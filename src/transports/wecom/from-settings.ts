import { type BodySettings, wecomIn } from '../../../config/schema';
import type { ContactChanges } from '../../delivery/contact-change';
import type { Unsaid } from '../../delivery/incoming';
import type { KnownChats } from '../../delivery/known-chats';
import type { KnownUserIds } from '../../delivery/known-user-ids';
import type { Steady } from '../../foundation/clock';
import type { Ways } from '../ways';
import { createWecom, type Wecom, type WecomOptions } from './index';

/** What WeCom is given beside the settings. */
export interface WecomParts {
  ways: Ways;
  chats: KnownChats;
  knownIds: KnownUserIds;
  changes: ContactChanges;
  late: Unsaid;
  steady: Steady;
  texts: Pick<WecomOptions, 'welcome' | 'identityUnavailable' | 'wordsOnly'>;
}

/** WeCom in and out as the settings say; null for a body that has DingTalk alone. */
export function wecomFrom(settings: BodySettings, parts: WecomParts): Wecom | null {
  const own = wecomIn(settings);
  if (!own) return null;
  const { WECOM_CONTACTS_TOKEN: token, WECOM_CONTACTS_AES_KEY: aesKey } = settings;
  const { welcome, identityUnavailable, wordsOnly } = parts.texts;
  return createWecom({
    ...parts.ways,
    corpId: own.WECOM_CORP_ID,
    apiBase: settings.WECOM_API_BASE,
    bot: botOf(settings, own.WECOM_BOT_ID, parts),
    knownIds: parts.knownIds,
    botNames: settings.WECOM_BOT_MENTIONS ?? [],
    app: {
      token: own.WECOM_APP_TOKEN,
      aesKey: own.WECOM_APP_AES_KEY,
      agentId: own.WECOM_APP_AGENT_ID,
      secret: own.WECOM_APP_SECRET,
    },
    ...(token && aesKey ? { contacts: { token, aesKey } } : {}),
    changes: parts.changes,
    signIn: { openBase: settings.WECOM_OPEN_BASE, loginBase: settings.WECOM_LOGIN_BASE },
    groupWebhooks: settings.WECOM_GROUP_WEBHOOKS ?? new Map(),
    late: parts.late,
    welcome,
    identityUnavailable,
    wordsOnly,
  });
}

/** By long connection when its secret is given, else by callback (config/load.ts: exactly one of the two). */
function botOf(settings: BodySettings, botId: string, { chats, steady }: WecomParts): WecomOptions['bot'] {
  const { WECOM_BOT_SECRET: secret, WECOM_BOT_SOCKET_URL: socketUrl } = settings;
  if (secret) return { botId, secret, socketUrl, chats, steady };
  return { botId, token: settings.WECOM_BOT_TOKEN ?? '', aesKey: settings.WECOM_BOT_AES_KEY ?? '' };
}
