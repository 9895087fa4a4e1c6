/**
 * Every error the product knows: what it does next, what the user hears, what the operator should look at.
 * `say` is a key of commonTexts; a test asserts that each code has its sentence.
 */
type Reaction = 'answer' | 'retry' | 'slow_down' | 'park' | 'alert';

interface ErrorEntry {
  reaction: Reaction;
  say: string;
  advice: string;
}

const entry = (reaction: Reaction, say: string, advice: string): ErrorEntry => ({ reaction, say, advice });

export const errorCatalogue = {
  STORE_UNAVAILABLE: entry(
    'retry',
    'storeUnavailable',
    'MongoDB did not answer in time. Check that it runs and that MONGODB_URI is right.',
  ),
  QUEUE_UNAVAILABLE: entry('retry', 'storeUnavailable', 'Redis did not answer. Work continues from the database; check REDIS_URL.'),
  FORGED: entry(
    'park',
    'nothing',
    'A callback failed its signature, receiver or freshness check. Compare Token and EncodingAESKey with the WeCom console, the Client Secret with DingTalk’s; check the clock.',
  ),
  MALFORMED: entry(
    'park',
    'nothing',
    'A signed callback could not be read. Keep its time and report it: the platform may have changed a format.',
  ),
  IDENTITY_UNKNOWN: entry(
    'retry',
    'identityUnavailable',
    'The bot user id could not be converted. Check WECOM_APP_SECRET and the visible range of the companion app.',
  ),
  PLATFORM_BUSY: entry('slow_down', 'nothing', 'The platform asked for fewer calls. The row is tried again later by itself.'),
  PLATFORM_UNREACHABLE: entry('retry', 'nothing', 'The platform could not be reached. Check the network and the proxy.'),
  PLATFORM_MISCONFIGURED: entry(
    'alert',
    'nothing',
    'The platform says an id, a secret or this server’s address is wrong. Open the console page named on the row.',
  ),
  SETTINGS_WRONG: entry('alert', 'nothing', 'A setting is missing or wrong; the message names it and where its value is found.'),
  UNEXPECTED: entry('alert', 'unexpected', 'A fault of ours. The log holds the stack under the event key; please report it.'),
} as const satisfies Record<string, ErrorEntry>;

type ErrorCode = keyof typeof errorCatalogue;

export class AppError extends Error {
  readonly reaction: Reaction;

  constructor(
    readonly code: ErrorCode,
    message: string,
    options?: { cause?: unknown },
  ) {
    super(message, options);
    this.name = 'AppError';
    this.reaction = errorCatalogue[code].reaction;
  }
}
