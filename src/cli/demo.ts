import { mkdirSync, rmSync } from 'node:fs';
import { loadSettings } from '../../config/load';
import { loadHolidays } from '../../config/load-holidays';
import { loadRoles } from '../../config/load-roles';
import { type Settings, wecomIn } from '../../config/schema';
import { type Simulator, startSimulator } from '../../packages/chat-simulator';
import { type DingtalkSimulator, startDingtalkSimulator } from '../../packages/chat-simulator/dingtalk';
import { dingtalkChatOf } from '../demo/groups';
import { type DemoRoster, demoSeed, loadDemo } from '../demo/load';
import { ShiftableClock } from '../foundation/clock';
import { createLogger } from '../foundation/logger';
import { createWorkingDays } from '../foundation/working-days';
import { demoEnvironment } from './demo-secrets';
import { freePort } from './free-port';
import { type House, startHouse } from './house';
import { findRunning, forgetRunning, noteRunning } from './running';
import { findServices } from './services';
import { cliTexts as texts } from './texts';
import { type Started, withStarted } from './until-stopped';

const folder = '.data';
const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** `npm start`: the whole product with the demo organisation and the simulator in one process. Data stays in .data/. */
export async function demo(args: string[]): Promise<number> {
  if (findRunning(folder)) {
    process.stderr.write(`${texts.demoRuns}\n`);
    return 1;
  }
  if (args.includes('--fresh')) rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return withStarted(async (started) => {
    const simulator = await startDemo(started);
    printInvitation(simulator.url);
    started.add(texts.demoPage, async () => say(texts.stopping));
    return started.goesOn();
  }, 0);
}

async function startDemo(started: Started): Promise<Simulator> {
  const [pagePort, port, dingtalkPort] = [await freePort(8081), await freePort(8080), await freePort(8082)];
  const apiBase = `http://127.0.0.1:${pagePort}`;
  const environment = demoEnvironment(folder);
  const settings = loadSettings({
    ...environment,
    WECOM_API_BASE: apiBase,
    WECOM_OPEN_BASE: apiBase,
    WECOM_LOGIN_BASE: apiBase,
    ...dingtalkBases(environment, dingtalkPort),
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    PORT: String(port),
    LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'error',
  });
  const addresses = await findServices(settings, started, folder);
  noteRunning(folder, addresses);
  started.add(texts.demoNote, async () => forgetRunning(folder));
  const clock = new ShiftableClock();
  const house = await startHouse({ settings, ...addresses, clock, logger: createLogger(settings.LOG_LEVEL), role: 'both' });
  started.add(texts.application, () => house.close());
  const { organisation, contacts, activities } = house.app.features;
  const roster = await loadDemo({
    organisation: organisation.service,
    chatGroups: organisation.chatGroups,
    contacts: contacts.store,
    activities: activities.service,
    clock,
    roles: loadRoles(),
    seed: demoSeed,
  });
  const stage = { settings, roster, house, clock };
  const dingtalk = await playDingtalk(stage, dingtalkPort);
  if (dingtalk) started.add(texts.playedDingtalk, () => dingtalk.close());
  const simulator = await playWecom(stage, pagePort, dingtalk);
  started.add(texts.playedWecom, () => simulator.close());
  return simulator;
}

interface Stage {
  settings: Settings;
  roster: DemoRoster;
  house: House;
  clock: ShiftableClock;
}

const toStderr = (line: string): void => void process.stderr.write(`${texts.simulator(line)}\n`);

/** Both hosts of DingTalk on this machine; nothing for a demo that was made before it had DingTalk. */
function dingtalkBases(environment: Record<string, string>, port: number): Record<string, string> {
  const base = `http://127.0.0.1:${port}`;
  return environment['DINGTALK_CLIENT_ID'] ? { DINGTALK_API_BASE: base, DINGTALK_SESSION_BASE: base, DINGTALK_LOGIN_BASE: base } : {};
}

async function playDingtalk({ settings, roster, house, clock }: Stage, port: number): Promise<DingtalkSimulator | null> {
  const { DINGTALK_CLIENT_ID: clientId, DINGTALK_CLIENT_SECRET: clientSecret, DINGTALK_CORP_ID: corpId } = settings;
  const { DINGTALK_ROBOT_NAME: robotName } = settings;
  if (!clientId || !clientSecret || !corpId || !robotName) return null;
  return startDingtalkSimulator({
    port,
    clock,
    corpId,
    clientId,
    clientSecret,
    robotName,
    webhook: `http://${settings.HOST}:${house.web?.port}`,
    people: roster.people,
    groups: roster.groups.map((group) => ({ ...group, chatId: dingtalkChatOf(group.chatId) })),
    onFault: toStderr,
  });
}

function playWecom({ settings, roster, house, clock }: Stage, pagePort: number, dingtalk: DingtalkSimulator | null): Promise<Simulator> {
  const own = wecomIn(settings);
  if (!own) throw new RangeError('the demo plays WeCom');
  const [name = '', ...alsoNamed] = own.WECOM_BOT_MENTIONS;
  const calendar = createWorkingDays(loadHolidays());
  // Jobs tick with the real clock; when the demo's time is moved, what has fallen due in between is looked for at once.
  const moveTo = (instant: Date): void => {
    clock.moveTo(instant);
    for (const { runner } of house.app.bodies.all) runner.ringScheduled();
  };
  const wecom = {
    port: pagePort,
    clock: { now: () => clock.now(), moveTo },
    corpId: own.WECOM_CORP_ID,
    webhook: `http://${settings.HOST}:${house.web?.port}`,
    bot: { token: settings.WECOM_BOT_TOKEN ?? '', aesKey: settings.WECOM_BOT_AES_KEY ?? '', botId: own.WECOM_BOT_ID, name, alsoNamed },
    app: {
      token: own.WECOM_APP_TOKEN,
      aesKey: own.WECOM_APP_AES_KEY,
      agentId: own.WECOM_APP_AGENT_ID,
      secret: own.WECOM_APP_SECRET,
    },
    ...(settings.PUBLIC_URL ? { pages: settings.PUBLIC_URL } : {}),
    people: roster.people,
    groups: roster.groups,
    title: roster.body.name,
    zone: settings.TIME_ZONE,
    isWorkingDay: (day: string) => calendar.isWorkingDay(day),
    onFault: toStderr,
  };
  return startSimulator(wecom, dingtalk?.onPage);
}

function printInvitation(url: string): void {
  const lines = [
    '',
    `  连心桥演示已就绪：在浏览器打开 ${url}`,
    '  选一位委员，在群里试着发：',
    '    /记录 走访 昨天 红柳社区 12人 物业收费',
    '    /报名 A23',
    '    /进度',
    '  页面左上方可以在“企业微信”和“钉钉”之间切换，两边是同一批人、同一份记录。',
    '  想看温馨提示：在页面上把时间快进到“季末前两周”，再点“过半小时”。',
    '  按 Ctrl-C 停止；数据保存在 .data/，npm start -- --fresh 重新开始。',
    '',
  ];
  for (const line of lines) say(line);
}
