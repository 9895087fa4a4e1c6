import Router from '@koa/router';
import type { Context } from 'koa';
import type { FaultSwitches } from '../faults';
import type { SimulatorClock } from '../options';
import { jsonObject, readBody } from '../request-body';
import type { AddressBook } from './address-book';
import { type ApiAnswer, codeOf, failure, oldFailure } from './api-answer';
import type { DingtalkCalls } from './api-calls';
import type { Gateway } from './gateway';
import type { GroupWebhooks } from './group-webhooks';
import type { MessageFiles } from './message-files';
import type { MonthlyQuota } from './quota';
import type { CallRates } from './rates';
import type { RobotSends } from './robot-sends';
import type { SessionWebhooks } from './session-webhooks';
import type { DingtalkSignInPages } from './sign-in';
import type { Tokens } from './tokens';
import type { WorkNotifications } from './work-notifications';

interface ApiParts {
  clock: SimulatorClock;
  tokens: Tokens;
  rates: CallRates;
  sends: RobotSends;
  sessions: SessionWebhooks;
  notices: WorkNotifications;
  webhooks: GroupWebhooks;
  quota: MonthlyQuota;
  gateway: Gateway;
  faults: FaultSwitches;
  calls: DingtalkCalls;
  signIn: DingtalkSignInPages;
  book: AddressBook;
  files: MessageFiles;
}

interface Call {
  query: Record<string, string>;
  body: Record<string, unknown>;
  /** Of the body as sent. */
  bytes: number;
  /** x-acs-dingtalk-access-token */
  header: string;
}

/** One address of the API. The family decides where the token stands and how failures look. */
interface Endpoint {
  family: 'new' | 'old';
  /** Needs an access token. */
  token: boolean;
  /** The organisation's plan is charged. */
  billed?: true;
  /** POST with a JSON body by default. */
  method?: 'get';
  answer(parts: ApiParts, call: Call): ApiAnswer;
}

const bodyBytes = 1_000_000;

const notifications = '/topapi/message/corpconversation';

const endpoints: Record<string, Endpoint> = {
  '/v1.0/oauth2/accessToken': { family: 'new', token: false, answer: ({ tokens }, { body }) => tokens.issue(body) },
  // The older way to a token, which the official client has built in.
  '/gettoken': { family: 'old', token: false, method: 'get', answer: ({ tokens }, { query }) => tokens.issueOld(query) },
  '/v1.0/oauth2/userAccessToken': { family: 'new', token: false, answer: ({ signIn }, { body }) => signIn.exchange(body) },
  // With the person's own token.
  '/v1.0/contact/users/me': { family: 'new', token: false, method: 'get', answer: ({ signIn }, { header }) => signIn.me(header) },
  '/topapi/user/getbyunionid': { family: 'old', token: true, answer: ({ signIn }, { body }) => signIn.byUnionId(body) },
  '/topapi/v2/user/getuserinfo': { family: 'old', token: true, answer: ({ signIn }, { body }) => signIn.byClientCode(body) },
  // Reading the address book is free.
  '/auth/scopes': { family: 'old', token: true, method: 'get', answer: ({ book }) => book.scopes() },
  '/topapi/v2/user/get': { family: 'old', token: true, answer: ({ book }, { body }) => book.user(body) },
  '/topapi/v2/department/get': { family: 'old', token: true, answer: ({ book }, { body }) => book.department(body) },
  '/topapi/v2/department/listsub': { family: 'old', token: true, answer: ({ book }, { body }) => book.below(body) },
  '/topapi/user/listsimple': { family: 'old', token: true, answer: ({ book }, { body }) => book.members(body) },
  '/v1.0/robot/messageFiles/download': { family: 'new', token: true, billed: true, answer: ({ files }, { body }) => files.download(body) },
  '/v1.0/robot/oToMessages/batchSend': { family: 'new', token: true, billed: true, answer: ({ sends }, { body }) => sends.toPeople(body) },
  '/v1.0/robot/groupMessages/send': { family: 'new', token: true, billed: true, answer: ({ sends }, { body }) => sends.toGroup(body) },
  [`${notifications}/asyncsend_v2`]: { family: 'old', token: true, billed: true, answer: ({ notices }, { body }) => notices.send(body) },
  [`${notifications}/getsendprogress`]: {
    family: 'old',
    token: true,
    billed: true,
    answer: ({ notices }, { body }) => notices.progress(body),
  },
  [`${notifications}/getsendresult`]: { family: 'old', token: true, billed: true, answer: ({ notices }, { body }) => notices.result(body) },
  '/robot/send': {
    family: 'old',
    token: false,
    answer: ({ webhooks }, { query, body, bytes }) => webhooks.send(query, body, bytes),
  },
  '/v1.0/gateway/connections/open': { family: 'new', token: false, answer: ({ gateway }, { body }) => gateway.openConnection(body) },
  '/robot/sendBySession': {
    family: 'old',
    token: false,
    answer: ({ sessions }, { query, body, bytes }) => sessions.answer(query['session'], body, bytes),
  },
};

/** The server API of DingTalk that our application calls: both hosts in one. */
export function apiRouter(parts: ApiParts): Router {
  const router = new Router();
  for (const [path, endpoint] of Object.entries(endpoints))
    router[endpoint.method ?? 'post'](path, (ctx: Context) => serve(parts, endpoint, ctx));
  router.get('/message-files/:name', (ctx) => parts.files.serve(ctx, ctx.params['name'] ?? ''));
  return router;
}

async function serve(parts: ApiParts, endpoint: Endpoint, ctx: Context): Promise<void> {
  const text = (await readBody(ctx.req, bodyBytes)) ?? '';
  const body = jsonObject(text);
  const note = { at: parts.clock.now().toISOString(), path: ctx.path, body };
  const fault = await parts.faults.takeApi(ctx.path);
  if (fault === 'lost-before' || fault === 'server-error') {
    parts.calls.add({ ...note, status: fault === 'server-error' ? 502 : 0, code: null });
    return fault === 'server-error' ? badGateway(ctx) : breakOff(ctx);
  }
  const query = Object.fromEntries(new URLSearchParams(ctx.querystring));
  const header = ctx.get('x-acs-dingtalk-access-token');
  const call = { query, body: body ?? {}, bytes: Buffer.byteLength(text), header };
  const fast = fault === 'rate-limited' || (endpoint.token && !parts.rates.admit(ctx.path));
  const readable = body !== null || endpoint.method === 'get';
  const answer = fast ? tooFast(endpoint) : readable ? answerTo(parts, endpoint, ctx, call) : unreadable(endpoint);
  parts.calls.add({ ...note, status: answer.status, code: codeOf(answer) });
  if (fault === 'lost-after') breakOff(ctx);
  else write(ctx, endpoint, answer);
}

function answerTo(parts: ApiParts, endpoint: Endpoint, ctx: Context, call: Call): ApiAnswer {
  const token = endpoint.family === 'new' ? ctx.get('x-acs-dingtalk-access-token') : call.query['access_token'];
  const refused = endpoint.token ? parts.tokens.refuse(token, endpoint.family) : null;
  if (refused) return refused;
  return endpoint.billed && !parts.quota.charge('calls') ? usedUp(endpoint) : endpoint.answer(parts, call);
}

const tooFast = ({ family, token }: Endpoint): ApiAnswer =>
  family === 'new'
    ? failure('Forbidden.AccessDenied.QpsLimitForAppkeyAndApi', 'too many calls', 403)
    : token
      ? oldFailure(90018, 'too many calls')
      : oldFailure(410100, 'sent too fast');

const usedUp = ({ family }: Endpoint): ApiAnswer =>
  family === 'new'
    ? failure('Forbidden.AccessDenied.ApiCountLimitForOrg', 'the calls of this month are used up', 403)
    : oldFailure(90020, 'the calls of this month are used up');

const unreadable = ({ family }: Endpoint): ApiAnswer =>
  family === 'new' ? failure('InvalidParameter') : oldFailure(40035, 'missing json');

function write(ctx: Context, { family }: Endpoint, { status, json }: ApiAnswer): void {
  ctx.status = status;
  // Asked without Accept, the new gateway may answer in XML.
  if (family === 'new' && !/json|\*\/\*|application\/\*/.test(ctx.get('accept'))) {
    ctx.type = 'application/xml';
    ctx.body = '<response/>';
    return;
  }
  ctx.body = json;
}

function badGateway(ctx: Context): void {
  ctx.status = 502;
  ctx.body = '<html><body>502 Bad Gateway</body></html>';
}

function breakOff(ctx: Context): void {
  ctx.respond = false;
  ctx.req.socket.destroy();
}
