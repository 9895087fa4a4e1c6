import { mkdirSync, rmSync } from 'node:fs';
import { loadSettings } from '../../config/load';
import { loadHolidays } from '../../config/load-holidays';
import type { Settings } from '../../config/schema';
import { type DemoRoster, demoSeed, loadDemo } from '../demo/load';
import { ShiftableClock } from '../foundation/clock';
import { createLogger } from '../foundation/logger';
import { createWorkingDays } from '../foundation/working-days';
import { type Simulator, startSimulator } from '../simulator';
import { demoEnvironment } from './demo-secrets';
import { freePort } from './free-port';
import { type House, startHouse } from './house';
import { findRunning, forgetRunning, noteRunning } from './running';
import { findServices } from './services';
import { Started, untilStopped } from './until-stopped';

const folder = '.data';
const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** `npm start`: the whole product with the demo organisation and the simulator in one process. Data stays in .data/. */
export async function demo(args: string[]): Promise<number> {
  if (findRunning(folder)) {
    process.stderr.write('the demo runs already in this folder; stop it with Ctrl-C there first\n');
    return 1;
  }
  if (args.includes('--fresh')) rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const started = new Started();
  try {
    const simulator = await startDemo(started);
    printInvitation(simulator.url);
    await untilStopped();
    say('正在停止……');
    return 0;
  } finally {
    await started.closeAll();
  }
}

async function startDemo(started: Started): Promise<Simulator> {
  const [pagePort, port] = [await freePort(8081), await freePort(8080)];
  const apiBase = `http://127.0.0.1:${pagePort}`;
  const settings = loadSettings({
    ...demoEnvironment(folder),
    WECOM_API_BASE: apiBase,
    WECOM_OPEN_BASE: apiBase,
    WECOM_LOGIN_BASE: apiBase,
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    PORT: String(port),
    LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'error',
  });
  const addresses = await findServices(settings, started, folder);
  noteRunning(folder, addresses);
  started.add('the note of the running demo', async () => forgetRunning(folder));
  const clock = new ShiftableClock();
  const house = await startHouse({ settings, ...addresses, clock, logger: createLogger(settings.LOG_LEVEL), role: 'both' });
  started.add('the application', () => house.close());
  const { organisation, chatGroups, activities, stores } = house.app;
  const roster = await loadDemo({ organisation, chatGroups, contacts: stores.contacts, activities, clock, seed: demoSeed });
  const simulator = await playWecom({ settings, roster, house, clock, pagePort });
  started.add('the simulator', () => simulator.close());
  return simulator;
}

interface Stage {
  settings: Settings;
  roster: DemoRoster;
  house: House;
  clock: ShiftableClock;
  pagePort: number;
}

function playWecom({ settings, roster, house, clock, pagePort }: Stage): Promise<Simulator> {
  const [name = '', ...alsoNamed] = settings.WECOM_BOT_MENTIONS;
  const calendar = createWorkingDays(loadHolidays());
  // Jobs tick with the real clock; when the demo's time is moved, what has fallen due in between is looked for at once.
  const moveTo = (instant: Date): void => {
    clock.moveTo(instant);
    house.app.runner.ringScheduled();
  };
  return startSimulator({
    port: pagePort,
    clock: { now: () => clock.now(), moveTo },
    corpId: settings.WECOM_CORP_ID,
    webhook: `http://${settings.HOST}:${house.web?.port}`,
    bot: { token: settings.WECOM_BOT_TOKEN ?? '', aesKey: settings.WECOM_BOT_AES_KEY ?? '', botId: settings.WECOM_BOT_ID, name, alsoNamed },
    app: {
      token: settings.WECOM_APP_TOKEN,
      aesKey: settings.WECOM_APP_AES_KEY,
      agentId: settings.WECOM_APP_AGENT_ID,
      secret: settings.WECOM_APP_SECRET,
    },
    ...(settings.PUBLIC_URL ? { pages: settings.PUBLIC_URL } : {}),
    people: roster.people,
    groups: roster.groups,
    title: roster.body.name,
    zone: settings.TIME_ZONE,
    isWorkingDay: (day) => calendar.isWorkingDay(day),
    onFault: (line) => process.stderr.write(`simulator: ${line}\n`),
  });
}

function printInvitation(url: string): void {
  const lines = [
    '',
    `  连心桥演示已就绪：在浏览器打开 ${url}`,
    '  选一位委员，在群里试着发：',
    '    /记录 走访 昨天 红柳社区 12人 物业收费',
    '    /报名 A23',
    '    /进度',
    '  想看温馨提示：在页面上把时间快进到“季末前两周”，再点“过半小时”。',
    '  按 Ctrl-C 停止；数据保存在 .data/，npm start -- --fresh 重新开始。',
    '',
  ];
  for (const line of lines) say(line);
}
