import { createHash } from 'node:crypto';
import { readDocument } from './bson-reader';
import { writeDocument } from './bson-writer';
import type { Command, Reply } from './command';
import type { Engine } from './engine';
import { StoreError } from './failure';
import { encode } from './order';
import { type Doc, isDoc, isNumeric, textOf, toNumber, type Value } from './values';

/** What one statement of a write did. */
export interface Done {
  n: number;
  nModified?: number;
  upserted?: Value | undefined;
}

// Beyond the keys of all collections, which begin with their number.
const prefix = Buffer.alloc(4, 0xff);
const end = Buffer.alloc(5, 0xff);

const keptMs = 30 * 60_000;
const mostSessions = 10_000;
const atOnce = 1000;

/** A write that may come again, because its answer was lost: what the first one did is kept, and told the second one. */
class Attempt {
  private readonly done = new Map<number, Done>();
  readonly retried: number[] = [];

  constructor(
    private readonly command: Command,
    private readonly key: Buffer,
    private readonly before: Doc | undefined,
  ) {
    for (const run of (before?.get('done') ?? []) as Doc[]) {
      const [first, count, n, nModified] = ['s', 'c', 'n', 'm'].map((name) => toNumber(run.get(name)));
      const one = { n: n as number, nModified: nModified as number, upserted: run.get('u') };
      for (let at = 0; at < (count as number); at++) this.done.set((first as number) + at, one);
    }
  }

  known(statement: number): Done | undefined {
    const found = this.done.get(statement);
    if (found) this.retried.push(statement);
    return found;
  }

  keep(statement: number, done: Done): void {
    this.done.set(statement, done);
  }

  get reply(): Reply | undefined {
    const kept = this.before?.get('reply');
    return isDoc(kept) ? { ...Object.fromEntries(kept), retriedStmtId: 0 } : undefined;
  }

  /** Keeps it in the very transaction of the write, so that both are there after a crash or neither is. */
  save(reply?: Reply): void {
    const { request, store, name } = this.command;
    const kept = { at: store.now(), txn: request.body.get('txnNumber'), name, done: runs(this.done), reply };
    store.documents.engine.put(this.key, writeDocument(kept));
  }
}

export type { Attempt };

/** Statements one after another that did the same take one entry, so that a batch of thousands is small. */
function runs(done: ReadonlyMap<number, Done>): Array<Record<string, unknown>> {
  const list: Array<{ s: number; c: number; n: number; m: number; u: Value | undefined }> = [];
  for (const [statement, { n, nModified = 0, upserted }] of done) {
    const last = list.at(-1);
    const same = last && last.s + last.c === statement && last.n === n && last.m === nModified;
    if (same && last.u === undefined && upserted === undefined) last.c++;
    else list.push({ s: statement, c: 1, n, m: nModified, u: upserted });
  }
  return list;
}

/** The attempt that a command is of; undefined for a command that is not to be retried. Inside a write only. */
export function attemptOf(command: Command): Attempt | undefined {
  const number = command.get('txnNumber');
  if (!isNumeric(number)) return undefined;
  const session = createHash('sha256')
    .update(encode(command.get('lsid')))
    .digest();
  const key = Buffer.concat([prefix, Buffer.of(0), session.subarray(0, 16)]);
  const bytes = command.store.documents.engine.get(key);
  const last = bytes && readDocument(bytes);
  if (!last || toNumber(last.get('txn')) < toNumber(number)) return new Attempt(command, key, undefined);
  if (toNumber(last.get('txn')) > toNumber(number))
    throw new StoreError(
      'TransactionTooOld',
      `Retryable write with txnNumber ${toNumber(number)} is prohibited on session because a newer retryable write with txnNumber ${toNumber(last.get('txn'))} has already started on this session.`,
    );
  if (textOf(last.get('name')) !== command.name)
    throw new StoreError(40606, `txnNumber ${toNumber(number)} was already used by ${textOf(last.get('name'))}`);
  return new Attempt(command, key, last);
}

/** Forgets what sessions did half an hour ago, and the oldest of more than ten thousand. Gives how many it forgot. */
export async function forgetRetries(engine: Engine, now: Date): Promise<number> {
  const sessions: Array<{ key: Buffer; at: number }> = [];
  for (let start = prefix; ; ) {
    const entries = engine.entries(start, end, atOnce);
    for (const { key, value } of entries) sessions.push({ key, at: (readDocument(value).get('at') as Date).getTime() });
    const last = entries.at(-1);
    if (!last || entries.length < atOnce) break;
    start = Buffer.concat([last.key, Buffer.of(0)]);
  }
  sessions.sort((a, b) => b.at - a.at);
  const old = sessions.filter(({ at }, place) => place >= mostSessions || at < now.getTime() - keptMs);
  if (old.length > 0) await engine.write(() => old.forEach(({ key }) => engine.remove(key)));
  return old.length;
}
