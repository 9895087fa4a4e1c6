/** The body of an API answer: WeCom answers HTTP 200 and says the rest in errcode. */
export type ApiAnswer = { errcode: number; errmsg: string } & Record<string, unknown>;

const messages: Record<number, string> = {
  40001: 'invalid credential',
  40008: 'invalid message type',
  40013: 'invalid corpid',
  40014: 'invalid access_token',
  40029: 'invalid code',
  40032: 'invalid userid list length',
  40033: 'request contains unicode escapes',
  40035: 'invalid parameter',
  40056: 'invalid agentid',
  40058: 'invalid parameter',
  41001: 'access_token missing',
  41002: 'corpid missing',
  41004: 'corpsecret missing',
  42001: 'access_token expired',
  43001: 'require GET method',
  43002: 'require POST method',
  44004: 'empty content',
  45002: 'content size out of limit',
  45009: 'api freq out of limit',
  47001: 'data format error',
  '-1': 'system busy',
  48002: 'api forbidden',
  60003: 'department not found',
  60011: 'no privilege to access/modify contact/party/agent',
  60111: 'userid not found',
  91040: 'invalid ticket type',
  301002: 'not allow operate another agent with this accesstoken',
  82002: 'too many parties',
  82003: 'too many tags',
  81013: 'user & party & tag all invalid',
  93001: 'not allowed in this room',
  93006: 'invalid chatid',
  846605: 'invalid req_id',
  846608: 'stream message update expired',
  853000: 'invalid bot_id or secret',
  93000: 'invalid webhook url',
  40004: 'invalid media type',
  40006: 'invalid media size',
  40007: 'invalid media_id',
  41005: 'media data missing',
  45001: 'media size out of limit',
};

export const success = (more: Record<string, unknown> = {}): ApiAnswer => ({ errcode: 0, errmsg: 'ok', ...more });

export const failure = (errcode: number, detail?: string): ApiAnswer => ({
  errcode,
  errmsg: `${messages[errcode] ?? 'error'}${detail === undefined ? '' : `: ${detail}`}`,
});
