import type { Documents } from './documents';
import type { Entry } from './engine';
import { afterPrefix } from './order';

const firstCollection = Buffer.from([0, 0, 0, 1]);
const end = Buffer.alloc(4, 0xff);
const atOnce = 2000;

/**
 * Removes what belongs to no collection and no index any more: dropping takes the name away at once, and the data goes
 * afterwards in small steps, so that dropping a million documents holds up nobody.
 */
export class Sweeper {
  private running: Promise<void> | undefined;
  private stopped = false;

  constructor(private readonly documents: Documents) {}

  /** Sweeps what begins with `prefix` soon, once the write that calls this is done: a look at everything would grow with the whole store. */
  wake(prefix: Buffer): void {
    setImmediate(() => {
      if (this.stopped) return;
      this.sweep(prefix, afterPrefix(prefix)).catch((error: unknown) =>
        process.emitWarning(`The built-in store could not clear dropped data: ${String(error)}`),
      );
    });
  }

  /** Everything, at the start: a crash may have left some of it. */
  sweep(from: Buffer = firstCollection, until: Buffer = end): Promise<void> {
    this.running = (this.running ?? Promise.resolve()).catch(() => undefined).then(() => this.between(from, until));
    return this.running;
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await this.running?.catch(() => undefined);
  }

  private async between(start: Buffer, until: Buffer): Promise<void> {
    const { engine, catalog } = this.documents;
    let from = start;
    while (!this.stopped) {
      const [first] = engine.entries(from, until, 1) as [Entry | undefined];
      if (!first) return;
      const prefix = first.key.subarray(0, 6);
      if (catalog.owns(prefix.readUInt32BE(0), prefix.readUInt16BE(4))) from = afterPrefix(prefix);
      else await engine.write(() => this.some(prefix));
    }
  }

  // Asked again inside the write: an index may be in the making.
  private some(prefix: Buffer): void {
    const { engine, catalog } = this.documents;
    if (catalog.owns(prefix.readUInt32BE(0), prefix.readUInt16BE(4))) return;
    const keys = engine.keys(prefix, afterPrefix(prefix), atOnce);
    for (let at = 0; at < keys.length; at++) engine.remove(keys.at(at));
  }
}
