import type { Clock } from '../foundation/clock';
import { AppError } from '../foundation/errors';
import { inTurn } from '../foundation/in-turn';
import type { Logger } from '../foundation/logger';
import { within } from '../foundation/within';
import { eventKey } from './event-key';
import type { Flood } from './flood';
import type { InboxRow, InboxStore } from './inbox-store';
import { type Answer, type Inbox, type Incoming, type Received, receivedOf, type Said, type Unsaid } from './incoming';

/** What the chat room offers to the inbox. */
export interface MessageHandler {
  /** Pure: whether the line is meant for the bot at all. What is not leaves no trace. */
  addressed(incoming: Incoming): boolean;
  /** Runs at least once per event; its effects are keyed by `key`. Returns what is said where the message came from. */
  handle(received: Received, key: string): Promise<Said>;
}

/** Sentences the inbox itself says (chat/texts.ts). */
interface InboxTexts {
  received: string;
  storeUnavailable: string;
  unexpected: string;
  secret: string;
  tooFast(waitMs: number): string;
}

export interface InboxOptions {
  store: InboxStore;
  handler: MessageHandler;
  /** Plans the answer of a message that could not be answered in the response. */
  answerLate(incoming: Incoming, key: string, said: Said): Promise<void>;
  texts: InboxTexts;
  /** Counts what each person of a body sends; none where nobody is held back. */
  flood?: (body: string) => Pick<Flood, 'count' | 'giveBack'> | null;
  clock: Clock;
  logger: Logger;
  /** WeCom waits 5 s; we answer by then in any weather. A transport whose platform waits less says so with the message. */
  answerWithinMs?: number;
  /**
   * Default half as long again as the answer may take: 4.5 s, shorter than the platform's pause before its first retry (5 s), so
   * that the retry can take over from a dead process.
   */
  leaseMs?: number;
}

export interface SweepingInbox extends Inbox, Unsaid {
  /** Finishes what a crash left behind: at most 100 rows of a body per call; returns how many it finished. */
  sweep(body: string): Promise<number>;
}

/** How far a message has come that somebody waits for. */
interface Turn {
  kept: boolean;
  /** The platform waits no longer: what is said now goes out by itself. */
  late: boolean;
}

const pollMs = 40;
const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

const withCard = ({ card }: Pick<Said, 'card'>): Pick<Said, 'card'> => (card ? { card } : {});

/** Makes each event happen once and gives every redelivery the first one's answer. */
export class DurableInbox implements SweepingInbox {
  private readonly answerWithin: number;
  private readonly senderInTurn = inTurn();

  constructor(private readonly options: InboxOptions) {
    this.answerWithin = options.answerWithinMs ?? 3_000;
  }

  async receive(incoming: Incoming, withinMs = this.answerWithin): Promise<Answer> {
    const { handler, logger, texts } = this.options;
    if (!handler.addressed(incoming)) return null;
    const key = eventKey(incoming);
    const turn: Turn = { kept: false, late: false };
    try {
      const took = this.takeIn(incoming, turn, withinMs);
      const first = withinMs === 0 ? await took : await within(withinMs, took);
      if (first) return first.answer;
      turn.late = true;
      return { text: turn.kept ? texts.received : texts.storeUnavailable };
    } catch (error) {
      if (!(error instanceof AppError) || error.reaction !== 'retry') throw error;
      logger.warn({ code: error.code, event: key }, 'a message could not be kept');
      return { text: texts.storeUnavailable };
    }
  }

  async unsaid(incoming: Incoming): Promise<void> {
    const key = eventKey(incoming);
    if (!receivedOf(incoming)) return void (await this.refuse(incoming, this.options.texts.secret, true));
    const row = await this.options.store.find(incoming.body, key);
    // What is still being worked on has said 已收到 and answers late by itself.
    if (row?.state !== 'done' || !row.reply) return;
    await this.options.answerLate(incoming, key, { text: row.reply, ...withCard(row) });
  }

  async sweep(body: string): Promise<number> {
    const { store, clock } = this.options;
    let finished = 0;
    for (const key of await store.abandoned(body, clock.now())) {
      const row = await store.takeOver(body, key, clock.now(), this.leaseEnd());
      if (!row) continue;
      await this.work(row, () => true);
      finished += 1;
    }
    return finished;
  }

  /** The time to answer runs from the beginning: a slow store takes its share of it. */
  private async takeIn(incoming: Incoming, turn: Turn, withinMs: number): Promise<{ answer: Answer }> {
    const { flood, texts } = this.options;
    const counts = flood?.(incoming.body) ?? null;
    const tooFast = (await counts?.count(incoming)) ?? null;
    if (tooFast && !(await this.wasHere(incoming))) {
      return { answer: tooFast.first ? await this.refuse(incoming, texts.tooFast(tooFast.waitMs), withinMs === 0) : null };
    }
    const received = receivedOf(incoming);
    if (!received) return { answer: await this.refuse(incoming, texts.secret, withinMs === 0) };
    const row = this.rowOf(received, eventKey(incoming));
    const isNew = await this.options.store.insert(row);
    turn.kept = true;
    if (!isNew) await counts?.giveBack(incoming);
    if (withinMs === 0) return { answer: isNew ? this.answerLater(row) : null };
    return { answer: isNew ? await this.answerInTurn(row, turn) : await this.answerAgain(row, turn, withinMs) };
  }

  /** A platform that repeats what was accepted is never refused. */
  private async wasHere(incoming: Incoming): Promise<boolean> {
    return (await this.options.store.find(incoming.body, eventKey(incoming))) !== null;
  }

  /** Nothing of the message is kept, not even for a moment; told again it is refused again. */
  private async refuse(incoming: Incoming, text: string, late: boolean): Promise<Answer> {
    if (!late) return { text };
    await this.options.answerLate(incoming, eventKey(incoming), { text });
    return null;
  }

  private rowOf(incoming: Received, key: string): InboxRow {
    const receivedAt = this.options.clock.now();
    return { _id: key, body: incoming.body, incoming, state: 'claimed', fence: 1, claimedUntil: this.leaseEnd(), receivedAt };
  }

  private leaseEnd(): Date {
    return new Date(this.options.clock.now().getTime() + (this.options.leaseMs ?? this.answerWithin * 1.5));
  }

  private async work(row: InboxRow, tooLate: () => boolean): Promise<Said> {
    const { store, handler, texts, logger } = this.options;
    try {
      const said = await this.senderInTurn(`${row.body}:${row.incoming.senderId}`, () => handler.handle(row.incoming, row._id));
      // The late answer is planned before the row is closed: a crash in between repeats the plan, which has one key.
      const planned = tooLate();
      if (planned) await this.options.answerLate(row.incoming, row._id, said);
      // Whether the row is closed is unknown when this fails: then no sweep may come by, and the answer is planned here.
      await store.finish(row, { state: 'done', reply: said.text, ...withCard(said) }).catch(async (error: unknown) => {
        await this.options.answerLate(row.incoming, row._id, said);
        throw error;
      });
      if (!planned && tooLate()) await this.options.answerLate(row.incoming, row._id, said);
      return said;
    } catch (error) {
      if (error instanceof AppError && error.reaction === 'retry') throw error;
      logger.error({ code: 'UNEXPECTED', event: row._id, err: error }, 'a message could not be handled');
      await store.finish(row, { state: 'parked', parked: error instanceof Error ? error.name : 'unknown' });
      const sorry = { text: texts.unexpected };
      if (tooLate()) await this.options.answerLate(row.incoming, row._id, sorry);
      return sorry;
    }
  }

  private answerLater(row: InboxRow): null {
    const waits = (error: unknown): void => this.options.logger.warn({ event: row._id, err: error }, 'a late answer waits for the sweep');
    this.work(row, () => true).catch(waits);
    return null;
  }

  // The row is kept: whatever becomes of the work now, the sweep finishes it, and nothing else is true to say.
  private answerInTurn(row: InboxRow, turn: Turn): Promise<Answer> {
    const { texts, logger } = this.options;
    return this.work(row, () => turn.late).catch((error: unknown) => {
      logger.warn({ event: row._id, err: error }, 'a late answer waits for the sweep');
      return { text: texts.received };
    });
  }

  private async answerAgain({ _id: key, body }: InboxRow, turn: Turn, withinMs: number): Promise<Answer> {
    const { store, clock, texts } = this.options;
    for (let waited = 0; waited < withinMs && !turn.late; waited += pollMs) {
      const row = await store.find(body, key);
      if (row?.state === 'done') return { text: row.reply ?? texts.received, ...withCard(row) };
      if (row?.state === 'parked') return { text: texts.unexpected };
      const expired = row !== null && row.claimedUntil < clock.now();
      const mine = expired ? await store.takeOver(body, key, clock.now(), this.leaseEnd()) : null;
      if (mine) return this.answerInTurn(mine, turn);
      await pause(pollMs);
    }
    return { text: texts.received };
  }
}
