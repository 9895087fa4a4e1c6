import type { Context } from 'koa';
import type { SimulatorClock } from '../options';
import { randomId } from '../random-id';
import { type ApiAnswer, failure, success } from './api-answer';
import type { RobotApp } from './options';

interface Parts {
  app: RobotApp;
  clock: SimulatorClock;
  base: () => string;
  /** How long a code is good, and how long the address it is exchanged for: both end, DingTalk says not when. */
  codeLifeMs: number;
  addressLifeMs: number;
}

interface Kept {
  bytes: Buffer;
  until: number;
}

/** The pictures, files and recordings people send to the robot: a code in the message, an address for the code, the bytes. */
export class MessageFiles {
  private readonly codes = new Map<string, Kept>();
  private readonly addresses = new Map<string, Kept>();

  constructor(private readonly parts: Parts) {}

  /** The downloadCode under which the robot finds it. */
  keep(bytes: Buffer): string {
    const code = randomId(32);
    this.codes.set(code, { bytes, until: this.now() + this.parts.codeLifeMs });
    return code;
  }

  /** POST /v1.0/robot/messageFiles/download */
  download({ downloadCode, robotCode }: Record<string, unknown>): ApiAnswer {
    if (typeof robotCode !== 'string' || robotCode === '') return failure('invalidParameter.robotCode.empty');
    if (robotCode !== this.parts.app.robotCode) return failure('invalidParameter.robotCode.auth');
    const kept = this.codes.get(typeof downloadCode === 'string' ? downloadCode : '');
    if (!kept || kept.until <= this.now()) return failure('invalidParameter.downloadCode', 'the code is unknown or has expired');
    const until = this.now() + this.parts.addressLifeMs;
    const name = `${randomId(16)}.file`;
    this.addresses.set(name, { bytes: kept.bytes, until });
    return success({ downloadUrl: `${this.parts.base()}/message-files/${name}?Expires=${Math.trunc(until / 1_000)}` });
  }

  /** GET of such an address: without a token, the bytes and nothing that says what they are. */
  serve(ctx: Context, name: string): void {
    const kept = this.addresses.get(name);
    const alive = kept !== undefined && kept.until > this.now();
    ctx.status = alive ? 200 : 403;
    ctx.type = alive ? 'application/octet-stream' : 'application/xml';
    ctx.body = alive ? kept.bytes : '<Error><Code>AccessDenied</Code><Message>Request has expired.</Message></Error>';
  }

  private now(): number {
    return this.parts.clock.now().getTime();
  }
}
