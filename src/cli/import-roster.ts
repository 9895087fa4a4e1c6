import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { loadSettings } from '../../config/load';
import { systemClock } from '../foundation/clock';
import { createLogger } from '../foundation/logger';
import { bodyFile, readRoster } from '../organisation/roster-file';
import { startHouse } from './house';
import { findServices } from './services';
import { Started } from './until-stopped';

const usage = 'usage: node dist/src/main.js import-roster ORGANISATION.yaml MEMBERS.csv [--check]\n';

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
  const { members, faults } = readRoster(readFileSync(membersPath, 'utf8'), body.data.sectors);
  for (const fault of faults) process.stderr.write(`${membersPath}: ${fault}\n`);
  process.stdout.write(`${members.length} members can be imported, ${faults.length} rows are wrong\n`);
  if (faults.length > 0 || args.includes('--check')) return faults.length > 0 ? 1 : 0;
  const settings = loadSettings();
  if (settings.BODY_ID !== body.data.id) {
    process.stderr.write(`${bodyPath}: id is ${body.data.id}, but BODY_ID is ${settings.BODY_ID}\n`);
    return 1;
  }
  const started = new Started();
  try {
    const house = await startHouse({
      settings,
      ...(await findServices(settings, started)),
      clock: systemClock,
      logger: createLogger('warn'),
      role: 'none',
    });
    started.add('the application', () => house.close());
    await house.app.organisation.saveBody(body.data);
    await house.app.organisation.saveMembers(body.data.id, members);
    process.stdout.write('imported\n');
    return 0;
  } finally {
    await started.closeAll();
  }
}
