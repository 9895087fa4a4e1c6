import type { Connection } from 'mongoose';
import type { BodySettings } from '../../../config/schema';
import type { ContactChanges } from '../../delivery/contact-change';
import { MonthlyUsage } from '../../delivery/monthly-usage';
import type { Clock, Steady } from '../../foundation/clock';
import type { Logger } from '../../foundation/logger';
import type { Ways } from '../ways';
import { quotaAdvice } from './error-codes';
import { createDingtalk, type Dingtalk, type DingtalkOptions } from './index';

/** What DingTalk is given beside the settings. */
export interface DingtalkParts {
  ways: Ways;
  connection: Connection;
  changes: ContactChanges;
  steady: Steady;
  texts: DingtalkOptions['texts'];
}

/** DingTalk in and out as the settings say; null when it is not configured (config/schema.ts: all of its settings or none). */
export function dingtalkFrom(settings: BodySettings, { ways, connection, changes, steady, texts }: DingtalkParts): Dingtalk | null {
  const { DINGTALK_CLIENT_ID: clientId, DINGTALK_CLIENT_SECRET: clientSecret, DINGTALK_CORP_ID: corpId } = settings;
  const { DINGTALK_ROBOT_NAME: robotName, DINGTALK_ROBOT_CODE: robotCode } = settings;
  const { DINGTALK_EVENT_TOKEN: token, DINGTALK_EVENT_AES_KEY: aesKey } = settings;
  if (!clientId || !clientSecret || !corpId || !robotName) return null;
  return createDingtalk({
    ...ways,
    corpId,
    clientId,
    clientSecret,
    robotCode: robotCode ?? clientId,
    robotName,
    apiBase: settings.DINGTALK_API_BASE,
    sessionBase: settings.DINGTALK_SESSION_BASE,
    signIn: { loginBase: settings.DINGTALK_LOGIN_BASE, script: settings.DINGTALK_JSAPI_URL },
    ...(settings.DINGTALK_AGENT_ID ? { agentId: settings.DINGTALK_AGENT_ID } : {}),
    groupWebhooks: settings.DINGTALK_GROUP_WEBHOOKS ?? new Map(),
    buttons: settings.DINGTALK_CARD_BUTTONS,
    usage: dingtalkUsage(settings, { connection, clock: ways.clock, logger: ways.logger }),
    ...(settings.DINGTALK_MODE === 'stream' ? { stream: { changes, steady } } : {}),
    ...(token && aesKey ? { events: { token, aesKey, changes } } : {}),
    texts,
  });
}

/** What the month's plan of DingTalk has been charged for so far. */
export function dingtalkUsage(settings: BodySettings, parts: { connection: Connection; clock: Clock; logger: Logger }): MonthlyUsage {
  return new MonthlyUsage({
    ...parts,
    body: settings.BODY_ID,
    platform: 'dingtalk',
    zone: settings.TIME_ZONE,
    limits: { calls: settings.DINGTALK_MONTHLY_CALLS, pushes: settings.DINGTALK_MONTHLY_PUSHES },
    advice: quotaAdvice,
  });
}
