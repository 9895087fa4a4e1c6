import type Router from '@koa/router';
import type { Context } from 'koa';
import type { VNode } from 'preact';
import { commonTexts } from '../chat/texts';
import type { Page, PageDone, PageForm, PageUpload, Visit } from '../feature';
import { may } from '../organisation/may';
import { type Console, home } from './console-parts';
import { Frame, PageHead, sendPage } from './frame';
import { MyPage } from './my-page';
import { fileOf, isOurs, keptFieldsOf } from './own-forms';
import { consoleTexts as texts } from './texts';
import { visitOf } from './visit';

/** The features' pages and the member's own, each behind signing in and its right. */
export class Pages {
  constructor(private readonly console: Console) {}

  routes(router: Router): void {
    router.get(home, (ctx) => this.showMine(ctx));
    for (const page of this.console.pages) {
      router.get(page.path, (ctx) => this.show(ctx, page));
      for (const [name, form] of Object.entries(page.forms ?? {}))
        router.post(`${page.path}/${name}`, (ctx) => this.submit(ctx, page, form));
      for (const [name, upload] of Object.entries(page.uploads ?? {}))
        router.post(`${page.path}/${name}`, (ctx) => this.take(ctx, page, upload));
    }
  }

  private async showMine(ctx: Context): Promise<void> {
    const visit = await visitOf(this.console, ctx, home);
    if (!visit) return;
    const { sectors } = await this.console.organisation.body(visit.body);
    const { name, sector: code } = visit.visitor;
    const sector = sectors.find((each) => each.code === code)?.name ?? null;
    const inOrder = this.console.mine.toSorted((a, b) => a.place - b.place);
    const parts = await Promise.all(inOrder.map((part) => part.render(visit)));
    const lines = [texts.me.member(name, sector), texts.me.asOf(visit.now, visit.zone)];
    const shown = MyPage({ parts: parts.filter((part) => part !== null) });
    this.send(ctx, visit, { path: home, title: texts.me.title, lines, content: shown });
  }

  private async show(ctx: Context, page: Page): Promise<void> {
    const visit = await visitOf(this.console, ctx, page.path);
    if (!visit) return;
    if (!may(page.may, visit.visitor)) return this.deny(ctx, visit);
    this.send(ctx, visit, { path: page.path, title: page.title, content: await page.render(visit) });
  }

  private async submit(ctx: Context, page: Page, form: PageForm): Promise<void> {
    const visit = await visitOf(this.console, ctx, page.path);
    if (!visit) return;
    if (!isOurs(ctx, this.console.publicUrl) || !may(form.may, visit.visitor)) return this.deny(ctx, visit);
    const fields = await keptFieldsOf(ctx);
    this.finish(ctx, visit, page, fields ? await form.submit(visit, fields) : { say: commonTexts.secret });
  }

  private async take(ctx: Context, page: Page, upload: PageUpload): Promise<void> {
    const visit = await visitOf(this.console, ctx, page.path);
    if (!visit) return;
    if (!isOurs(ctx, this.console.publicUrl) || !may(upload.may, visit.visitor)) return this.deny(ctx, visit);
    const file = await fileOf(ctx);
    this.finish(ctx, visit, page, file instanceof Uint8Array ? await upload.take(visit, file) : { say: texts.file[file] });
  }

  private finish(ctx: Context, visit: Visit, page: Page, done: PageDone): void {
    if ('goTo' in done) return ctx.redirect(done.goTo);
    this.send(ctx, visit, { path: page.path, title: page.title, status: 400, content: <NotDone say={done.say} back={page.path} /> });
  }

  private deny(ctx: Context, visit: Visit): void {
    const { title, text, back } = texts.denied;
    this.send(ctx, visit, { path: '', title, status: 403, content: <NotDone say={text} back={home} label={back} /> });
  }

  private send(ctx: Context, visit: Visit, { path, title, lines = [], status = 200, content }: Shown): void {
    const page = (
      <Frame title={title} style={this.console.assets.style.path}>
        <PageHead title={title} lines={lines} />
        <Navigation links={this.linksFor(visit)} at={path} />
        {content}
      </Frame>
    );
    sendPage(ctx, page, { status });
  }

  private linksFor({ visitor }: Visit): Link[] {
    const open = this.console.pages.filter((page) => may(page.may, visitor));
    return [{ path: home, title: texts.me.title }, ...open.map(({ path, title }) => ({ path, title }))];
  }
}

interface Shown {
  path: string;
  title: string;
  lines?: readonly string[];
  status?: number;
  content: VNode;
}

interface Link {
  path: string;
  title: string;
}

/** Nothing for whom there is only the own page: one thing less on the phone. */
function Navigation({ links, at }: { links: readonly Link[]; at: string }): VNode | null {
  if (links.length < 2) return null;
  return (
    <nav aria-label={texts.navigation}>
      {links.map(({ path, title }) => (
        <a key={path} href={path} {...(path === at ? { 'aria-current': 'page' as const } : {})}>
          {title}
        </a>
      ))}
    </nav>
  );
}

function NotDone({ say, back, label = texts.notDone.back }: { say: string; back: string; label?: string }): VNode {
  return (
    <>
      <p class="say">{say}</p>
      <a class="button" href={back}>
        {label}
      </a>
    </>
  );
}
