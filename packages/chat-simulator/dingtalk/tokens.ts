import type { SimulatorClock } from '../options';
import { randomId } from '../random-id';
import { type ApiAnswer, failure, oldFailure, oldSuccess, success } from './api-answer';
import type { RobotApp } from './options';

/** Of an access token. */
const lifeSeconds = 7_200;

/** The app's access tokens: asked again within its life, the same token comes back and lives on. */
export class Tokens {
  private readonly given = new Map<string, number>();
  private current = '';

  constructor(
    private readonly clock: SimulatorClock,
    private readonly app: RobotApp,
  ) {}

  /** POST /v1.0/oauth2/accessToken */
  issue({ appKey, appSecret }: Record<string, unknown>): ApiAnswer {
    if (appKey !== this.app.clientId || appSecret !== this.app.clientSecret)
      return failure('invalidClientIdOrSecret', 'wrong appKey or appSecret');
    return success({ accessToken: this.lively(), expireIn: lifeSeconds });
  }

  /** GET /gettoken of the old family: the same token. */
  issueOld({ appkey, appsecret }: Record<string, string>): ApiAnswer {
    const right = appkey === this.app.clientId && appsecret === this.app.clientSecret;
    return right ? oldSuccess({ access_token: this.lively(), expires_in: lifeSeconds }) : oldFailure(40089, 'invalid appkey or appsecret');
  }

  private lively(): string {
    const now = this.clock.now().getTime();
    if ((this.given.get(this.current) ?? 0) <= now) this.current = randomId(16);
    this.given.set(this.current, now + lifeSeconds * 1_000);
    return this.current;
  }

  /** null when the token may be used, else the answer the call gets in its family. */
  refuse(token: string | undefined, family: 'new' | 'old'): ApiAnswer | null {
    const until = this.given.get(token ?? '');
    if (until !== undefined && until > this.clock.now().getTime()) return null;
    if (family === 'new') return failure('InvalidAuthentication', 'the access token is missing, wrong or expired');
    return until === undefined ? oldFailure(40014, 'invalid access_token') : oldFailure(42001, 'access_token expired');
  }

  expireAll(): void {
    for (const token of this.given.keys()) this.given.set(token, 0);
  }
}
