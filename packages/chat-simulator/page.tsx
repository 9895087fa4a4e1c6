import type { VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { Avatar } from './avatar';
import { Badge, ChatList } from './chat-list';
import { Composer } from './composer';
import { MessageList } from './message-list';
import type { Assets } from './page-assets';
import { pageTexts } from './page-texts';
import type { PageView } from './page-view';
import { PeopleChooser } from './people-chooser';
import { PlatformSwitch } from './platform-switch';

/** The whole chat page as HTML. Its live regions (#chats, #log, #clock …) are replaced from a later rendering of the same page. */
export function renderPage(view: PageView, assets: Assets): string {
  return `<!doctype html>${renderToString(<Page view={view} assets={assets} />)}`;
}

function Page(props: { view: PageView; assets: Assets }): VNode {
  const { view, assets } = props;
  return (
    <html lang={pageTexts.lang}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1, interactive-widget=resizes-content" />
        <title>{`${view.group?.name ?? view.botName} · ${view.title}`}</title>
        <link rel="icon" href={assets.icon.path} />
        <link rel="stylesheet" href={assets.style.path} />
        <script src={assets.script.path} defer />
      </head>
      <body
        class={`on-${view.platform}`}
        data-on={view.platform}
        data-as={view.me.userId}
        data-chat={view.chat}
        data-offline={pageTexts.offline}
      >
        <a class="skip" href="#text">
          {pageTexts.skip}
        </a>
        <div class="frame">
          <Side view={view} />
          <main class="conversation">
            <Head view={view} />
            <MessageList view={view} />
            <Composer view={view} />
          </main>
        </div>
        <PeopleChooser view={view} />
        <p id="announce" class="announce" role="status" />
        <noscript>
          <p class="announce shown">{pageTexts.noScript}</p>
        </noscript>
      </body>
    </html>
  );
}

function Side(props: { view: PageView }): VNode {
  const { view } = props;
  return (
    <aside id="side" class="side">
      <header class="brand">
        <svg viewBox="0 0 40 24" width="44" height="26" aria-hidden="true">
          <path d="M2 20c6-14 30-14 36 0" fill="none" stroke="currentColor" stroke-width="3" stroke-linecap="round" />
          <path d="M2 20h36M11 12v8M20 9.500v10.500M29 12v8" fill="none" stroke="currentColor" stroke-width="2.5" stroke-linecap="round" />
        </svg>
        <div>
          <h1>{view.title}</h1>
        </div>
        <button type="button" class="quiet only-phone" data-close-side>
          {pageTexts.closeChats}
        </button>
      </header>
      <PlatformSwitch view={view} />
      <section class="me">
        <Avatar name={view.me.name} />
        <div class="row-words">
          <span class="me-label">{pageTexts.speakingAs}</span>
          <span class="row-name">{view.me.name}</span>
          <span class="row-hint">{view.me.note}</span>
        </div>
        <button type="button" class="change" data-open-chooser>
          {pageTexts.change}
        </button>
      </section>
      {view.mineHref && (
        <a class="open-mine" href={view.mineHref} target="_blank" rel="noopener">
          {pageTexts.openMine}
        </a>
      )}
      <ChatList view={view} />
      <DemoTools view={view} />
    </aside>
  );
}

function Head(props: { view: PageView }): VNode {
  const { view } = props;
  const waiting = view.mine.unread + view.groups.reduce((sum, row) => sum + row.unread, 0);
  return (
    <header class="head">
      <button type="button" class="to-chats only-phone" data-open-side aria-controls="side" aria-expanded="false">
        <svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">
          <path d="M4 6.500h16M4 12h16M4 17.500h16" stroke="currentColor" stroke-width="2.4" stroke-linecap="round" />
        </svg>
        {pageTexts.chats}
        <span id="waiting">
          <Badge count={waiting} />
        </span>
      </button>
      <div class="head-words">
        <h2>{view.group?.name ?? view.botName}</h2>
        <p>
          {view.platforms.length > 1 && <span class="head-platform">{pageTexts.platform[view.platform]}</span>}
          {view.group ? pageTexts.members(view.group.members.length) : pageTexts.privateMembers}
        </p>
      </div>
      <button
        type="button"
        class="head-me only-phone"
        data-open-chooser
        aria-label={`${pageTexts.speakingAs}${view.me.name}，${pageTexts.change}`}
      >
        <Avatar name={view.me.name} />
        <span>{view.me.name}</span>
      </button>
    </header>
  );
}

/** What belongs to the demonstration and not to the product; looks the part. */
function DemoTools(props: { view: PageView }): VNode {
  const { view } = props;
  return (
    <section class="tools" aria-label={pageTexts.tools}>
      <h2>
        {pageTexts.tools} <span class="aside">{pageTexts.toolsHint}</span>
      </h2>
      <p class="clock">
        <span>{pageTexts.clock}</span>
        <strong id="clock">{view.clock}</strong>
      </p>
      {view.canMoveClock && (
        <div class="forward">
          <span>{pageTexts.forward}</span>
          <button type="button" data-move="half-an-hour">
            {pageTexts.halfAnHour}
          </button>
          <button type="button" data-move="next-working-day">
            {pageTexts.toNextWorkingDay}
          </button>
          <button type="button" data-move="quarter-end">
            {pageTexts.toQuarterEnd}
          </button>
        </div>
      )}
      <p class="hint">{pageTexts.fictional(view.platform)}</p>
    </section>
  );
}
