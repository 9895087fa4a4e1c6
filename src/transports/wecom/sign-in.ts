import { AppError } from '../../foundation/errors';
import type { SignedIn, SignInWay } from '../sign-in-way';
import type { AccessToken } from './access-token';
import { callAsApp } from './app-api';
import type { WecomOptions, WecomSignInBases } from './options';

/** Bad, used or expired code. */
const badCode = new Set([40029, 42003]);

/** Signing in with WeCom: silently inside the client, by scanning a code outside. */
export class WecomSignIn implements SignInWay {
  constructor(
    private readonly options: Pick<WecomOptions, 'corpId' | 'app' | 'apiBase'>,
    private readonly bases: WecomSignInBases,
    private readonly tokens: AccessToken,
  ) {}

  authorizeAt({ state, callback, inside }: { state: string; callback: string; inside: boolean }): string {
    const { corpId, app } = this.options;
    const common = { appid: corpId, redirect_uri: callback, state, agentid: app.agentId };
    if (!inside) {
      const url = new URL('/wwlogin/sso/login', this.bases.loginBase);
      url.search = new URLSearchParams({ login_type: 'CorpApp', ...common }).toString();
      return url.toString();
    }
    const url = new URL('/connect/oauth2/authorize', this.bases.openBase);
    url.search = new URLSearchParams({ ...common, response_type: 'code', scope: 'snsapi_base' }).toString();
    return `${url.toString()}#wechat_redirect`;
  }

  async userBehind(code: string): Promise<SignedIn> {
    try {
      const path = `/cgi-bin/auth/getuserinfo?${new URLSearchParams({ code }).toString()}`;
      const result = await callAsApp(this.tokens, this.options.apiBase, path);
      if (result.kind !== 'answer') return { kind: 'unavailable', code: result.code };
      const { errcode = 0, userid, UserId } = result.answer;
      if (badCode.has(errcode)) return { kind: 'refused', code: String(errcode) };
      if (errcode !== 0) return { kind: 'unavailable', code: String(errcode) };
      // Older deployments answer with a capital letter.
      const userId = userid ?? UserId;
      return typeof userId === 'string' && userId !== '' ? { kind: 'user', userId } : { kind: 'stranger' };
    } catch (error) {
      if (error instanceof AppError) return { kind: 'unavailable', code: error.code };
      throw error;
    }
  }
}
