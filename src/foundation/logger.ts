import pino, { type DestinationStream, type Logger } from 'pino';

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
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime, redact: { paths: secret.flatMap((f) => [f, `*.${f}`]), censor: '***' } },
    destination ?? pino.destination(2),
  );
}
