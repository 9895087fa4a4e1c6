import { EventEmitter, once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';

/** What may go wrong with a call our application makes. 'lost-after': WeCom acts, then the connection breaks. */
type ApiFault = 'lost-before' | 'lost-after' | 'late' | 'server-error' | 'rate-limited';

/**
 * What may go wrong with a callback. 'lost-before': it never arrives, WeCom tries again; 'lost-after': the application
 * acts but its answer is lost; 'duplicated': delivered twice at once; 'overtaken': waits until the next one is answered.
 */
type CallbackFault = 'lost-before' | 'lost-after' | 'late' | 'duplicated' | 'overtaken';

interface Planned<Kind> {
  kind: Kind;
  left: number;
  ms: number;
  path: string;
}

interface PlanOptions {
  /** How many calls or callbacks it hits; default 1. */
  times?: number;
  /** Delay of 'late' in real milliseconds; default 100. */
  ms?: number;
  /** Only calls whose path contains this, e.g. 'message/send'. */
  path?: string;
}

/** Switches that make the platform misbehave, for tests. */
export class FaultSwitches {
  private readonly planned: { api: Planned<ApiFault>[]; callback: Planned<CallbackFault>[] } = { api: [], callback: [] };
  private readonly answered = new EventEmitter();

  constructor(private readonly doors: { expireTokens(): void; refuseConnections(): Promise<void>; acceptConnections(): Promise<void> }) {}

  /** The next matching calls of our application go wrong. */
  api(kind: ApiFault, options: PlanOptions = {}): void {
    this.planned.api.push({ kind, left: options.times ?? 1, ms: options.ms ?? 100, path: options.path ?? '' });
  }

  /** The next callbacks go wrong. */
  callback(kind: CallbackFault, options: Omit<PlanOptions, 'path'> = {}): void {
    this.planned.callback.push({ kind, left: options.times ?? 1, ms: options.ms ?? 100, path: '' });
  }

  /** Every access token given out so far answers 42001 from now on. */
  expireTokens(): void {
    this.doors.expireTokens();
  }

  /** Nothing listens any more: connections are refused, as with a firewall. */
  refuseConnections(): Promise<void> {
    return this.doors.refuseConnections();
  }

  acceptConnections(): Promise<void> {
    return this.doors.acceptConnections();
  }

  /** Forgets every fault planned and not yet used. */
  clear(): void {
    this.planned.api.length = 0;
    this.planned.callback.length = 0;
  }

  /** For the simulator: takes the fault planned for this call, if any; waits out a 'late' one itself. */
  async takeApi(path: string): Promise<ApiFault | null> {
    return this.take(this.planned.api, path);
  }

  async takeCallback(): Promise<CallbackFault | null> {
    const kind = await this.take(this.planned.callback, '');
    if (kind === 'overtaken') await once(this.answered, 'one');
    return kind;
  }

  /** For the simulator: a callback was answered, so a waiting one may go. */
  letWaitingGo(): void {
    this.answered.emit('one');
  }

  private async take<Kind>(list: Planned<Kind>[], path: string): Promise<Kind | null> {
    const fault = list.find((candidate) => candidate.left > 0 && path.includes(candidate.path));
    if (!fault) return null;
    fault.left -= 1;
    if (fault.kind === 'late') await pause(fault.ms);
    return fault.kind;
  }
}
