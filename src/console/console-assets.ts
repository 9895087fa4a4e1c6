import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Router from '@koa/router';

interface Asset {
  /** With the content's hash, so that browsers may keep it for ever. */
  path: string;
  type: string;
  content: Buffer;
}

function load(name: string, type: string): Asset {
  const content = readFileSync(join(__dirname, 'assets', name));
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 12);
  return { path: `/console/${hash}/${name}`, type, content };
}

/** The console's own files, read once; nothing of it is loaded from elsewhere. */
export const loadConsoleAssets = () => ({
  style: load('console.css', 'text/css; charset=utf-8'),
  byScript: load('by-script.js', 'text/javascript; charset=utf-8'),
});

export type ConsoleAssets = ReturnType<typeof loadConsoleAssets>;

export function assetRoutes(router: Router, assets: ConsoleAssets): void {
  for (const { path, type, content } of Object.values(assets)) {
    router.get(path, (ctx) => {
      ctx.set({ 'content-type': type, 'cache-control': 'public, max-age=31536000, immutable' });
      ctx.body = content;
    });
  }
}
