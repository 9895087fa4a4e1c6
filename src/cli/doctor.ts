import { mkdirSync } from 'node:fs';
import { isConfigured, loadSettings, printSettings } from '../../config/load';
import { loadHolidays } from '../../config/load-holidays';
import type { Settings } from '../../config/schema';
import type { App } from '../app';
import { systemClock } from '../foundation/clock';
import { dayOf } from '../foundation/day';
import { randomId } from '../foundation/ids';
import { createLogger } from '../foundation/logger';
import { connectMongo } from '../foundation/mongo';
import { failFastRedis, redisReady } from '../foundation/redis';
import { createWorkingDays } from '../foundation/working-days';
import type { Member } from '../organisation/member';
import { dingtalkUsage } from '../transports/dingtalk/from-settings';
import { checkEvents } from './check-events';
import {
  checkCalendar,
  checkCallbacks,
  checkDelivered,
  checkDingtalk,
  checkKeys,
  checkMongodb,
  checkRedis,
  checkUsage,
  type Finding,
  indexNames,
} from './checks';
import { demoEnvironment } from './demo-secrets';
import { doctorTexts } from './doctor-texts';
import { note, ok } from './finding';
import { startHouse } from './house';
import { findRunning } from './running';
import { type Addresses, findServices } from './services';
import { checkDingtalkTenant, checkWecomTenant } from './tenant-checks';
import { cliTexts as texts } from './texts';
import { type Started, withStarted } from './until-stopped';

const folder = '.data';
const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** `npm run doctor`: the effective configuration without secrets, then every check. Ends with 1 when something is wrong. */
export async function doctor(): Promise<number> {
  const settings = settingsToCheck();
  say(doctorTexts.settings);
  for (const line of printSettings(settings)) say(`  ${line}`);
  return withStarted(async (started) => {
    const addresses = (isConfigured() || settings.MONGODB_URI ? null : findRunning(folder)) ?? (await findServices(settings, started));
    const findings = [...checkKeys(settings), ...(await checkEverything(settings, addresses, started))];
    say(`\n${doctorTexts.checks}`);
    for (const { verdict, what } of findings) say(`  ${doctorTexts.verdicts[verdict]} ${what}`);
    const faults = findings.filter((finding) => finding.verdict === 'wrong').length;
    say(`\n${doctorTexts.result(faults)}`);
    return faults === 0 ? 0 : 1;
  });
}

function settingsToCheck(): Settings {
  if (isConfigured()) return loadSettings();
  say(`${texts.noTenant}\n`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const { MONGODB_URI, REDIS_URL } = process.env;
  return loadSettings({ ...demoEnvironment(folder), WECOM_API_BASE: 'http://127.0.0.1', MONGODB_URI, REDIS_URL });
}

async function checkEverything(settings: Settings, addresses: Addresses, started: Started): Promise<Finding[]> {
  const connection = await connectMongo(addresses.mongodbUri);
  started.add(doctorTexts.connection('MongoDB'), () => connection.close());
  const redis = failFastRedis(addresses.redisUrl);
  started.add(doctorTexts.connection('Redis'), async () => redis.disconnect());
  await redisReady(redis, 2_000);
  const findings = [...(await checkMongodb(connection)), ...(await checkRedis(redis))];
  const before = await indexNames(connection);
  const house = await startHouse({
    // Tokens of its own: one that was fetched yesterday says nothing about today's secret.
    settings: { ...settings, HOST: '127.0.0.1', PORT: 0, REDIS_PREFIX: `${settings.REDIS_PREFIX}-doctor-${randomId(3)}` },
    ...addresses,
    clock: systemClock,
    logger: createLogger('silent'),
    role: 'web',
    longConnections: false,
  });
  started.add(texts.application, () => house.close());
  const made = [...(await indexNames(connection))].filter((name) => !before.has(name));
  findings.push((made.length > 0 ? note : ok)(doctorTexts.indexes(made.length)));
  findings.push(...(await checkCallbacks({ ...settings, HOST: '127.0.0.1' }, house.web?.port ?? 0)));
  findings.push(...(await checkDingtalk({ ...settings, HOST: '127.0.0.1' }, house.web?.port ?? 0)));
  findings.push(...(await checkEvents({ ...settings, HOST: '127.0.0.1' }, house.web?.port ?? 0, systemClock.now())));
  if (settings.DINGTALK_CLIENT_ID) {
    const usage = dingtalkUsage(settings, { connection, clock: systemClock, logger: createLogger('silent') });
    findings.push(...checkUsage(await usage.month()));
  }
  findings.push(
    checkDelivered(await house.app.outbox.unconfirmed(settings.BODY_ID, new Date(systemClock.now().getTime() - 30 * 86_400_000))),
  );
  if (isConfigured()) findings.push(...(await checkTenants(house.app, settings)));
  findings.push(...checkCalendar(createWorkingDays(loadHolidays()), dayOf(systemClock.now(), settings.TIME_ZONE)));
  return findings;
}

/** What the platforms themselves say about the apps; the demo has nobody to ask. */
async function checkTenants({ features, bodies }: App, settings: Settings): Promise<Finding[]> {
  const { wecom, dingtalk } = bodies.get(settings.BODY_ID).platforms;
  const people: Member[] = [];
  for await (const member of features.organisation.service.members(settings.BODY_ID)) people.push(member);
  const of = people.length > 0 ? [] : [note(doctorTexts.noRoster)];
  return [
    ...of,
    ...(wecom ? await checkWecomTenant(wecom, settings, people) : []),
    ...(dingtalk ? await checkDingtalkTenant(dingtalk, people) : []),
  ];
}
