import Router from '@koa/router';
import type { Context } from 'koa';
import { type ApiAnswer, failure, success } from './api-answer';
import type { SimulatorOptions } from './options';
import type { SignInCodes } from './sign-in-codes';
import { type Asked, SignInPage, sendSignInPage } from './sign-in-page';

const visitor = 'simulator-visitor';
/** Long enough for the way there and back. */
const visitorMs = 60_000;

interface SignInParts {
  codes: SignInCodes;
  /** Base URL of the application's pages: its host is the app's trusted domain. */
  application: () => string;
}

/** WeCom's two sign-in pages, and the answer to the application's question who it was. */
export class WecomSignInPages {
  constructor(
    private readonly options: SimulatorOptions,
    private readonly parts: SignInParts,
  ) {}

  router(): Router {
    const router = new Router();
    router.get('/connect/oauth2/authorize', (ctx) => this.authorize(ctx));
    router.get('/wwlogin/sso/login', (ctx) => this.authorize(ctx));
    router.get('/open-mine', (ctx) => this.openMine(ctx));
    return router;
  }

  /** GET /cgi-bin/auth/getuserinfo, behind a good token. */
  userInfo(code: string | undefined): ApiAnswer {
    const userId = this.parts.codes.take(code);
    return userId === null ? failure(40029) : success({ userid: userId });
  }

  /** Somebody taps the app's entry in the client: from here on the client knows who it is. */
  private openMine(ctx: Context): void {
    const as = textOf(ctx.query['as']);
    if (!this.options.people.some(({ userId }) => userId === as)) return refuse(ctx);
    ctx.cookies.set(visitor, as, { httpOnly: true, sameSite: 'lax', signed: false, maxAge: visitorMs });
    ctx.redirect(new URL('/sign-in/wecom?to=%2Fme', this.parts.application()).toString());
  }

  private authorize(ctx: Context): void {
    const asked = this.asked(ctx);
    if (typeof asked === 'string') {
      ctx.status = 400;
      ctx.body = asked;
      return;
    }
    const known = ctx.cookies.get(visitor, { signed: false }) ?? textOf(ctx.query['as']);
    const person = this.options.people.find(({ userId }) => userId === known);
    if (!person) return sendSignInPage(ctx, SignInPage({ people: this.options.people, query: ctx.querystring }));
    const back = new URL(asked.redirectUri);
    back.searchParams.set('code', this.parts.codes.issue(person.userId));
    back.searchParams.set('state', asked.state);
    ctx.redirect(back.toString());
  }

  /** What the platform checks before anybody is asked anything; else its refusal. */
  private asked(ctx: Context): Asked | string {
    const { corpId, app } = this.options;
    const { appid, agentid, redirect_uri: redirectUri, state } = ctx.query;
    const redirect = textOf(redirectUri);
    if (textOf(appid) !== corpId) return '40013 invalid corpid';
    if (agentid !== undefined && textOf(agentid) !== String(app.agentId)) return '40056 invalid agentid';
    if (!URL.canParse(redirect) || new URL(redirect).host !== new URL(this.parts.application()).host)
      return '50001 redirect_uri unauthorized';
    if (!/^[A-Za-z0-9]{1,128}$/.test(textOf(state))) return '40035 invalid state';
    const silent = ctx.path === '/connect/oauth2/authorize';
    if (silent && (ctx.query['scope'] !== 'snsapi_base' || ctx.query['response_type'] !== 'code')) return '40035 invalid scope';
    if (!silent && ctx.query['login_type'] !== 'CorpApp') return '40035 invalid login_type';
    return { redirectUri: redirect, state: textOf(state) };
  }
}

const textOf = (value: string | string[] | undefined): string => (typeof value === 'string' ? value : '');

function refuse(ctx: Context): void {
  ctx.status = 400;
  ctx.body = 'nobody of that id';
}
