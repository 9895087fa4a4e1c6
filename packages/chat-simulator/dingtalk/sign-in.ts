import { randomBytes } from 'node:crypto';
import Router from '@koa/router';
import type { Context } from 'koa';
import type { SimulatorClock } from '../options';
import { SignInCodes } from '../sign-in-codes';
import { SignInPage, sendSignInPage } from '../sign-in-page';
import { type ApiAnswer, failure, oldFailure, oldSuccess, success } from './api-answer';
import type { DingtalkSimulatorOptions } from './options';

const visitor = 'simulator-visitor-dingtalk';
/** Long enough for the way there and back. */
const visitorMs = 60_000;
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const unionIdOf = (userId: string): string => `union-${userId}`;

/** DingTalk's sign-in: the page of OAuth2, the client's script (免登), and what the application asks about their codes. */
export class DingtalkSignInPages {
  /** Of the redirect and of the client: one is no good for the other. */
  private readonly codes;
  private readonly clientCodes;
  private readonly userTokens = new Map<string, string>();

  constructor(
    private readonly options: Pick<DingtalkSimulatorOptions, 'people' | 'clientId' | 'clientSecret'> & { clock: SimulatorClock },
    /** Base URL of the application's pages: the only host that may be led back to. */
    private readonly application: () => string,
  ) {
    this.codes = new SignInCodes(options.clock);
    this.clientCodes = new SignInCodes(options.clock);
  }

  router(): Router {
    const router = new Router();
    router.get('/oauth2/auth', (ctx) => this.authorize(ctx));
    router.get('/dingtalk.open.js', (ctx) => this.script(ctx));
    router.get('/open-mine', (ctx) => this.openMine(ctx));
    return router;
  }

  /** POST /v1.0/oauth2/userAccessToken */
  exchange({ clientId, clientSecret, code, grantType }: Record<string, unknown>): ApiAnswer {
    if (clientId !== this.options.clientId || clientSecret !== this.options.clientSecret) return failure('invalidClientIdOrSecret');
    if (grantType !== 'authorization_code') return failure('invalidParameter.grantType');
    const userId = this.codes.take(textOf(code));
    if (userId === null) return failure('invalidParameter.authCode.notFound');
    const token = randomBytes(16).toString('hex');
    this.userTokens.set(token, userId);
    return success({ accessToken: token, refreshToken: randomBytes(16).toString('hex'), expireIn: 7_200 });
  }

  /** GET /v1.0/contact/users/me, with the person's own token. */
  me(token: string): ApiAnswer {
    const userId = this.userTokens.get(token);
    const person = this.options.people.find((each) => each.userId === userId);
    return person
      ? success({ nick: person.name, unionId: unionIdOf(person.userId), openId: 'open' })
      : failure('InvalidAuthentication', 'token', 401);
  }

  byUnionId({ unionid }: Record<string, unknown>): ApiAnswer {
    const person = this.options.people.find(({ userId }) => unionIdOf(userId) === unionid);
    return person ? oldSuccess({ result: { contact_type: 0, userid: person.userId } }) : oldFailure(60121, '找不到该用户');
  }

  byClientCode({ code }: Record<string, unknown>): ApiAnswer {
    const userId = this.clientCodes.take(textOf(code));
    return userId === null
      ? oldFailure(40078, '不存在的临时授权码')
      : oldSuccess({ result: { userid: userId, unionid: unionIdOf(userId), sys: false } });
  }

  /** Somebody taps the app's entry in the client: from here on the client knows who it is. */
  private openMine(ctx: Context): void {
    const as = textOf(ctx.query['as']);
    if (!this.options.people.some(({ userId }) => userId === as)) return refuse(ctx, 'nobody of that id');
    ctx.cookies.set(visitor, as, { httpOnly: true, sameSite: 'lax', signed: false, maxAge: visitorMs });
    ctx.redirect(new URL('/sign-in/dingtalk?to=%2Fme', this.application()).toString());
  }

  private authorize(ctx: Context): void {
    const { client_id: clientId, redirect_uri: redirectUri, response_type: type, scope, state } = ctx.query;
    const redirect = textOf(redirectUri);
    if (clientId !== this.options.clientId) return refuse(ctx, 'invalid client_id');
    if (!URL.canParse(redirect) || new URL(redirect).host !== new URL(this.application()).host)
      return refuse(ctx, 'redirect_uri not registered');
    if (type !== 'code' || !textOf(scope).split(' ').includes('openid')) return refuse(ctx, 'invalid scope');
    const person = this.visitorOf(ctx) ?? this.options.people.find(({ userId }) => userId === textOf(ctx.query['as']));
    if (!person) return sendSignInPage(ctx, SignInPage({ people: this.options.people, query: ctx.querystring }));
    const code = this.codes.issue(person.userId);
    const back = new URL(redirect);
    back.search = new URLSearchParams({ authCode: code, code, state: textOf(state) }).toString();
    ctx.redirect(back.toString());
  }

  /** What the client puts into a page: here with the code of whoever is before it, for there is no native side to ask. */
  private script(ctx: Context): void {
    const person = this.visitorOf(ctx);
    const answer = person
      ? `asked.onSuccess({ code: ${JSON.stringify(this.clientCodes.issue(person.userId))} })`
      : "asked.onFail({ errorCode: '3' })";
    ctx.set({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
    ctx.type = 'text/javascript';
    ctx.body = `window.dd = { requestAuthCode(asked) { ${answer}; } };`;
  }

  private visitorOf(ctx: Context): { userId: string } | undefined {
    const known = ctx.cookies.get(visitor, { signed: false });
    return this.options.people.find(({ userId }) => userId === known);
  }
}

function refuse(ctx: Context, why: string): void {
  ctx.status = 400;
  ctx.body = why;
}
