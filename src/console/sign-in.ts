import type Router from '@koa/router';
import type { Context } from 'koa';
import type { Member, Platform } from '../organisation/service';
import { longestCode, type SignedIn, type SignInWay } from '../transports/sign-in-way';
import { type Attempt, attemptMs, destinationOf, isSameState, newAttempt, readAttempt, writeAttempt } from './attempt';
import { type Console, home } from './console-parts';
import { sendPage } from './frame';
import { fieldsOf, isOurs } from './own-forms';
import { ByScriptPage, ChoicePage, type Trouble, TroublePage } from './sign-in-pages';
import { visitorAddress } from './visitor-address';

/** A working day: long enough not to annoy, short enough for a phone that is left lying about. */
const sessionMs = 12 * 3_600_000;

const statusOf: Record<Trouble, number> = {
  expired: 400,
  cancelled: 400,
  unknown: 403,
  unavailable: 503,
  off: 404,
  tooMany: 429,
  tooFast: 429,
};

/** The platform whose own client this browser is, by what it calls itself. */
function clientOf(ctx: Context): Platform | null {
  const name = ctx.get('user-agent');
  if (/wxwork/i.test(name)) return 'wecom';
  return /DingTalk/i.test(name) ? 'dingtalk' : null;
}

/** Signing in with the account of a platform, and out again. */
export class SignIn {
  /** The only places a sign-in may lead to; anything else, above all another site, becomes the first. */
  private readonly destinations: readonly string[];

  constructor(private readonly console: Console) {
    this.destinations = [home, ...console.pages.map(({ path }) => path)];
  }

  routes(router: Router): void {
    router.get('/sign-in', (ctx) => this.choose(ctx));
    for (const platform of ['wecom', 'dingtalk'] as const) {
      router.get(`/sign-in/${platform}`, (ctx) => this.begin(ctx, platform));
      router.get(`/sign-in/${platform}/callback`, (ctx) => this.comeBack(ctx, platform));
    }
    router.post('/sign-in/dingtalk/by-script', (ctx) => this.byScript(ctx));
    router.post('/sign-out', (ctx) => this.leave(ctx));
  }

  private choose(ctx: Context): void {
    const { ways, assets } = this.console;
    const platforms = (['wecom', 'dingtalk'] as const).filter((platform) => ways[platform]);
    const to = destinationOf(ctx.query['to'], this.destinations);
    const client = clientOf(ctx);
    const [only] = platforms;
    const obvious = client && ways[client] ? client : platforms.length === 1 ? only : null;
    // After a failure the person decides, or the browser would go round in circles.
    if (obvious && ctx.query['again'] === undefined) return ctx.redirect(`/sign-in/${obvious}?${new URLSearchParams({ to }).toString()}`);
    sendPage(ctx, ChoicePage({ platforms, to, style: assets.style.path }));
  }

  private begin(ctx: Context, platform: Platform): void {
    const { ways, jars, clock, publicUrl, assets } = this.console;
    const way = ways[platform];
    if (!way) return this.tell(ctx, 'off');
    const attempt = newAttempt(platform, destinationOf(ctx.query['to'], this.destinations), clock.now());
    jars.attempt.set(ctx, writeAttempt(attempt), attemptMs);
    const inside = clientOf(ctx) === platform;
    if (inside && way.byScript && ctx.query['by'] !== 'redirect') {
      const otherWay = `/sign-in/${platform}?${new URLSearchParams({ to: attempt.to, by: 'redirect' }).toString()}`;
      const page = ByScriptPage({
        way: way.byScript,
        state: attempt.state,
        otherWay,
        style: assets.style.path,
        script: assets.byScript.path,
      });
      return sendPage(ctx, page, { scripts: ["'self'", new URL(way.byScript.script).origin] });
    }
    const callback = new URL(`/sign-in/${platform}/callback`, publicUrl).toString();
    ctx.redirect(way.authorizeAt({ state: attempt.state, callback, inside }));
  }

  private async comeBack(ctx: Context, platform: Platform): Promise<void> {
    const way = this.console.ways[platform];
    if (!way) return this.tell(ctx, 'off');
    const { code, authCode, state } = ctx.query;
    const given = typeof code === 'string' && code !== '' ? code : authCode;
    await this.finish(ctx, platform, { state, code: given, userBehind: (one) => way.userBehind(one) });
  }

  private async byScript(ctx: Context): Promise<void> {
    const way = this.console.ways.dingtalk?.byScript;
    if (!way || !isOurs(ctx, this.console.publicUrl)) return this.tell(ctx, way ? 'expired' : 'off');
    const { state, code } = await fieldsOf(ctx);
    await this.finish(ctx, 'dingtalk', { state, code, userBehind: (one) => way.userBehind(one) });
  }

  private async finish(
    ctx: Context,
    platform: Platform,
    back: { state: unknown; code: unknown; userBehind: SignInWay['userBehind'] },
  ): Promise<void> {
    const { jars, clock, sessions, body } = this.console;
    const now = clock.now();
    const attempt = readAttempt(jars.attempt.get(ctx), now, this.destinations);
    if (!attempt || attempt.platform !== platform || !isSameState(attempt, back.state)) return this.tell(ctx, 'expired');
    jars.attempt.clear(ctx);
    if (typeof back.code !== 'string' || back.code === '') return this.tell(ctx, 'cancelled');
    if (back.code.length > longestCode) return this.tell(ctx, 'expired');
    const member = await this.memberBehind(ctx, platform, attempt, () => back.userBehind(back.code as string));
    if (!member) return;
    // The state is used up last: what the platform refuses leaves nothing behind here.
    if (!(await sessions.useOnce(body, attempt.state, later(attempt)))) return this.tell(ctx, 'expired');
    const { id, userId } = member;
    const secret = await sessions.start({ body, memberId: id, platform, userId, expiresAt: new Date(now.getTime() + sessionMs) });
    jars.session.set(ctx, secret, sessionMs);
    ctx.redirect(attempt.to);
  }

  /** Asks the platform who this is, unless too many of this address or under this state were nobody; then nothing is asked. */
  private async memberBehind(
    ctx: Context,
    platform: Platform,
    { state }: Attempt,
    ask: () => Promise<SignedIn>,
  ): Promise<(Member & { userId: string }) | null> {
    const { failedSignIns, codesOfState } = this.console.limits;
    const address = visitorAddress(ctx);
    if (!failedSignIns.take(address) || !codesOfState.take(state)) {
      this.tell(ctx, 'tooMany');
      return null;
    }
    const signedIn = await ask();
    // Neither who is known nor a platform that does not answer has guessed.
    if (signedIn.kind === 'user' || signedIn.kind === 'unavailable') failedSignIns.giveBack(address);
    return this.memberOf(ctx, platform, signedIn);
  }

  /** The member behind the platform's answer; else the page is written. */
  private async memberOf(ctx: Context, platform: Platform, signedIn: SignedIn): Promise<(Member & { userId: string }) | null> {
    const { organisation, body, logger } = this.console;
    if (signedIn.kind === 'unavailable') logger.error({ code: signedIn.code, platform }, 'a sign-in could not be asked of the platform');
    if (signedIn.kind !== 'user') {
      this.tell(ctx, { unavailable: 'unavailable', refused: 'expired', stranger: 'unknown' }[signedIn.kind] as Trouble);
      return null;
    }
    const { userId } = signedIn;
    const member = await organisation.memberByUserId(body, platform, userId);
    if (!member) {
      this.tell(ctx, 'unknown');
      return null;
    }
    await organisation.heardFrom(body, platform, userId, member);
    return { ...member, userId };
  }

  private async leave(ctx: Context): Promise<void> {
    const { jars, sessions, body } = this.console;
    const secret = jars.session.get(ctx);
    if (!isOurs(ctx, this.console.publicUrl)) return this.tell(ctx, 'expired');
    if (secret) await sessions.end(body, secret);
    jars.session.clear(ctx);
    ctx.redirect('/sign-in?again=1');
  }

  private tell(ctx: Context, trouble: Trouble): void {
    sendPage(ctx, TroublePage({ trouble, style: this.console.assets.style.path }), { status: statusOf[trouble] });
  }
}

const later = ({ startedAt }: Attempt): Date => new Date(startedAt.getTime() + attemptMs);
