import { z } from 'zod';
import { AppError } from '../../foundation/errors';
import { digest } from '../../foundation/ids';
import { type HeldToken, SharedToken } from '../shared-token';
import { callNew } from './api';
import { codeEntry } from './error-codes';
import type { DingtalkOptions } from './options';

const answer = z.object({ accessToken: z.string().min(1), expireIn: z.number().positive() });

/** The app's access token, good for both API families. */
export class AccessToken extends SharedToken {
  constructor(options: DingtalkOptions) {
    const { redis, clock, prefix, clientId, apiBase } = options;
    super({ redis, clock, key: `${prefix}:dingtalk:token:${digest(`${clientId}:${apiBase}`)}`, ask: () => ask(options) });
  }
}

async function ask({ apiBase, clientId, clientSecret, clock }: DingtalkOptions): Promise<HeldToken> {
  const json = JSON.stringify({ appKey: clientId, appSecret: clientSecret });
  const result = await callNew(new URL('/v1.0/oauth2/accessToken', apiBase), json);
  if (result.kind === 'refused') {
    const { reaction, advice } = codeEntry(result.code);
    const code = reaction === 'retry' || reaction === 'slow_down' ? 'PLATFORM_BUSY' : 'PLATFORM_MISCONFIGURED';
    throw new AppError(code, `accessToken: ${result.code}. ${advice}`);
  }
  if (result.kind !== 'done') throw new AppError('PLATFORM_UNREACHABLE', `accessToken: ${result.code}`);
  const read = answer.safeParse(result.answer);
  if (!read.success) throw new AppError('PLATFORM_UNREACHABLE', 'accessToken: unreadable answer');
  return { token: read.data.accessToken, expiresAt: clock.now().getTime() + read.data.expireIn * 1_000 };
}
