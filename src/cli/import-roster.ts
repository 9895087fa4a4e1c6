import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { isConfigured, loadSettings } from '../../config/load';
import { loadRoles } from '../../config/load-roles';
import type { Settings } from '../../config/schema';
import { systemClock } from '../foundation/clock';
import { createLogger } from '../foundation/logger';
import type { CppccBody, Member, Platform } from '../organisation/member';
import { compareRoster } from '../organisation/roster-accounts';
import { bodyFile, readRoster } from '../organisation/roster-file';
import { DirectoryRefused } from '../transports/directory';
import type { Platforms } from '../transports/platforms';
import { startHouse } from './house';
import { findServices } from './services';
import { withStarted } from './until-stopped';

const usage = 'usage: node dist/src/main.js import-roster ORGANISATION.yaml MEMBERS.csv [--check]\n';

const what = {
  unknown: 'is unknown to the platform',
  outside: 'is outside the visible range of the app',
  unasked: 'is not within the visible range',
} as const;

/** Reads the organisation and its members into the database. One wrong row and nothing is written; running it again updates by number. */
export async function importRoster(args: string[]): Promise<number> {
  const [bodyPath, membersPath] = args.filter((arg) => !arg.startsWith('--'));
  if (!bodyPath || !membersPath) {
    process.stderr.write(usage);
    return 2;
  }
  const body = bodyFile.safeParse(parse(readFileSync(bodyPath, 'utf8')));
  if (!body.success) {
    process.stderr.write(`${bodyPath}: ${body.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`).join('; ')}\n`);
    return 1;
  }
  const { members, faults } = readRoster(readFileSync(membersPath, 'utf8'), body.data.sectors, loadRoles());
  for (const fault of faults) process.stderr.write(`${membersPath}: ${fault}\n`);
  process.stdout.write(`${members.length} members can be imported, ${faults.length} rows are wrong\n`);
  if (faults.length > 0) return 1;
  const onlyCheck = args.includes('--check');
  if (onlyCheck && !isConfigured()) return 0;
  const settings = loadSettings();
  if (settings.BODY_ID !== body.data.id) {
    process.stderr.write(`${bodyPath}: id is ${body.data.id}, but BODY_ID is ${settings.BODY_ID}\n`);
    return 1;
  }
  return write(settings, { body: body.data, members, membersPath, onlyCheck });
}

interface Roster {
  body: CppccBody;
  members: readonly Member[];
  membersPath: string;
  onlyCheck: boolean;
}

async function write(settings: Settings, { body, members, membersPath, onlyCheck }: Roster): Promise<number> {
  return withStarted(async (started) => {
    const addresses = await findServices(settings, started);
    const house = await startHouse({ settings, ...addresses, clock: systemClock, logger: createLogger('warn'), role: 'none' });
    started.add('the application', () => house.close());
    if (onlyCheck) return checkAccounts(house.app.bodies.get(body.id).platforms, membersPath, members);
    await house.app.features.organisation.service.saveBody(body);
    await house.app.features.organisation.service.saveMembers(body.id, members);
    process.stdout.write('imported\n');
    return 0;
  }).catch((error: unknown) => {
    if (!(error instanceof DirectoryRefused)) throw error;
    process.stderr.write(`the address book cannot be read (${error.message}); npm run doctor says what to mend\n`);
    return 1;
  });
}

/** Which rows name an account that its platform does not know or that is outside the app's visible range. */
async function checkAccounts({ wecom, dingtalk }: Platforms, path: string, members: readonly Member[]): Promise<number> {
  const row = new Map(members.map(({ id }, at) => [id, at + 2]));
  const books = { ...(wecom ? { wecom: wecom.directory } : {}), ...(dingtalk ? { dingtalk: dingtalk.directory } : {}) };
  let wrong = 0;
  for (const [platform, book] of Object.entries(books)) {
    const { faults, listed, visible } = await compareRoster(book, platform as Platform, members);
    for (const { member, userId, kind } of faults)
      process.stderr.write(`${path}: row ${row.get(member.id)}: ${platform} account ${userId} ${what[kind]}\n`);
    process.stdout.write(
      `${platform}: ${listed} accounts, ${faults.length} cannot be reached; ${visible} people are within the visible range\n`,
    );
    wrong += faults.length;
  }
  return wrong > 0 ? 1 : 0;
}
