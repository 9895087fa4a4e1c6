import type { Context } from 'koa';
import type { ComponentChildren, VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { consoleTexts as texts } from './texts';

interface FrameProps {
  title: string;
  /** Address of the style sheet. */
  style: string;
  children: ComponentChildren;
}

/** What every page of the console has around it. Made for a phone in the hand of somebody over fifty: large, plain, few things. */
export function Frame({ title, style, children }: FrameProps): VNode {
  return (
    <html lang={texts.lang}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>{`${title} · ${texts.product}`}</title>
        <link rel="stylesheet" href={style} />
      </head>
      <body>
        <main class="page">{children}</main>
      </body>
    </html>
  );
}

export function PageHead({ title, lines = [] }: { title: string; lines?: readonly string[] }): VNode {
  return (
    <header class="head">
      <h1>{title}</h1>
      {lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
    </header>
  );
}

const strict = ["default-src 'none'", "style-src 'self'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'"];
/** A platform's script speaks with its client by ways of its own: frames, pictures, calls (unverified). */
const lenient = ["default-src 'self' https:", 'frame-src *', "form-action 'self'", "base-uri 'none'"];

/** Sends a page that is kept nowhere. Without `scripts` (origins) it runs none. */
export function sendPage(
  ctx: Context,
  page: VNode,
  { status = 200, scripts = [] }: { status?: number; scripts?: readonly string[] } = {},
): void {
  const policy = scripts.length > 0 ? [...lenient, `script-src ${scripts.join(' ')}`] : strict;
  ctx.set({ 'content-security-policy': policy.join('; '), 'cache-control': 'no-store', 'referrer-policy': 'same-origin' });
  ctx.status = status;
  ctx.type = 'html';
  ctx.body = `<!doctype html>${renderToString(page)}`;
}
