import { AppError } from '../../foundation/errors';
import { digest } from '../../foundation/ids';
import { seenAddress } from '../outcome';
import { type HeldToken, SharedToken } from '../shared-token';
import { call } from './api';
import { codeEntry } from './error-codes';
import type { WecomOptions } from './options';

/** The self-built app's access token. */
export class AccessToken extends SharedToken {
  constructor(options: WecomOptions) {
    const { redis, clock, prefix, corpId, app, apiBase } = options;
    const key = `${prefix}:wecom:token:${digest(`${corpId}:${app.agentId}:${apiBase}`)}`;
    super({ redis, clock, key, ask: () => ask(options) });
  }
}

async function ask({ apiBase, corpId, app, clock }: WecomOptions): Promise<HeldToken> {
  const url = new URL('/cgi-bin/gettoken', apiBase);
  url.search = new URLSearchParams({ corpid: corpId, corpsecret: app.secret }).toString();
  const result = await call(url);
  if (result.kind !== 'answer') throw new AppError('PLATFORM_UNREACHABLE', `gettoken: ${result.code}`);
  const { errcode = 0, access_token: token, expires_in: seconds } = result.answer;
  if (errcode !== 0) {
    const { reaction, advice } = codeEntry(errcode);
    const alarming = reaction === 'alert' || reaction === 'hold';
    const words = `gettoken: ${errcode}. ${advice}${reaction === 'hold' ? seenAddress(result.answer.errmsg) : ''}`;
    throw new AppError(alarming ? 'PLATFORM_MISCONFIGURED' : 'PLATFORM_BUSY', words);
  }
  if (typeof token !== 'string' || typeof seconds !== 'number') throw new AppError('PLATFORM_UNREACHABLE', 'gettoken: unreadable answer');
  return { token, expiresAt: clock.now().getTime() + seconds * 1_000 };
}
