import type Router from '@koa/router';
import type { BodySettings } from '../../config/schema';
import type { Platform } from '../delivery/incoming';
import type { Sender } from '../delivery/outgoing';
import { type DingtalkParts, dingtalkFrom } from './dingtalk/from-settings';
import type { Dingtalk } from './dingtalk/index';
import type { LongConnection } from './long-connection';
import type { SignInWay } from './sign-in-way';
import { type WecomParts, wecomFrom } from './wecom/from-settings';
import type { Wecom } from './wecom/index';

/** Every way in and out of one body, by platform. */
export interface Platforms {
  wecom: Wecom | null;
  dingtalk: Dingtalk | null;
  senders: Partial<Record<Platform, Sender>>;
  signIn: Partial<Record<Platform, SignInWay>>;
  routers: Router[];
  longConnections: LongConnection[];
}

type PlatformParts = Omit<WecomParts, 'texts'> & Omit<DingtalkParts, 'texts'> & { texts: WecomParts['texts'] & DingtalkParts['texts'] };

/** The platforms that the settings name. */
export function platformsFrom(settings: BodySettings, parts: PlatformParts): Platforms {
  const wecom = wecomFrom(settings, parts);
  const dingtalk = dingtalkFrom(settings, parts);
  return {
    wecom,
    dingtalk,
    senders: { ...(wecom ? { wecom: wecom.sender } : {}), ...(dingtalk ? { dingtalk: dingtalk.sender } : {}) },
    signIn: { ...(wecom ? { wecom: wecom.signIn } : {}), ...(dingtalk ? { dingtalk: dingtalk.signIn } : {}) },
    routers: [wecom, dingtalk].flatMap((each) => (each ? [each.router] : [])),
    longConnections: [wecom?.socket ?? null, dingtalk?.stream ?? null].filter((each) => each !== null),
  };
}
