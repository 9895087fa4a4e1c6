import { isConfigured, loadSettings } from '../../config/load';
import type { Settings } from '../../config/schema';
import { systemClock } from '../foundation/clock';
import { AppError } from '../foundation/errors';
import { createLogger } from '../foundation/logger';
import type { CppccBody, Member, OrganisationService, Platform } from '../organisation/member';
import { compareRoster } from '../organisation/roster/accounts';
import { type RosterChange, rosterChange } from '../organisation/roster/change';
import { mostLeaving } from '../organisation/roster/office';
import type { RosterVerdict } from '../organisation/roster/rows';
import { DirectoryRefused } from '../transports/directory';
import type { Platforms } from '../transports/platforms';
import { startHouse } from './house';
import { rosterFiles } from './roster-files';
import { rosterTexts as texts } from './roster-texts';
import { findServices } from './services';
import { cliTexts } from './texts';
import { withStarted } from './until-stopped';

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const complain = (line: string): void => void process.stderr.write(`${line}\n`);

/** Reads the organisation and its members into the database. One wrong row and nothing is written; running it again updates by number. */
export async function importRoster(args: string[]): Promise<number> {
  const [bodyPath, membersPath] = args.filter((arg) => !arg.startsWith('--'));
  if (!bodyPath || !membersPath) {
    complain(texts.usage);
    return 2;
  }
  const { body, roster } = await rosterFiles(bodyPath, membersPath);
  say(texts.readable(roster.rows.length));
  if (roster.unused.length > 0) say(texts.unused(roster.unused));
  const onlyCheck = args.includes('--check');
  if (onlyCheck && !isConfigured()) return 0;
  const settings = loadSettings();
  if (settings.BODY_ID !== body.id) {
    complain(texts.otherBody(bodyPath, body.id, settings.BODY_ID));
    return 1;
  }
  return write(settings, { body, roster, membersPath, onlyCheck, allowRemovals: args.includes('--allow-removals') });
}

interface Import {
  body: CppccBody;
  roster: RosterVerdict;
  membersPath: string;
  onlyCheck: boolean;
  allowRemovals: boolean;
}

function write(settings: Settings, work: Import): Promise<number> {
  const { body, roster, membersPath, onlyCheck } = work;
  return withStarted(async (started) => {
    const addresses = await findServices(settings, started);
    const house = await startHouse({ settings, ...addresses, clock: systemClock, logger: createLogger('warn'), role: 'none' });
    started.add(cliTexts.application, () => house.close());
    const { service } = house.app.features.organisation;
    const code = await change(service, work);
    return onlyCheck ? Math.max(code, await checkAccounts(house.app.bodies.get(body.id).platforms, membersPath, roster.rows)) : code;
  }).catch((error: unknown) => {
    const silent = error instanceof AppError && error.code.startsWith('PLATFORM_');
    if (!silent && !(error instanceof DirectoryRefused)) throw error;
    complain(texts.bookClosed((error as Error).message));
    return 1;
  });
}

/** Says what the roster changes, and changes it unless this is a check only. */
async function change(organisation: OrganisationService, { body, roster, membersPath, onlyCheck, allowRemovals }: Import): Promise<number> {
  const before = await organisation.everybody(body.id);
  const changed = rosterChange(roster, before, systemClock.now());
  if (changed.faults.length > 0) {
    for (const fault of changed.faults) complain(`${membersPath} ${fault}`);
    complain(texts.nothingWritten(changed.faults.length));
    return 1;
  }
  tell(changed);
  const inOffice = before.filter(({ active }) => active).length;
  if (!allowRemovals && changed.leaving.length > inOffice * mostLeaving) {
    complain(texts.tooMany(changed.leaving.length, inOffice));
    return 1;
  }
  if (!onlyCheck) {
    await organisation.saveBody(body);
    await organisation.saveMembers(body.id, changed.members);
  }
  say(onlyCheck ? texts.onlyChecked : texts.imported);
  return 0;
}

function tell({ added, changed, unchanged, leaving, returning, stillGone }: RosterChange): void {
  say(texts.change({ added: added.length, changed: changed.length, unchanged }, returning));
  if (leaving.length > 0) say(texts.leaving(leaving));
  if (stillGone.length > 0) say(texts.stillGone(stillGone));
}

/** Which rows name an account that its platform does not know or that is outside the app's visible range. */
async function checkAccounts({ wecom, dingtalk }: Platforms, path: string, rows: RosterVerdict['rows']): Promise<number> {
  const rowOf = new Map(rows.map(({ member, row }) => [member.id, row]));
  const members: readonly Member[] = rows.filter(({ member }) => member.active).map(({ member }) => member);
  const books = { ...(wecom ? { wecom: wecom.directory } : {}), ...(dingtalk ? { dingtalk: dingtalk.directory } : {}) };
  let wrong = 0;
  for (const [platform, book] of Object.entries(books)) {
    const { faults, listed, visible } = await compareRoster(book, platform as Platform, members);
    for (const { member, userId, kind } of faults)
      complain(texts.accountFault(texts.rowOf(path, rowOf.get(member.id)), platform, userId, kind));
    say(texts.accounts(platform, listed, faults.length, visible));
    wrong += faults.length;
  }
  return wrong > 0 ? 1 : 0;
}
