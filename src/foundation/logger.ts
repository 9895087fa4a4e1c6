import pino, { type DestinationStream, type Logger } from 'pino';
import { AppError, adviceOn } from './errors';

export type { Logger } from 'pino';

/** Fields whose values never reach a log line, wherever they stand. */
const secret = [
  'token',
  'secret',
  'aesKey',
  'access_token',
  'corpsecret',
  'echostr',
  'msg_signature',
  'lateReply',
  'text',
  'name',
  'phone',
];

/** JSON lines with UTC times; ids and codes only, no message text, no personal data. */
export function createLogger(level: string, destination?: DestinationStream): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths: secret.flatMap((f) => [f, `*.${f}`]), censor: '***' },
      serializers: { err: withoutValues },
      formatters: { log: withAdvice },
    },
    destination ?? pino.destination(2),
  );
}

/** What an operator can do about a known code stands beside it. */
function withAdvice(line: Record<string, unknown>): Record<string, unknown> {
  const { code, err } = line;
  const advice = line['advice'] ?? adviceOn(code) ?? (err instanceof AppError ? adviceOn(err.code) : undefined);
  return advice === undefined ? line : { ...line, advice };
}

/** Whose messages are written by us or by the engine. Drivers and parsers put the values they were given into theirs. */
const wordedByUs: ReadonlySet<string> = new Set([
  'Error',
  'AppError',
  'TypeError',
  'RangeError',
  'ReferenceError',
  'AbortError',
  'TimeoutError',
]);
const deepest = 3;

interface Told {
  type: string;
  code?: string | number;
  message?: string;
  stack?: string;
  cause?: Told;
}

/** An error as it may stand in the log: what kind, which code, where; never the document it was about. */
export function withoutValues(error: unknown, depth = 0): Told {
  if (!(error instanceof Error)) return { type: typeof error };
  const { code } = error as { code?: unknown };
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  const { cause } = error;
  return {
    type: error.name,
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    ...(wordedByUs.has(error.name) ? { message: error.message } : {}),
    stack: frames.join('\n'),
    ...(cause === undefined || depth >= deepest ? {} : { cause: withoutValues(cause, depth + 1) }),
  };
}
