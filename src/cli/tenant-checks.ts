import type { Settings } from '../../config/schema';
import { AppError } from '../foundation/errors';
import type { Member, Platform } from '../organisation/member';
import { type AddressBook, type Compared, compareRoster } from '../organisation/roster/accounts';
import type { Dingtalk } from '../transports/dingtalk';
import { codeEntry as dingtalkCode } from '../transports/dingtalk/error-codes';
import { DirectoryRefused } from '../transports/directory';
import type { Wecom } from '../transports/wecom';
import { codeEntry as wecomCode } from '../transports/wecom/error-codes';
import { type Finding, note, ok, wrong } from './finding';

type People = readonly Pick<Member, 'id' | 'identities'>[];

const names: Record<Platform, string> = { wecom: 'WeCom', dingtalk: 'DingTalk' };
const adviceOf = { wecom: wecomCode, dingtalk: dingtalkCode };
const rangePage: Record<Platform, string> = {
  wecom: '应用管理 → 自建 → the app → 可见范围',
  dingtalk: 'open-dev.dingtalk.com → 应用开发 → the app → 版本管理与发布 → 可见范围, and 权限管理 → 通讯录权限范围',
};
const mostNamed = 10;

/** Asks the real WeCom about the app: token, agent, trusted domain, visible range, accounts of the roster. Sends nothing. */
export async function checkWecomTenant(wecom: Pick<Wecom, 'directory'>, settings: Settings, people: People): Promise<Finding[]> {
  const agent = await asked('wecom', () => wecom.directory.agent());
  if ('verdict' in agent) return [agent, ...unknowable(settings)];
  const { PUBLIC_URL: publicUrl, WECOM_APP_AGENT_ID: agentId } = settings;
  const host = publicUrl ? new URL(publicUrl).host : null;
  const found = [ok(`WeCom: the token works, secret and AgentId ${agentId} are of one app`)];
  if (agent.closed) found.push(wrong('WeCom: the app is switched off: 应用管理 → 自建 → the app → 启用'));
  if (host !== null)
    found.push(
      agent.trustedDomain.toLowerCase() === host.toLowerCase()
        ? ok(`WeCom: ${host} is the app's trusted domain`)
        : wrong(
            `WeCom: the trusted domain is '${agent.trustedDomain}', PUBLIC_URL has ${host}: 应用管理 → the app → 网页授权及JS-SDK → 可信域名`,
          ),
    );
  return [...found, ...(await rangeOf('wecom', wecom.directory, people)), ...unknowable(settings)];
}

/** Asks the real DingTalk about the app: token, permissions, robot code, visible range, accounts of the roster. Sends nothing. */
export async function checkDingtalkTenant(dingtalk: Pick<Dingtalk, 'directory' | 'probeRobot'>, people: People): Promise<Finding[]> {
  const found = await rangeOf('dingtalk', dingtalk.directory, people);
  const robot = await dingtalk.probeRobot();
  if (robot.kind === 'granted') found.push(ok('DingTalk: the robot may write to people (asked with a message to nobody)'));
  else if (robot.kind === 'refused') found.push(wrong(refusal('dingtalk', robot.code, robot.words)));
  else found.push(note(`DingTalk: whether the robot may write to people could not be asked (${robot.code})`));
  found.push(
    note(
      'DingTalk: whether 消息接收模式 is Stream or HTTP cannot be asked, and no second connection is opened to try: 应用开发 → the app → 机器人',
    ),
  );
  return found;
}

async function rangeOf(platform: Platform, book: AddressBook, people: People): Promise<Finding[]> {
  const compared = await asked(platform, () => compareRoster(book, platform, people));
  if ('verdict' in compared) return [compared];
  const { visible, departments, listed } = compared;
  const range = `${names[platform]}: ${visible} people in ${departments} departments are within the visible range`;
  if (visible === 0) return [wrong(`${range}: nobody can use the app. Widen it: ${rangePage[platform]}`)];
  return [ok(range), accountsOf(platform, compared, listed)];
}

function accountsOf(platform: Platform, { faults }: Compared, listed: number): Finding {
  const name = names[platform];
  if (faults.length === 0)
    return listed === 0
      ? note(`${name}: no account of it stands in the roster`)
      : ok(`${name}: all ${listed} accounts of the roster can be reached`);
  const of = (kind: string): string => {
    const some = faults.filter((fault) => fault.kind === kind);
    const shown = some.slice(0, mostNamed).map(({ member, userId }) => `${member.id} (${userId})`);
    return `${some.length}: ${shown.join(', ')}${some.length > mostNamed ? ' …' : ''}`;
  };
  const has = (kind: string): boolean => faults.some((fault) => fault.kind === kind);
  const parts = [
    ...(has('unknown') ? [`unknown to ${name}, correct the roster, ${of('unknown')}`] : []),
    ...(has('outside') ? [`outside the visible range, widen it in ${rangePage[platform]}, ${of('outside')}`] : []),
    ...(has('unasked') ? [`not in the range and too many to ask about each, ${of('unasked')}`] : []),
  ];
  return wrong(`${name}: ${faults.length} of ${listed} accounts of the roster cannot be reached; ${parts.join('; ')}`);
}

/** What no interface tells: said, so that nobody takes silence for a good sign. */
function unknowable(settings: Settings): Finding[] {
  const { WECOM_BOT_SECRET: secret, WECOM_BOT_ID: botId, WECOM_BOT_SOCKET_URL: socketUrl } = settings;
  const bot = secret
    ? note(
        `WeCom: the bot ${botId} comes by long connection to ${socketUrl}; it is not tried, because a second connection would end the one in use. 智能机器人 → the bot → API 模式 → 长连接 must be chosen`,
      )
    : note(
        `WeCom: whether the callbacks can be reached from outside cannot be seen from here: press 保存 on their console pages, WeCom tries them then`,
      );
  return [bot, note(`WeCom: WECOM_BOT_ID cannot be asked; a message from another bot is refused and logged as FORGED`)];
}

/** The result, or what its failure means and where to mend it. */
async function asked<T extends object>(platform: Platform, work: () => Promise<T>): Promise<T | Finding> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof DirectoryRefused) return wrong(refusal(platform, error.code, error.words, bookAdvice(platform, error.code)));
    if (!(error instanceof AppError)) throw error;
    const network = error.code === 'PLATFORM_UNREACHABLE' ? '. It does not answer: check the network, the proxy and the base address' : '';
    return wrong(`${names[platform]}: ${error.message}${network}`);
  }
}

/** The same code means another permission when the address book is read than when the robot writes. */
const bookAdvice = (platform: Platform, code: string): string | undefined =>
  platform === 'dingtalk' && (code === '60011' || code.endsWith('PermissionDenied'))
    ? 'The app may not read the address book: open-dev.dingtalk.com → 应用开发 → the app → 权限管理 → 通讯录管理, then publish a version'
    : undefined;

/** The platform's own words name the address it saw or the permission it misses; nothing else of them is needed. */
function refusal(platform: Platform, code: string, words: string, advice?: string): string {
  const address = /\b(?:\d{1,3}\.){3}\d{1,3}\b/.exec(words)?.[0];
  const permissions = [
    ...new Set(words.match(/\b(?:qyapi_\w+|[A-Z]\w+(?:\.\w+){1,3}(?:Read|Write)\w*|[A-Z]\w+\.\w+\.(?:Read|Write)\w*)\b/g) ?? []),
  ];
  const seen = address ? `; the address it saw is ${address}` : '';
  const lacks = permissions.length > 0 ? `; it asks for the permission ${permissions.join(', ')}` : '';
  return `${names[platform]}: ${code}. ${advice ?? adviceOf[platform](code).advice}${seen}${lacks}`;
}
