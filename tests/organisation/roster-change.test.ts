import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Connection } from 'mongoose';
import { ShiftableClock } from '../../src/foundation/clock';
import { connectMongo } from '../../src/foundation/mongo';
import type { Member } from '../../src/organisation/member';
import { rosterChange } from '../../src/organisation/roster/change';
import { type RosterRow, unsaidDay } from '../../src/organisation/roster/rows';
import { createOrganisation } from '../../src/organisation/service';
import { createOrganisationStore } from '../../src/organisation/store';
import { roster } from '../helpers/roster';
import { freshDatabase } from '../helpers/services';

describe('a roster imported again', () => {
  let connection: Connection;
  const clock = new ShiftableClock();
  const open = () => createOrganisation(createOrganisationStore(connection), clock);
  beforeAll(async () => {
    connection = await connectMongo(freshDatabase());
    await createOrganisationStore(connection).ensureIndexes();
  });
  afterAll(() => connection.close());

  const [zhou, han, xu, ma] = roster as readonly [Member, Member, Member, Member];
  const rowsOf = (members: readonly Member[], standing: RosterRow['standing'] = 'unsaid'): RosterRow[] =>
    members.map((member, at) => ({ member: { ...member, exemptions: [], active: standing !== 'gone' }, standing, row: at + 2 }));
  async function imported(body: string, rows: RosterRow[]) {
    const change = rosterChange({ rows }, await open().everybody(body), clock.now());
    await open().saveMembers(body, change.members);
    const ids = (members: Member[]): string[] => members.map(({ id }) => id);
    const { added, changed, leaving, returning, stillGone } = change;
    const fields = changed.map(({ member, fields }) => [
      member.id,
      ...fields.map(({ column, before, after }) => `${column} ${before} → ${after}`),
    ]);
    return { added: ids(added), changed: fields, leaving: ids(leaving), returning: ids(returning), stillGone: ids(stillGone) };
  }
  const nobody = { added: [], changed: [], leaving: [], returning: [], stillGone: [] };

  it('keeps the exemptions, which no table knows', async () => {
    const exemptions = [{ period: '2026-Q4', reason: '病假' }];
    await open().saveMembers('exempt', [{ ...zhou, exemptions }]);
    expect(await imported('exempt', rowsOf([{ ...zhou, name: '周澜' }]))).toEqual({ ...nobody, changed: [['M0001', 'name 周岚 → 周澜']] });
    expect(await open().member('exempt', 'M0001')).toMatchObject({ name: '周澜', exemptions, active: true });
  });

  it('does not bring back who has left, until the table says 在任', async () => {
    await open().saveMembers('left', [zhou, { ...han, active: false }]);
    expect(await imported('left', rowsOf([zhou, han]))).toEqual({ ...nobody, stillGone: ['M0002'] });
    expect((await open().member('left', 'M0002'))?.active).toBe(false);
    expect(await imported('left', rowsOf([zhou, han], 'present'))).toEqual({ ...nobody, returning: ['M0002'] });
    expect(await imported('left', [...rowsOf([zhou]), ...rowsOf([han], 'gone')])).toEqual({
      ...nobody,
      leaving: ['M0002'],
    });
    expect(await imported('left', rowsOf([zhou, han]))).toEqual({ ...nobody, stillGone: ['M0002'] });
  });

  it('marks as left who is no longer named, keeps the person, and takes back who is named again', async () => {
    await imported('removed', rowsOf([zhou, han, xu]));
    expect(await imported('removed', rowsOf([zhou, xu]))).toEqual({ ...nobody, leaving: ['M0002'] });
    expect([await open().count('removed'), await open().memberByUserId('removed', 'wecom', 'hanlizhou')]).toEqual([2, null]);
    expect(await open().member('removed', 'M0002')).toEqual({ ...han, active: false });
    expect(await imported('removed', rowsOf([zhou, han, xu]))).toEqual({ ...nobody, returning: ['M0002'] });
    expect((await open().memberByUserId('removed', 'wecom', 'hanlizhou'))?.id).toBe('M0002');
  });

  it('gives the account of one who has left, or two accounts that were mixed up, to whom the table names', async () => {
    const with_ = (member: Member, userId: string): Member => ({ ...member, identities: [{ platform: 'wecom', userId }] });
    await imported('passed', rowsOf([zhou, han, xu]));
    await imported('passed', rowsOf([with_(zhou, 'hanlizhou'), with_(han, 'zhoulan'), with_(ma, 'xuzhixia')]));
    const bearers = ['zhoulan', 'hanlizhou', 'xuzhixia'].map(
      async (userId) => (await open().memberByUserId('passed', 'wecom', userId))?.id,
    );
    expect(await Promise.all(bearers)).toEqual(['M0002', 'M0001', 'M0004']);
  });

  it('leaves what the table has no column for as it was, and asks for the day of office of who is new', async () => {
    await open().saveMembers('partly', [{ ...zhou, roles: ['member', 'convener'], committees: ['提案委'] }]);
    const rows = rowsOf([{ ...zhou, roles: ['member'], joinedOn: unsaidDay }]);
    const unsaid = ['roles', 'joinedOn', 'committees'] as const;
    const before = await open().everybody('partly');
    expect(rosterChange({ rows, unsaid }, before, clock.now())).toMatchObject({ changed: [], unchanged: 1, members: [], faults: [] });
    const withNew = [...rows, { ...(rowsOf([{ ...han, joinedOn: unsaidDay }])[0] as RosterRow), row: 3 }];
    expect(rosterChange({ rows: withNew, unsaid }, before, clock.now()).faults).toEqual(['第3行：新来的委员要写就任日期，请加上这一列']);
  });

  it('the same table a second time changes nothing and writes nothing, also when a platform has renamed an account since', async () => {
    await imported('twice', rowsOf([zhou, han]));
    await open().receive({ body: 'twice', platform: 'wecom', userId: 'zhoulan', kind: 'changed', newUserId: 'zhoulan2', at: clock.now() });
    const change = rosterChange({ rows: rowsOf([zhou, han]) }, await open().everybody('twice'), clock.now());
    expect(change).toMatchObject({ members: [], unchanged: 2 });
    expect((await open().memberByUserId('twice', 'wecom', 'zhoulan2'))?.id).toBe('M0001');
  });
});
