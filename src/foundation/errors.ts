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
  STORE_UNAVAILABLE: entry('retry', 'storeUnavailable', 'MongoDB 没有及时应答。请检查它是否在运行、MONGODB_URI 是否写对。'),
  QUEUE_UNAVAILABLE: entry('retry', 'storeUnavailable', 'Redis 没有应答。事情照样从数据库接着办；请检查 REDIS_URL。'),
  FORGED: entry(
    'park',
    'nothing',
    '回调的签名、接收方或时间不对。请核对 Token、EncodingAESKey（企业微信后台）或 Client Secret（钉钉后台），再看时钟准不准。',
  ),
  MALFORMED: entry('park', 'nothing', '签名正确的回调读不懂。请记下时间告诉开发人员：平台可能改了格式。'),
  IDENTITY_UNKNOWN: entry('retry', 'identityUnavailable', '机器人给的用户编号换不成账号。请检查 WECOM_APP_SECRET 和自建应用的可见范围。'),
  PLATFORM_BUSY: entry('slow_down', 'nothing', '平台要求少调用一些。这一条过一会儿自动再试，不用管。'),
  PLATFORM_UNREACHABLE: entry('retry', 'nothing', '连不上平台。请检查网络和代理，以及接口地址有没有写对。'),
  PLATFORM_MISCONFIGURED: entry('alert', 'nothing', '平台说编号、密钥或这台服务器的地址不对。请打开那一行写着的后台页面。'),
  SETTINGS_WRONG: entry('alert', 'nothing', '有一项设置没有填或填错了；那句话里写着是哪一项、在哪里找。'),
  UNEXPECTED: entry('alert', 'unexpected', '程序的错。日志里按事件编号有调用栈，请发给开发人员。'),
} as const satisfies Record<string, ErrorEntry>;

type ErrorCode = keyof typeof errorCatalogue;

/** What the operator does about a code of ours; undefined for any other. */
export const adviceOn = (code: unknown): string | undefined =>
  typeof code === 'string' && Object.hasOwn(errorCatalogue, code) ? errorCatalogue[code as ErrorCode].advice : undefined;

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
