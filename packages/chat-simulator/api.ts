import Router from '@koa/router';
import type { Context } from 'koa';
import type { AddressBook } from './address-book';
import { type ApiAnswer, failure, success } from './api-answer';
import type { ApiCalls } from './api-calls';
import type { AppChats } from './app-chats';
import type { FaultSwitches } from './faults';
import type { GroupWebhooks } from './group-webhooks';
import type { LateReplies } from './late-replies';
import type { FileAnswer, MediaFiles } from './media-files';
import { upload } from './media-upload';
import type { MessageSend } from './message-send';
import type { OpenIds } from './open-ids';
import type { SimulatorClock } from './options';
import { randomId } from './random-id';
import { jsonObject, readBody } from './request-body';
import type { Tokens } from './tokens';
import { hasBadEscape } from './unicode-escapes';
import type { WecomSignInPages } from './wecom-sign-in';

interface ApiParts {
  clock: SimulatorClock;
  tokens: Tokens;
  messages: MessageSend;
  chats: AppChats;
  webhooks: GroupWebhooks;
  openIds: OpenIds;
  lateReplies: LateReplies;
  faults: FaultSwitches;
  calls: ApiCalls;
  signIn: Pick<WecomSignInPages, 'userInfo'>;
  book: AddressBook;
  files: MediaFiles;
}

interface Call {
  query: Record<string, string>;
  body: Record<string, unknown>;
}

interface Endpoint {
  method: 'GET' | 'POST';
  /** Needs an access token. */
  token: boolean;
  answer(parts: ApiParts, call: Call): ApiAnswer | FileAnswer;
}

const bodyBytes = 1_000_000;
const openIdsPerCall = 1_000;

const endpoints: Record<string, Endpoint> = {
  '/cgi-bin/gettoken': {
    method: 'GET',
    token: false,
    answer: ({ tokens }, { query }) => tokens.issue(query['corpid'], query['corpsecret']),
  },
  '/cgi-bin/getcallbackip': { method: 'GET', token: true, answer: () => success({ ip_list: ['127.0.0.1'] }) },
  '/cgi-bin/agent/get': { method: 'GET', token: true, answer: ({ book }, { query }) => book.agent(query) },
  '/cgi-bin/agent/list': { method: 'GET', token: true, answer: ({ book }) => book.agents() },
  '/cgi-bin/department/list': { method: 'GET', token: true, answer: ({ book }, { query }) => book.departmentTree(query) },
  '/cgi-bin/user/list': { method: 'GET', token: true, answer: ({ book }, { query }) => book.membersInDetail(query) },
  '/cgi-bin/user/list_id': { method: 'POST', token: true, answer: ({ book }, { body }) => book.memberIds(body) },
  '/cgi-bin/get_jsapi_ticket': { method: 'GET', token: true, answer: () => jsTicket() },
  '/cgi-bin/ticket/get': {
    method: 'GET',
    token: true,
    answer: (_parts, { query }) => (query['type'] === 'agent_config' ? jsTicket() : failure(91040)),
  },
  '/cgi-bin/department/simplelist': { method: 'GET', token: true, answer: ({ book }, { query }) => book.departments(query) },
  '/cgi-bin/department/get': { method: 'GET', token: true, answer: ({ book }, { query }) => book.department(query) },
  '/cgi-bin/user/simplelist': { method: 'GET', token: true, answer: ({ book }, { query }) => book.members(query) },
  '/cgi-bin/user/get': { method: 'GET', token: true, answer: ({ book }, { query }) => book.user(query) },
  '/cgi-bin/auth/getuserinfo': { method: 'GET', token: true, answer: ({ signIn }, { query }) => signIn.userInfo(query['code']) },
  '/cgi-bin/media/get': { method: 'GET', token: true, answer: ({ files }, { query }) => files.get(query['media_id']) },
  '/cgi-bin/message/send': { method: 'POST', token: true, answer: ({ messages }, { body }) => messages.send(body) },
  '/cgi-bin/message/update_template_card': { method: 'POST', token: true, answer: ({ messages }, { body }) => messages.update(body) },
  '/cgi-bin/appchat/create': { method: 'POST', token: true, answer: ({ chats }, { body }) => chats.create(body) },
  '/cgi-bin/appchat/update': { method: 'POST', token: true, answer: ({ chats }, { body }) => chats.update(body) },
  '/cgi-bin/appchat/get': { method: 'GET', token: true, answer: ({ chats }, { query }) => chats.get(query['chatid']) },
  '/cgi-bin/appchat/send': { method: 'POST', token: true, answer: ({ chats }, { body }) => chats.send(body) },
  '/cgi-bin/webhook/send': { method: 'POST', token: false, answer: ({ webhooks }, { query, body }) => webhooks.send(query['key'], body) },
  '/cgi-bin/batch/openuserid_to_userid': {
    method: 'POST',
    token: true,
    answer: ({ openIds, book }, { body }) => convert({ openIds, book }, body),
  },
  '/cgi-bin/aibot/response': {
    method: 'POST',
    token: false,
    answer: ({ lateReplies }, { query, body }) => lateReplies.answer(query['response_code'], body),
  },
};

/** The server API of WeCom that our application calls. */
export function apiRouter(parts: ApiParts): Router {
  const router = new Router();
  for (const [path, endpoint] of Object.entries(endpoints)) router.all(path, (ctx) => serve(parts, endpoint, ctx));
  router.post('/cgi-bin/media/upload', async (ctx) => {
    const { access_token: token, type } = Object.fromEntries(new URLSearchParams(ctx.querystring));
    ctx.body = parts.tokens.refuse(token) ?? (await upload(ctx, type, parts));
  });
  return router;
}

async function serve(parts: ApiParts, endpoint: Endpoint, ctx: Context): Promise<void> {
  const text = await readBody(ctx.req, bodyBytes);
  const body = jsonObject(text);
  const query = Object.fromEntries(new URLSearchParams(ctx.querystring));
  const at = parts.clock.now();
  const note = { at: at.toISOString(), method: ctx.method, path: ctx.path, query, body, ...remarkOn(ctx.path, at) };
  const fault = await parts.faults.takeApi(ctx.path);
  if (fault === 'lost-before') {
    parts.calls.add({ ...note, errcode: null });
    breakOff(ctx);
    return;
  }
  if (fault === 'server-error') {
    parts.calls.add({ ...note, errcode: null });
    ctx.status = 502;
    ctx.body = '<html><body>502 Bad Gateway</body></html>';
    return;
  }
  const answer = fault === 'rate-limited' ? failure(45009) : answerTo(parts, endpoint, ctx.method, { query, body, text });
  const file = isFile(answer) ? answer : null;
  parts.calls.add({ ...note, errcode: isFile(answer) ? 0 : answer.errcode });
  if (fault === 'lost-after') breakOff(ctx);
  else if (file) serveFile(ctx, file);
  else ctx.body = answer;
}

const isFile = (answer: ApiAnswer | FileAnswer): answer is FileAnswer => Buffer.isBuffer(answer['bytes']);

function serveFile(ctx: Context, { bytes, fileName }: FileAnswer): void {
  ctx.type = 'application/octet-stream';
  ctx.set('Content-disposition', `attachment; filename="${encodeURIComponent(fileName)}"`);
  ctx.body = bytes;
}

function answerTo(
  parts: ApiParts,
  endpoint: Endpoint,
  method: string,
  call: { query: Record<string, string>; body: Record<string, unknown> | null; text: string | null },
): ApiAnswer | FileAnswer {
  if (method !== endpoint.method) return failure(endpoint.method === 'GET' ? 43001 : 43002);
  const refused = endpoint.token ? parts.tokens.refuse(call.query['access_token']) : null;
  if (refused) return refused;
  if (endpoint.method === 'POST' && !call.body) return failure(47001);
  if (hasBadEscape(call.text ?? '')) return failure(40033);
  return endpoint.answer(parts, { query: call.query, body: call.body ?? {} });
}

/** For pages inside the client, 7200 s. */
const jsTicket = (): ApiAnswer => success({ ticket: `demo-ticket-${randomId(32)}`, expires_in: 7_200 });

function convert({ openIds, book }: Pick<ApiParts, 'openIds' | 'book'>, body: Record<string, unknown>): ApiAnswer {
  const asked: unknown = body['open_userid_list'];
  if (!Array.isArray(asked) || asked.length === 0 || !asked.every((id): id is string => typeof id === 'string')) return failure(40035);
  if (asked.length > openIdsPerCall) return failure(40032);
  const userid_list = asked.flatMap((open) => {
    const userid = openIds.toPlain(open);
    return userid === undefined || !book.sees(userid) ? [] : [{ open_userid: open, userid }];
  });
  const found = new Set(userid_list.map((each) => each.open_userid));
  return success({ userid_list, invalid_open_userid_list: asked.filter((open) => !found.has(open)) });
}

function remarkOn(path: string, at: Date): { remark?: string } {
  const minute = at.getUTCMinutes();
  return path.endsWith('/message/send') && (minute === 0 || minute === 30)
    ? { remark: `sent at :${String(minute).padStart(2, '0')}, a minute WeCom asks to avoid` }
    : {};
}

function breakOff(ctx: Context): void {
  ctx.respond = false;
  ctx.req.socket.destroy();
}
