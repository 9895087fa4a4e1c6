import type { Settings } from '../../config/schema';
import { AppError } from '../foundation/errors';
import type { Member, Platform } from '../organisation/member';
import { type AddressBook, type Compared, compareRoster } from '../organisation/roster/accounts';
import type { Dingtalk } from '../transports/dingtalk';
import { codeEntry as dingtalkCode } from '../transports/dingtalk/error-codes';
import { DirectoryRefused } from '../transports/directory';
import type { Wecom } from '../transports/wecom';
import { codeEntry as wecomCode } from '../transports/wecom/error-codes';
import { doctorTexts as texts } from './doctor-texts';
import { type Finding, note, ok, wrong } from './finding';

type People = readonly Pick<Member, 'id' | 'identities'>[];

const adviceOf = { wecom: wecomCode, dingtalk: dingtalkCode };
const mostNamed = 10;

/** Asks the real WeCom about the app: token, agent, trusted domain, visible range, accounts of the roster. Sends nothing. */
export async function checkWecomTenant(wecom: Pick<Wecom, 'directory'>, settings: Settings, people: People): Promise<Finding[]> {
  const agent = await asked('wecom', () => wecom.directory.agent());
  if ('verdict' in agent) return [agent, ...unknowable(settings)];
  const { PUBLIC_URL: publicUrl, WECOM_APP_AGENT_ID: agentId = '' } = settings;
  const host = publicUrl ? new URL(publicUrl).host : null;
  const found = [ok(texts.token(agentId))];
  if (agent.closed) found.push(wrong(texts.appOff));
  if (host !== null)
    found.push(
      agent.trustedDomain.toLowerCase() === host.toLowerCase()
        ? ok(texts.trusted(host))
        : wrong(texts.untrusted(agent.trustedDomain, host)),
    );
  return [...found, ...(await rangeOf('wecom', wecom.directory, people)), ...unknowable(settings)];
}

/** Asks the real DingTalk about the app: token, permissions, robot code, visible range, accounts of the roster. Sends nothing. */
export async function checkDingtalkTenant(dingtalk: Pick<Dingtalk, 'directory' | 'probeRobot'>, people: People): Promise<Finding[]> {
  const found = await rangeOf('dingtalk', dingtalk.directory, people);
  const robot = await dingtalk.probeRobot();
  if (robot.kind === 'granted') found.push(ok(texts.robotWrites));
  else if (robot.kind === 'refused') found.push(wrong(refusal('dingtalk', robot.code, robot.words)));
  else found.push(note(texts.robotUnasked(robot.code)));
  return [...found, note(texts.modeUntried)];
}

async function rangeOf(platform: Platform, book: AddressBook, people: People): Promise<Finding[]> {
  const compared = await asked(platform, () => compareRoster(book, platform, people));
  if ('verdict' in compared) return [compared];
  const { visible, departments, listed } = compared;
  const range = texts.range(platform, visible, departments);
  if (visible === 0) return [wrong(`${range}：${texts.emptyRange(platform)}`)];
  return [ok(range), accountsOf(platform, compared, listed)];
}

const kinds = ['unknown', 'outside', 'unasked'] as const;

function accountsOf(platform: Platform, { faults }: Compared, listed: number): Finding {
  if (faults.length === 0) return listed === 0 ? note(texts.noAccounts(platform)) : ok(texts.accountsReached(platform, listed));
  const parts = kinds.flatMap((kind) => {
    const some = faults.filter((fault) => fault.kind === kind).map(({ member, userId }) => `${member.id} (${userId})`);
    return some.length === 0 ? [] : texts.missed(platform, kind, texts.shown(some.length, some.slice(0, mostNamed)));
  });
  return wrong(texts.accountsMissed(platform, faults.length, listed, parts));
}

/** What no interface tells: said, so that nobody takes silence for a good sign. */
function unknowable(settings: Settings): Finding[] {
  const { WECOM_BOT_SECRET: secret, WECOM_BOT_ID: botId, WECOM_BOT_SOCKET_URL: socketUrl } = settings;
  const bot = secret ? texts.socketUntried(botId ?? '', socketUrl) : texts.callbackUntried;
  return [note(bot), note(texts.botIdUntried)];
}

/** The result, or what its failure means and where to mend it. */
async function asked<T extends object>(platform: Platform, work: () => Promise<T>): Promise<T | Finding> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof DirectoryRefused) return wrong(refusal(platform, error.code, error.words, bookAdvice(platform, error.code)));
    if (!(error instanceof AppError)) throw error;
    const network = error.code === 'PLATFORM_UNREACHABLE' ? `。${texts.noAnswer}` : '';
    return wrong(`${texts.platform[platform]}：${error.message}${network}`);
  }
}

/** The same code means another permission when the address book is read than when the robot writes. */
const bookAdvice = (platform: Platform, code: string): string | undefined =>
  platform === 'dingtalk' && (code === '60011' || code.endsWith('PermissionDenied')) ? texts.noBook : undefined;

/** The platform's own words name the address it saw or the permission it misses; nothing else of them is needed. */
function refusal(platform: Platform, code: string, words: string, advice?: string): string {
  const address = /\b(?:\d{1,3}\.){3}\d{1,3}\b/.exec(words)?.[0];
  const permissions = [
    ...new Set(words.match(/\b(?:qyapi_\w+|[A-Z]\w+(?:\.\w+){1,3}(?:Read|Write)\w*|[A-Z]\w+\.\w+\.(?:Read|Write)\w*)\b/g) ?? []),
  ];
  const more = [...(address ? [texts.seenAddress(address)] : []), ...(permissions.length > 0 ? [texts.lacks(permissions)] : [])];
  return `${texts.platform[platform]}：${[`${code}。${advice ?? adviceOf[platform](code).advice}`, ...more].join('；')}`;
}
