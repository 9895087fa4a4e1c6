import Router from '@koa/router';
import type { Clock } from '../foundation/clock';
import { Attempts } from './attempts';
import { assetRoutes, loadConsoleAssets } from './console-assets';
import type { Console, ConsoleParts } from './console-parts';
import { cookie } from './cookies';
import { unlessTooMany } from './page-limits';
import { Pages } from './pages';
import { SignIn } from './sign-in';

export type { ConsoleParts } from './console-parts';

/** The pages for people: signing in, a member's own work, and what the features show. */
export function createConsole(parts: ConsoleParts): Router {
  const secure = new URL(parts.publicUrl).protocol === 'https:';
  const jars = { attempt: cookie('lxq-sign-in', { secure }), session: cookie('lxq-session', { secure }) };
  const console: Console = { ...parts, jars, assets: loadConsoleAssets(), limits: limitsOf(parts.clock) };
  const router = new Router();
  assetRoutes(router, console.assets);
  router.use(unlessTooMany(console));
  new SignIn(console).routes(router);
  new Pages(console).routes(router);
  return router;
}

const minute = 60_000;

/** Wide enough for a whole office behind one address, narrow enough that nothing can be guessed. */
const limitsOf = (clock: Clock): Console['limits'] => ({
  failedSignIns: new Attempts(clock, { times: 30, withinMs: 10 * minute }),
  codesOfState: new Attempts(clock, { times: 3, withinMs: 10 * minute }),
  ofAddress: new Attempts(clock, { times: 600, withinMs: minute }),
  ofSession: new Attempts(clock, { times: 120, withinMs: minute }),
});
