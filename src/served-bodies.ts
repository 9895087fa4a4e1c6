import type { BodySettings } from '../config/schema';
import { commonTexts } from './chat/texts';
import type { Outbox } from './delivery/outbox';
import { AppError } from './foundation/errors';
import type { Platform } from './foundation/platform';
import { type BodyOptions, type BodyParts, type ServedBody, serveBody } from './served-body';

/** The bodies of this process by id, and a ledger that finds each row's own sender. */
export class ServedBodies {
  private readonly byId = new Map<string, ServedBody>();

  readonly outbox: Outbox = {
    plan: async (row) => this.get(row.body).outbox.plan(row),
    handOver: async (row, withinMs) => this.get(row.body).outbox.handOver(row, withinMs),
    unconfirmed: async (body, since) => this.get(body).outbox.unconfirmed(body, since),
    history: async (body, ...of) => this.get(body).outbox.history(body, ...of),
    deliverDue: async (body) => this.get(body).outbox.deliverDue(body),
  };

  serve(options: BodyOptions & { bodies: readonly BodySettings[] }, parts: BodyParts): void {
    for (const settings of options.bodies) this.byId.set(settings.BODY_ID, serveBody(settings, options, parts));
  }

  get all(): readonly ServedBody[] {
    return [...this.byId.values()];
  }

  /** Throws SETTINGS_WRONG for a body that this process does not serve. */
  get(body: string): ServedBody {
    const found = this.byId.get(body);
    if (!found) throw new AppError('SETTINGS_WRONG', commonTexts.bodyNotServed(body));
    return found;
  }

  /** Whether its bot may speak in a chat where somebody has spoken to it. */
  answersInChats(body: string, platform: Platform): boolean {
    return this.get(body).platforms.senders[platform]?.answersInChats === true;
  }

  /** Whether a group can be written to without having been asked. */
  reachesGroup(body: string, platform: Platform, chatId: string): boolean {
    return this.get(body).platforms.senders[platform]?.reachesGroup?.(chatId) ?? false;
  }
}
