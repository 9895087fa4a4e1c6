import { allowFields, type Command, flagField, type Misbehaviour, type Outcome, type Reply } from './command';
import { codeNameOf, StoreError } from './failure';
import { type Doc, type Found, isDoc, isNumeric, textOf, toNumber } from './values';
import type { Request } from './wire';

const dataFields = [
  'failCommands',
  'namespace',
  'errorCode',
  'errorLabels',
  'closeConnection',
  'blockConnection',
  'blockTimeMS',
  'afterCommand',
  'blackHole',
];

// What a member says that is no primary any more, or soon none: drivers look for another one and try again.
const stateChanges = new Set([91, 189, 10107, 11600, 11602, 13435, 13436]);

/**
 * Misbehaves on purpose, as it is told by MongoDB's own test command: `{configureFailPoint: 'failCommand', mode, data}`.
 * Beyond MongoDB it can do the command first (`afterCommand`) and say nothing at all (`blackHole`).
 */
export class Faults implements Misbehaviour {
  private data: Doc = new Map();
  private skip = 0;
  private left = 0;
  private met = 0;

  configure(command: Command): Reply {
    command.allow('mode', 'data');
    if (command.get('configureFailPoint') !== 'failCommand') throw new StoreError('BadValue', 'the only fail point here is failCommand');
    const data = command.doc('data') ?? new Map();
    allowFields(data, 'configureFailPoint.data', dataFields);
    const mode = command.get('mode');
    const count = (name: string): number | undefined => (isDoc(mode) && isNumeric(mode.get(name)) ? toNumber(mode.get(name)) : undefined);
    if (mode !== 'off' && mode !== 'alwaysOn' && count('times') === undefined && count('skip') === undefined)
      throw new StoreError('BadValue', `unknown mode of a fail point: ${textOf(mode)}`);
    const before = this.met;
    this.data = data;
    this.met = 0;
    this.skip = count('skip') ?? 0;
    this.left = mode === 'off' ? 0 : (count('times') ?? Number.POSITIVE_INFINITY);
    return { count: before, ok: 1 };
  }

  /** The fault that a command meets, if any; one that is met so many times only is used up by it. */
  meet(request: Request): Fault | undefined {
    if (this.left <= 0 || !this.concerns(request)) return undefined;
    if (this.skip > 0) {
      this.skip--;
      return undefined;
    }
    this.left--;
    this.met++;
    return new Fault(this.data, request);
  }

  private concerns({ body }: Request): boolean {
    const [name] = body.keys();
    const wanted = this.data.get('failCommands');
    if (!Array.isArray(wanted) || !wanted.includes(name as string)) return false;
    const collection = name === 'getMore' ? body.get('collection') : body.get(name as string);
    return !this.data.has('namespace') || this.data.get('namespace') === `${textOf(body.get('$db'))}.${textOf(collection)}`;
  }
}

class Fault {
  constructor(
    private readonly data: Doc,
    private readonly request: Request,
  ) {}

  async play(run: () => Reply | Promise<Reply>): Promise<Outcome> {
    const says = (field: string): boolean => flagField(this.data, field, false, 'failCommand');
    if (says('blockConnection')) await new Promise((resolve) => setTimeout(resolve, toNumber(this.data.get('blockTimeMS') ?? 0)));
    const code = this.data.get('errorCode');
    const reply = says('afterCommand') || (code === undefined && !says('closeConnection') && !says('blackHole')) ? await run() : undefined;
    if (says('blackHole')) return 'silence';
    if (says('closeConnection')) return 'close';
    return { reply: code === undefined ? (reply as Reply) : this.refusal(toNumber(code)) };
  }

  private refusal(code: number): Reply {
    const { body } = this.request;
    const [name] = body.keys();
    const errmsg = `Failing command ${name} via 'failCommand' failpoint`;
    // A duplicate is the fault of one statement, not of its command.
    if (code === 11000 && ['insert', 'update'].includes(name as string))
      return { n: 0, writeErrors: [{ index: 0, code, errmsg: `E11000 duplicate key error (${errmsg})` }], ok: 1 };
    const labels = labelsOf(this.data.get('errorLabels'), code, body.has('txnNumber'));
    return {
      ok: 0,
      errmsg,
      code,
      codeName: codeNameOf(code),
      ...(labels.length > 0 ? { errorLabels: labels } : {}),
      // No topologyVersion: with it drivers would ask for a stream of hellos, which this store does not send.
    };
  }
}

/** As servers do: a write with a number is said to be worth another try when the member has only changed its state. */
function labelsOf(given: Found, code: number, numbered: boolean): unknown[] {
  if (Array.isArray(given)) return given;
  return numbered && stateChanges.has(code) ? ['RetryableWriteError'] : [];
}
