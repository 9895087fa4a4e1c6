import Router from '@koa/router';
import type { Context } from 'koa';
import type { Cards } from './cards';
import { type ChatLog, privateChat } from './chat-log';
import type { Conversation } from './conversation';
import { halfAnHourLater, isWeekday, longTime, nextWorkingMorning, twoWeeksBeforeQuarterEnd } from './demo-time';
import { LiveEvents } from './live-events';
import type { Delivery, SimulatorOptions } from './options';
import { renderPage } from './page';
import { loadAssets } from './page-assets';
import { pageTexts } from './page-texts';
import { defaultZone, pageView } from './page-view';
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
    private readonly parts: { log: ChatLog; conversation: Conversation; cards: Cards; fault: (line: string) => void },
  ) {
    this.events = new LiveEvents(parts.log);
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
    const view = pageView(this.options, this.parts.log, { as: query.get('as') ?? '', chat: query.get('chat') ?? '' });
    const { me, group } = view;
    this.parts.log.markSeen(me.userId, group?.chatId ?? privateChat(me.userId));
    if (!group) this.inBackground(this.parts.conversation.enterChat(me.userId));
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
    const { people, groups } = this.options;
    const [from, chat] = [form.get('as') ?? '', form.get('chat') ?? ''];
    const known = people.some((person) => person.userId === from);
    const allowed = chat === 'private' || groups.some((group) => group.chatId === chat && group.members.includes(from));
    if (!known || !allowed) return refuse(ctx, pageTexts.refused);
    const quote = form.get('quote') ?? '';
    const said = { from, chat, text, mention: form.get('mention') === 'yes', ...(quote === '' ? {} : { quote }) };
    const saying = this.parts.conversation.say(said);
    this.inBackground(saying.then((delivery) => this.remarkOn(delivery, chat === 'private' ? privateChat(from) : chat)));
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
    const inGroup = this.options.groups.some((group) => group.chatId === chat && group.members.includes(from));
    const key = chat === 'private' ? privateChat(from) : chat;
    const known = this.options.people.some((person) => person.userId === from) && (chat === 'private' || inGroup);
    if (!known) return refuse(ctx, pageTexts.refused);
    if (!this.parts.cards.find(key, from, label, messageId)) return refuse(ctx, pageTexts.noButton);
    const pressing = this.parts.conversation.press({ from, chat, label, messageId });
    this.inBackground(pressing.then((delivery) => this.remarkOn(delivery, key)));
    ctx.status = 204;
  }

  /** Tells the visitor why a line stayed without an answer; in the real client there would just be silence. */
  private remarkOn(delivery: Delivery, chat: string): void {
    const failed = delivery.attempts > 0 && delivery.status !== 200;
    const text = delivery.remark ? remarks[delivery.remark] : failed ? pageTexts.notDelivered : null;
    if (text !== null) this.parts.log.show({ chat, from: 'note', text, format: 'text' });
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
    work.catch((error: unknown) => this.parts.fault(`simulator: ${error instanceof Error ? error.message : String(error)}`));
  }
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
