import Router from '@koa/router';
import type { Context } from 'koa';
import { dayOf } from '../foundation/day';
import type { Member } from '../organisation/service';
import { assetRoutes, loadConsoleAssets } from './console-assets';
import type { Console, ConsoleParts } from './console-parts';
import { cookie } from './cookies';
import { sendPage } from './frame';
import { MyPage } from './my-page';
import { SignIn } from './sign-in';

export type { ConsoleParts } from './console-parts';

const recordsShown = 5;

/** The pages for people: signing in, and a member's own work. */
export function createConsole(parts: ConsoleParts): Router {
  const secure = new URL(parts.publicUrl).protocol === 'https:';
  const jars = { attempt: cookie('lxq-sign-in', { secure }), session: cookie('lxq-session', { secure }) };
  const console: Console = { ...parts, jars, assets: loadConsoleAssets() };
  const router = new Router();
  assetRoutes(router, console.assets);
  new SignIn(console).routes(router);
  router.get('/me', (ctx) => showMine(console, ctx));
  return router;
}

async function showMine(console: Console, ctx: Context): Promise<void> {
  const { body, organisation, quotas, contacts, clock, assets } = console;
  const member = await signedIn(console, ctx);
  if (!member) {
    ctx.set('cache-control', 'no-store');
    return ctx.redirect('/sign-in?to=%2Fme');
  }
  const { zone, sectors } = await organisation.body(body);
  const now = clock.now();
  const today = dayOf(now, zone);
  const [progress, records] = await Promise.all([
    member.sector === null ? [] : quotas.progress(body, member, today),
    contacts.recentOf(body, member.id, recordsShown),
  ]);
  const sector = sectors.find(({ code }) => code === member.sector)?.name ?? null;
  sendPage(ctx, MyPage({ member, sector, progress, records, now, zone, today, style: assets.style.path }));
}

/** The member whose browser this is. A session ends with the membership, and with the account it was opened with. */
async function signedIn({ jars, sessions, organisation, body, clock }: Console, ctx: Context): Promise<Member | null> {
  const secret = jars.session.get(ctx);
  const session = secret ? await sessions.find(body, secret, clock.now()) : null;
  if (!session) return null;
  const member = await organisation.memberByUserId(body, session.platform, session.userId);
  const stillThere = member?.id === session.memberId && member.identities.some(({ platform }) => platform === session.platform);
  return stillThere ? member : null;
}
