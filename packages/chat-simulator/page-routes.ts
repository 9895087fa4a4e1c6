import Router from '@koa/router';
import type { Context } from 'koa';
import { type ChatLog, privateChat } from './chat-log';
import { halfAnHourLater, isWeekday, longTime, nextWorkingMorning, twoWeeksBeforeQuarterEnd } from './demo-time';
import { LiveEvents } from './live-events';
import type { Delivery, SimulatorOptions } from './options';
import { renderPage } from './page';
import { loadAssets } from './page-assets';
import type { PageStage } from './page-stage';
import { pageTexts } from './page-texts';
import { defaultZone, pageView, stageOf } from './page-view';
import { readBody } from './request-body';

const formBytes = 64_000;
/** As much as a client lets one type, and no more than our application takes. */
const textBytes = 16_000;

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

const remarks = { not_shown: pageTexts.notShown, too_many: pageTexts.tooMany };

const destinations = new Map([
  ['next-working-day', nextWorkingMorning],
  ['quarter-end', twoWeeksBeforeQuarterEnd],
  ['half-an-hour', halfAnHourLater],
]);

/** The chat page and its few doors. All are for the visitor's own browser on this machine. */
export class PageRoutes {
  private readonly assets = loadAssets();
  private readonly events: LiveEvents;
  private readonly zone: string;

  constructor(
    private readonly options: SimulatorOptions,
    /** The first is shown to whom asks for none. */
    private readonly stages: readonly PageStage[],
    private readonly fault: (line: string) => void,
  ) {
    this.events = new LiveEvents(stages.map(({ log }) => log));
    this.zone = options.zone ?? defaultZone;
  }

  router(): Router {
    const router = new Router();
    router.use(onlyFromHere);
    router.get('/', (ctx) => this.show(ctx));
    router.get('/events', (ctx) => this.events.open(ctx));
    router.post('/say', (ctx) => this.say(ctx));
    router.post('/press', (ctx) => this.press(ctx));
    router.post('/control/clock', (ctx) => this.moveClock(ctx));
    for (const asset of Object.values(this.assets)) {
      router.get(asset.path, (ctx) => {
        ctx.set({
          'content-type': asset.type,
          'cache-control': 'public, max-age=31536000, immutable',
          'x-content-type-options': 'nosniff',
        });
        ctx.body = asset.content;
      });
    }
    return router;
  }

  close(): void {
    this.events.close();
  }

  private show(ctx: Context): void {
    const query = new URLSearchParams(ctx.querystring);
    const on = query.get('on') ?? '';
    const view = pageView(this.options, this.stages, { on, as: query.get('as') ?? '', chat: query.get('chat') ?? '' });
    const { me, group } = view;
    const stage = stageOf(this.stages, on);
    stage.log.markSeen(me.userId, group?.chatId ?? privateChat(me.userId));
    if (!group && stage.enterChat) this.inBackground(stage.enterChat(me.userId));
    if (!group) view.mine.unread = 0;
    ctx.set({
      'content-security-policy': policy,
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    });
    ctx.type = 'html';
    ctx.body = renderPage(view, this.assets);
  }

  /** Answers as soon as the line is on the screen; the bot's answer follows through /events. */
  private async say(ctx: Context): Promise<void> {
    const form = new URLSearchParams((await readBody(ctx.req, formBytes)) ?? '');
    const text = (form.get('text') ?? '').trim();
    if (text === '') return refuse(ctx, pageTexts.empty);
    if (Buffer.byteLength(text) > textBytes) return refuse(ctx, pageTexts.tooLong);
    const stage = stageOf(this.stages, form.get('on') ?? '');
    const { people, groups } = stage;
    const [from, chat] = [form.get('as') ?? '', form.get('chat') ?? ''];
    const known = people.some((person) => person.userId === from);
    const allowed = chat === 'private' || groups.some((group) => group.chatId === chat && group.members.includes(from));
    if (!known || !allowed) return refuse(ctx, pageTexts.refused);
    const quote = form.get('quote') ?? '';
    const said = { from, chat, text, mention: form.get('mention') === 'yes', ...(quote === '' ? {} : { quote }) };
    const remark = (delivery: Delivery): void => remarkOn(stage.log, delivery, chat === 'private' ? privateChat(from) : chat);
    this.inBackground(stage.say(said).then(remark));
    ctx.status = 204;
  }

  /** Answers when the card shows what there is to show. */
  private async press(ctx: Context): Promise<void> {
    const form = new URLSearchParams((await readBody(ctx.req, formBytes)) ?? '');
    const [from, chat, label, messageId] = ['as', 'chat', 'label', 'message'].map((name) => form.get(name) ?? '') as [
      string,
      string,
      string,
      string,
    ];
    const { people, groups, cards, log, press } = stageOf(this.stages, form.get('on') ?? '');
    const inGroup = groups.some((group) => group.chatId === chat && group.members.includes(from));
    const key = chat === 'private' ? privateChat(from) : chat;
    const known = people.some((person) => person.userId === from) && (chat === 'private' || inGroup);
    if (!known) return refuse(ctx, pageTexts.refused);
    if (!cards.find(key, from, label, messageId)) return refuse(ctx, pageTexts.noButton);
    this.inBackground(press({ from, chat, label, messageId }).then((delivery) => remarkOn(log, delivery, key)));
    ctx.status = 204;
  }

  private async moveClock(ctx: Context): Promise<void> {
    const form = new URLSearchParams((await readBody(ctx.req, formBytes)) ?? '');
    const { clock, isWorkingDay = isWeekday } = this.options;
    const destination = destinations.get(form.get('to') ?? '');
    if (!destination || !clock.moveTo) return refuse(ctx, pageTexts.refused);
    const instant = destination(clock.now(), { zone: this.zone, isWorkingDay });
    await clock.moveTo(instant);
    this.events.announce();
    ctx.body = pageTexts.moved(longTime(instant, this.zone));
  }

  private inBackground(work: Promise<unknown>): void {
    work.catch((error: unknown) => this.fault(`simulator: ${error instanceof Error ? error.message : String(error)}`));
  }
}

/** Tells the visitor why a line stayed without an answer; in the real client there would just be silence. */
function remarkOn(log: ChatLog, delivery: Delivery, chat: string): void {
  const failed = delivery.attempts > 0 && delivery.status !== 200;
  const text = delivery.remark ? remarks[delivery.remark] : failed ? pageTexts.notDelivered : null;
  if (text !== null) log.show({ chat, from: 'note', text, format: 'text' });
}

/** Other web pages open in the same browser must not speak in the demo: foreign hosts and origins are refused. */
async function onlyFromHere(ctx: Context, next: () => Promise<unknown>): Promise<void> {
  const origin = ctx.get('origin');
  const strange = origin !== '' && origin !== `http://${ctx.host}`;
  if (strange || !['127.0.0.1', 'localhost'].includes(ctx.hostname)) {
    ctx.status = 403;
    ctx.body = pageTexts.refused;
    return;
  }
  await next();
}

function refuse(ctx: Context, reason: string): void {
  ctx.status = 400;
  ctx.body = reason;
}
