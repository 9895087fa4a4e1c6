import type { Context } from 'koa';
import type { VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import type { Person } from './options';
import { pageTexts } from './page-texts';

export interface Asked {
  redirectUri: string;
  state: string;
}

const peopleShown = 30;

/** Stands for the code that is scanned with the phone: whoever is tapped has scanned it. */
export function SignInPage({ people, query }: { people: readonly Person[]; query: string }): VNode {
  const featured = people.filter((person) => person.featured);
  const shown = (featured.length > 0 ? featured : people).slice(0, peopleShown);
  return (
    <html lang={pageTexts.lang}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{pageTexts.signInTitle}</title>
      </head>
      <body>
        <h1>{pageTexts.signInTitle}</h1>
        <p>{pageTexts.signInHint}</p>
        <ul>
          {shown.map(({ userId, name, note }) => (
            <li key={userId}>
              <a href={`?${query}&${new URLSearchParams({ as: userId }).toString()}`}>{note ? `${name}（${note}）` : name}</a>
            </li>
          ))}
        </ul>
      </body>
    </html>
  );
}

export function sendSignInPage(ctx: Context, page: VNode): void {
  ctx.set({ 'content-security-policy': "default-src 'none'", 'cache-control': 'no-store' });
  ctx.type = 'html';
  ctx.body = `<!doctype html>${renderToString(page)}`;
}
