import { within } from '../foundation/within';
import { cliTexts as texts } from './texts';

/** In which everything is ended, whatever is dead by then; whoever sent the signal may wait 10 s. */
const stopWithinMs = 9_000;

/** What a command has started, closed in reverse order; one failure does not keep the others open. */
export class Started {
  private readonly closers: { name: string; close: () => Promise<unknown> }[] = [];
  private closing = false;
  private loss: (code: number) => void = () => undefined;
  /** Resolves with an exit code when something ends that was to go on. */
  readonly lost = new Promise<number>((resolve) => {
    this.loss = resolve;
  });

  /** `ended`: settles when it has ended by itself. */
  add(name: string, close: () => Promise<unknown>, ended?: Promise<unknown>): void {
    this.closers.push({ name, close });
    void ended?.then(() => {
      if (this.closing) return;
      process.stderr.write(`${texts.endedByItself(name)}\n`);
      this.loss(1);
    });
  }

  /** Never resolves: what was started goes on until somebody ends it. */
  goesOn(): Promise<never> {
    return new Promise(() => undefined);
  }

  async closeAll(): Promise<void> {
    this.closing = true;
    const end = performance.now() + stopWithinMs;
    for (const { name, close } of this.closers.splice(0).reverse()) {
      const failed = (error: unknown): void =>
        void process.stderr.write(`${texts.couldNotStop(name, error instanceof Error ? error.message : String(error))}\n`);
      await within(Math.max(0, end - performance.now()), close().catch(failed));
    }
  }
}

/**
 * Does the work with what it starts. Whatever ends it (its result, a failure, a signal, the end of who called us or of something
 * that was started), everything started is ended too. `stopped`: the exit code after a signal.
 */
export async function withStarted(work: (started: Started) => Promise<number>, stopped = 130): Promise<number> {
  const started = new Started();
  try {
    return await Promise.race([work(started), stopAsked().then(() => stopped), started.lost]);
  } finally {
    await started.closeAll();
  }
}

/** Resolves at the first Ctrl-C or SIGTERM, or when the script that called us is gone; a second signal ends the process at once. */
function stopAsked(): Promise<void> {
  return new Promise((resolve) => {
    let asked = false;
    const stop = (): void => {
      if (asked) process.exit(130);
      asked = true;
      resolve();
    };
    process.on('SIGINT', stop);
    process.on('SIGTERM', stop);
    if (!process.connected) return;
    process.once('disconnect', () => resolve());
    process.channel?.unref();
  });
}
