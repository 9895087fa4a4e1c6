import { z } from 'zod';
import { AppError } from '../../foundation/errors';
import type { SharedToken } from '../shared-token';
import type { SignedIn, SignInWay } from '../sign-in-way';
import { type CallResult, callNew, callOldAsApp } from './api';
import type { DingtalkOptions, DingtalkSignInBases } from './options';

const userToken = z.object({ accessToken: z.string().min(1) });
const person = z.object({ unionId: z.string().min(1) });
const found = z.object({ result: z.object({ userid: z.string().min(1) }) });

/** Bad, used or expired code; spellings of the new family as seen. */
const badCode = /^(40078|invalidParameter\.(authCode|code).*|authCode.*|invalidCode.*|40029)$/i;
/** Nobody of this organisation has that account. */
const nobody = new Set(['60121', '33012']);

/** Signing in with DingTalk: OAuth2 by redirect, and 免登 by the client's script. */
export class DingtalkSignIn implements SignInWay {
  readonly byScript: NonNullable<SignInWay['byScript']>;

  constructor(
    private readonly options: Pick<DingtalkOptions, 'clientId' | 'clientSecret' | 'corpId' | 'apiBase' | 'sessionBase'>,
    private readonly bases: DingtalkSignInBases,
    private readonly tokens: SharedToken,
  ) {
    const { corpId, clientId } = options;
    this.byScript = { script: bases.script, corpId, clientId, userBehind: (code) => this.behindClientCode(code) };
  }

  authorizeAt({ state, callback }: { state: string; callback: string; inside: boolean }): string {
    const url = new URL('/oauth2/auth', this.bases.loginBase);
    const asked = {
      redirect_uri: callback,
      response_type: 'code',
      client_id: this.options.clientId,
      scope: 'openid',
      state,
      prompt: 'consent',
    };
    url.search = new URLSearchParams(asked).toString();
    return url.toString();
  }

  /** The code of the redirect: code → the person's own token → unionId → user id of this organisation. */
  async userBehind(code: string): Promise<SignedIn> {
    const { clientId, clientSecret, apiBase } = this.options;
    const json = JSON.stringify({ clientId, clientSecret, code, grantType: 'authorization_code' });
    const exchanged = await callNew(new URL('/v1.0/oauth2/userAccessToken', apiBase), json);
    if (exchanged.kind !== 'done') return unlessBadCode(exchanged);
    const token = userToken.safeParse(exchanged.answer).data?.accessToken;
    if (!token) return { kind: 'unavailable', code: 'unreadable answer' };
    const me = await callNew(new URL('/v1.0/contact/users/me', apiBase), undefined, { 'x-acs-dingtalk-access-token': token });
    if (me.kind !== 'done') return { kind: 'unavailable', code: me.code };
    const unionid = person.safeParse(me.answer).data?.unionId;
    if (!unionid) return { kind: 'unavailable', code: 'unreadable answer' };
    return this.ask('/topapi/user/getbyunionid', { unionid });
  }

  private behindClientCode(code: string): Promise<SignedIn> {
    return this.ask('/topapi/v2/user/getuserinfo', { code });
  }

  private async ask(path: string, asked: object): Promise<SignedIn> {
    try {
      const result = await callOldAsApp(this.tokens, new URL(path, this.options.sessionBase), JSON.stringify(asked));
      if (result.kind === 'refused' && nobody.has(result.code)) return { kind: 'stranger' };
      if (result.kind !== 'done') return unlessBadCode(result);
      const userId = found.safeParse(result.answer).data?.result.userid;
      return userId ? { kind: 'user', userId } : { kind: 'unavailable', code: 'unreadable answer' };
    } catch (error) {
      if (error instanceof AppError) return { kind: 'unavailable', code: error.code };
      throw error;
    }
  }
}

const unlessBadCode = ({ kind, code }: Exclude<CallResult, { kind: 'done' }>): SignedIn =>
  kind === 'refused' && badCode.test(code) ? { kind: 'refused', code } : { kind: 'unavailable', code };
