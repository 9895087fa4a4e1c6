import Router from '@koa/router';
import { assetRoutes, loadConsoleAssets } from './console-assets';
import type { Console, ConsoleParts } from './console-parts';
import { cookie } from './cookies';
import { Pages } from './pages';
import { SignIn } from './sign-in';

export type { ConsoleParts } from './console-parts';

/** The pages for people: signing in, a member's own work, and what the features show. */
export function createConsole(parts: ConsoleParts): Router {
  const secure = new URL(parts.publicUrl).protocol === 'https:';
  const jars = { attempt: cookie('lxq-sign-in', { secure }), session: cookie('lxq-session', { secure }) };
  const console: Console = { ...parts, jars, assets: loadConsoleAssets() };
  const router = new Router();
  assetRoutes(router, console.assets);
  new SignIn(console).routes(router);
  new Pages(console).routes(router);
  return router;
}
