import type { Ways } from '../ways';

export interface WecomOptions extends Ways {
  corpId: string;
  /** https://qyapi.weixin.qq.com, a private deployment, or the simulator. */
  apiBase: string;
  bot: { token: string; aesKey: string; botId: string };
  app: { token: string; aesKey: string; agentId: string; secret: string };
  /** Said when somebody opens the private chat. */
  welcome: string;
  /** Said when an encrypted id cannot be converted now; nothing is stored. */
  identityUnavailable: string;
}
