import { AppError } from '../../foundation/errors';
import { digest } from '../../foundation/ids';
import { within } from '../../foundation/within';
import type { AccessToken } from './access-token';
import { callAsApp } from './app-api';
import type { WecomOptions } from './options';

const mostRemembered = 10_000;
/** All that may be spent on who somebody is; of it, what a slow store may take before the platform is asked instead, and what keeping the answer may. */
const deadlineMs = 2_000;
const storeMs = 600;
const keepMs = 200;
const cachedSeconds = 30 * 86_400;

/** The plaintext user id behind what the bot was given. An id the API calls invalid is plaintext already. */
export class UserIds {
  private readonly remembered = new Map<string, string>();

  constructor(
    private readonly options: WecomOptions,
    private readonly tokens: AccessToken,
  ) {}

  /** Throws IDENTITY_UNKNOWN when nothing is cached and the platform cannot be asked now. */
  async plain(id: string): Promise<string> {
    const known = this.remembered.get(id);
    if (known !== undefined) return known;
    const key = `${this.options.prefix}:wecom:userid:${digest(`${this.options.corpId}:${id}`)}`;
    const cached = await this.options.redis.get(key).catch(() => null);
    const plain = cached ?? (await this.inTime(this.lookedUp(id)));
    if (cached === null) await this.options.redis.set(key, plain, 'EX', cachedSeconds).catch(() => undefined);
    if (this.remembered.size >= mostRemembered) this.remembered.delete(this.remembered.keys().next().value ?? '');
    this.remembered.set(id, plain);
    return plain;
  }

  private async lookedUp(id: string): Promise<string> {
    const kept = this.kept(id);
    const early = await within(storeMs, kept);
    if (early !== null) return early;
    const asked = this.asked(id);
    const late = kept.then((found) => found ?? asked);
    return Promise.any([asked, late]).catch(() => asked);
  }

  private async kept(id: string): Promise<string | null> {
    const { knownIds, body } = this.options;
    return (await knownIds?.find(body, id).catch(() => null)) ?? null;
  }

  private async asked(id: string): Promise<string> {
    const { knownIds, body, clock, logger } = this.options;
    const userId = await this.ask(id);
    const lost = (error: unknown): void =>
      logger.warn({ code: 'STORE_UNAVAILABLE', err: error }, 'a user id could not be kept; it is asked again');
    if (knownIds) await within(keepMs, knownIds.keep(body, { encrypted: id, userId, at: clock.now() }).catch(lost));
    return userId;
  }

  private async ask(id: string): Promise<string> {
    const result = await callAsApp(
      this.tokens,
      this.options.apiBase,
      '/cgi-bin/batch/openuserid_to_userid',
      JSON.stringify({ open_userid_list: [id] }),
    );
    if (result.kind !== 'answer' || (result.answer.errcode ?? 0) !== 0) {
      throw new AppError('IDENTITY_UNKNOWN', `openuserid_to_userid: ${result.kind === 'answer' ? result.answer.errcode : result.code}`);
    }
    const { userid_list: found, invalid_open_userid_list: invalid } = result.answer;
    if (Array.isArray(invalid) && invalid.includes(id)) return id;
    const row = Array.isArray(found)
      ? (found as { open_userid?: unknown; userid?: unknown }[]).find((each) => each.open_userid === id)
      : undefined;
    if (typeof row?.userid !== 'string') throw new AppError('IDENTITY_UNKNOWN', 'openuserid_to_userid: the id is in neither list');
    return row.userid;
  }

  // The person waits at most 5 s for an answer: finding out who it is must not eat it up.
  private async inTime(work: Promise<string>): Promise<string> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new AppError('IDENTITY_UNKNOWN', 'openuserid_to_userid: too slow')), deadlineMs);
    });
    try {
      return await Promise.race([work, late]);
    } catch (error) {
      throw error instanceof AppError && error.code !== 'IDENTITY_UNKNOWN'
        ? new AppError('IDENTITY_UNKNOWN', error.message, { cause: error })
        : error;
    } finally {
      clearTimeout(timer);
    }
  }
}
