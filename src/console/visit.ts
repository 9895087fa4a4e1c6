import type { Context } from 'koa';
import type { Visit } from '../feature';
import { dayOf } from '../foundation/day';
import type { Member } from '../organisation/service';
import type { Console } from './console-parts';

/** The member whose browser this is. A session ends with the membership, and with the account it was opened with. */
async function signedIn({ jars, sessions, organisation, body, clock }: Console, ctx: Context): Promise<Member | null> {
  const secret = jars.session.get(ctx);
  const session = secret ? await sessions.find(body, secret, clock.now()) : null;
  if (!session) return null;
  const member = await organisation.memberByUserId(body, session.platform, session.userId);
  const stillThere = member?.id === session.memberId && member.identities.some(({ platform }) => platform === session.platform);
  return stillThere ? member : null;
}

/** Who is here and when; else the browser is sent to sign in, and comes back to `to` (a page that can be asked for). */
export async function visitOf(console: Console, ctx: Context, to: string): Promise<Visit | null> {
  const member = await signedIn(console, ctx);
  ctx.set('cache-control', 'no-store');
  if (!member) {
    ctx.redirect(`/sign-in?${new URLSearchParams({ to }).toString()}`);
    return null;
  }
  const { zone } = await console.organisation.body(console.body);
  const now = console.clock.now();
  const { id, name, sector, roles } = member;
  const query = Object.fromEntries(
    Object.entries(ctx.query).map(([field, value]) => [field, (Array.isArray(value) ? value[0] : value) ?? '']),
  );
  return { body: console.body, zone, visitor: { memberId: id, name, sector, roles }, now, today: dayOf(now, zone), query };
}
