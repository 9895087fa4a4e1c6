import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Connection } from 'mongoose';
import { loadRoles } from '../../config/load-roles';
import { finishRoster } from '../../jobs/finish-roster';
import { ShiftableClock } from '../../src/foundation/clock';
import { connectMongo } from '../../src/foundation/mongo';
import { RosterDrafts } from '../../src/organisation/roster/drafts';
import { createRosterOffice } from '../../src/organisation/roster/office';
import { createOrganisation } from '../../src/organisation/service';
import { createOrganisationStore } from '../../src/organisation/store';
import { body, roster } from '../helpers/roster';
import { freshDatabase } from '../helpers/services';

describe('a roster that is applied', () => {
  let connection: Connection;
  const clock = new ShiftableClock();
  /** As a process has it: nothing is remembered by another. */
  const open = () => {
    const organisation = createOrganisation(createOrganisationStore(connection), clock);
    const drafts = new RosterDrafts(connection);
    return { organisation, drafts, office: createRosterOffice(organisation, drafts, loadRoles()) };
  };
  const named = (id: string) => open().organisation.membersNamed(body.id, id);
  const table = (...rows: string[]) => Buffer.from(['编号,姓名,界别,企业微信账号,就任日期', ...rows].join('\n'));

  beforeAll(async () => {
    connection = await connectMongo(freshDatabase());
    const { organisation, drafts } = open();
    await createOrganisationStore(connection).ensureIndexes();
    await drafts.ensureIndexes();
    await organisation.saveBody(body);
    await organisation.saveMembers(body.id, [...roster]);
  });
  afterAll(() => connection.close());

  const checked = async (bytes: Buffer): Promise<string> => {
    const result = await open().office.check(body.id, 'S0001', bytes, clock.now());
    if ('say' in result) throw new Error(result.say);
    return result.id;
  };

  it('is finished by the job when the process died between beginning and writing', async () => {
    const id = await checked(table('M0001,周岚,教育界,zhoulan,2022-01-10', 'M0900,新来人,教育界,xinlairen,2026-10-01'));
    expect(await open().drafts.begin(body.id, id, clock.now())).toBe(true);
    expect(await named('新来人')).toEqual([]);
    const run = () => finishRoster.handler({ office: open().office })({ body: body.id, occasion: 'test' });
    await run();
    await run();
    expect((await named('新来人')).map((each) => each.id)).toEqual(['M0900']);
    expect(await open().organisation.count(body.id)).toBe(2);
    expect(await open().office.view(body.id, id, clock.now())).toMatchObject({ kind: 'applied', outcome: { added: 1 } });
  });

  it('lets nobody apply another one meanwhile, and is applied once however often it is asked for', async () => {
    const first = await checked(table('M0001,周岚,教育界,zhoulan,2022-01-10'));
    const second = await checked(table('M0900,新来人,教育界,xinlairen,2026-10-01'));
    await open().drafts.begin(body.id, first, clock.now());
    expect(await open().office.apply(body.id, second, true, clock.now())).toBe('busy');
    expect(await open().office.apply(body.id, first, true, clock.now())).toBe('applied');
    expect(await open().office.apply(body.id, first, true, clock.now())).toBe('applied');
    expect(await open().organisation.count(body.id)).toBe(1);
    expect(await open().office.apply(body.id, second, false, clock.now())).toBe('too_many');
    expect(await open().office.apply('another-body', second, true, clock.now())).toBe('none');
  });
});
