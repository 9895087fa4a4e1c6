import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Connection } from 'mongoose';
import { ShiftableClock } from '../../src/foundation/clock';
import { connectMongo } from '../../src/foundation/mongo';
import type { AccountChange, Member } from '../../src/organisation/member';
import { createOrganisation } from '../../src/organisation/service';
import { createOrganisationStore } from '../../src/organisation/store';
import { roster } from '../helpers/roster';
import { freshDatabase } from '../helpers/services';

const wecom = (userId: string) => ({ platform: 'wecom' as const, userId });
const dingtalk = (userId: string) => ({ platform: 'dingtalk' as const, userId });
const member = (id: string, ...identities: Member['identities']): Member => ({ ...roster[0]!, id, identities });

describe('what the platforms report about accounts', () => {
  let connection: Connection;
  let bodies = 0;
  const clock = new ShiftableClock();
  const at = (second: number): Date => new Date(Date.UTC(2026, 8, 1, 0, 0, second));
  const open = () => createOrganisation(createOrganisationStore(connection), clock);

  beforeAll(async () => {
    connection = await connectMongo(freshDatabase());
    await createOrganisationStore(connection).ensureIndexes();
  });
  afterAll(() => connection.close());

  /** A body of its own whose roster was written at second 0. */
  async function bodyWith(...members: Member[]) {
    const body = `b${++bodies}`;
    clock.moveTo(at(0));
    const here = open();
    await here.saveMembers(body, members);
    const report = (change: Omit<AccountChange, 'body' | 'platform' | 'at'> & { second: number; platform?: 'wecom' | 'dingtalk' }) => {
      const { second, platform = 'wecom', ...rest } = change;
      return here.receive({ body, platform, at: at(second), ...rest });
    };
    const identities = async (id: string) => (await here.member(body, id))?.identities;
    return { body, here, report, identities };
  }

  it('speaks no more to an account that left; the member stays, and is reached on the other platform', async () => {
    const { body, here, report, identities } = await bodyWith(member('M1', wecom('zhou'), dingtalk('d1')), member('M2', wecom('lin')));
    await report({ kind: 'left', userId: 'zhou', second: 5 });
    expect(await identities('M1')).toEqual([dingtalk('d1')]);
    expect(await identities('M2')).toEqual([wecom('lin')]);
    await report({ kind: 'left', userId: 'd1', platform: 'dingtalk', second: 6 });
    expect(await identities('M1')).toEqual([]);
    expect(await here.count(body)).toBe(2);
    expect((await here.membersNamed(body, '周岚')).map(({ id }) => id)).toEqual(['M1', 'M2']);
  });

  it('speaks again to whoever comes back, by report or by writing', async () => {
    const { body, here, report, identities } = await bodyWith(member('M1', wecom('Zhou')));
    await report({ kind: 'left', userId: 'zhou', second: 5 });
    await report({ kind: 'joined', userId: 'ZHOU', second: 9 });
    expect(await identities('M1')).toEqual([wecom('Zhou')]);
    await report({ kind: 'left', userId: 'zhou', second: 12 });
    clock.moveTo(at(20));
    const writer = await here.memberByUserId(body, 'wecom', 'zhou');
    await here.heardFrom(body, 'wecom', 'zhou', writer!);
    expect(await identities('M1')).toEqual([wecom('Zhou')]);
  });

  it('moves the identity when the id is changed, and still knows whoever comes under the former one', async () => {
    const { body, here, report, identities } = await bodyWith(member('M1', wecom('zhou')));
    await report({ kind: 'changed', userId: 'zhou', newUserId: 'zhoulan', second: 5 });
    expect(await identities('M1')).toEqual([wecom('zhoulan')]);
    expect((await here.memberByUserId(body, 'wecom', 'zhoulan'))?.id).toBe('M1');
    expect((await here.memberByUserId(body, 'wecom', 'zhou'))?.id).toBe('M1');
    expect(await here.memberByUserId(body, 'dingtalk', 'zhou')).toBeNull();
    await report({ kind: 'joined', userId: 'zhou', second: 50 });
    expect(await here.memberByUserId(body, 'wecom', 'zhou')).toBeNull();
    expect(await identities('M1')).toEqual([wecom('zhoulan')]);
  });

  it('does not drag along whoever gets a freed id later', async () => {
    const { body, here, report, identities } = await bodyWith(member('M1', wecom('zhou')));
    await report({ kind: 'changed', userId: 'zhou', newUserId: 'zhoulan', second: 5 });
    clock.moveTo(at(60));
    await here.saveMembers(body, [member('M1', wecom('zhoulan')), member('M2', wecom('zhou'))]);
    expect(await identities('M1')).toEqual([wecom('zhoulan')]);
    expect(await identities('M2')).toEqual([wecom('zhou')]);
  });

  it('keeps what was reported when the same roster is imported again, and takes the office’s newer word', async () => {
    const { body, here, report, identities } = await bodyWith(member('M1', wecom('zhou'), dingtalk('d1')));
    await report({ kind: 'changed', userId: 'zhou', newUserId: 'zhoulan', second: 5 });
    await report({ kind: 'left', userId: 'd1', platform: 'dingtalk', second: 6 });
    clock.moveTo(at(60));
    await here.saveMembers(body, [member('M1', wecom('zhou'), dingtalk('d1'))]);
    expect(await identities('M1')).toEqual([wecom('zhoulan')]);
    await here.saveMembers(body, [member('M1', wecom('another'))]);
    expect(await identities('M1')).toEqual([wecom('another')]);
    expect(await here.memberByUserId(body, 'dingtalk', 'd1')).toBeNull();
  });

  it('leaves an id with the member who has it when a report gives it to another', async () => {
    const { report, identities } = await bodyWith(member('M1', wecom('zhou')), member('M2', wecom('lin')));
    await expect(report({ kind: 'changed', userId: 'zhou', newUserId: 'lin', second: 5 })).rejects.toMatchObject({
      code: 'SETTINGS_WRONG',
    });
    expect(await identities('M1')).toEqual([wecom('zhou')]);
    expect(await identities('M2')).toEqual([wecom('lin')]);
  });

  it('comes to the same end whatever the order and however often reports come', async () => {
    const reports = [
      { kind: 'changed', userId: 'a', newUserId: 'b', second: 10 },
      { kind: 'left', userId: 'b', second: 20 },
      { kind: 'joined', userId: 'b', second: 30 },
      { kind: 'changed', userId: 'b', newUserId: 'c', second: 40 },
      { kind: 'joined', userId: 'a', second: 45 },
      { kind: 'left', userId: 'c', second: 50 },
      { kind: 'left', userId: 'd1', platform: 'dingtalk', second: 20 },
      { kind: 'joined', userId: 'd1', platform: 'dingtalk', second: 21 },
    ] as const;
    const anyOrder = fc.shuffledSubarray([...reports, ...reports, reports[0], reports[5]], { minLength: 18 });
    await fc.assert(
      fc.asyncProperty(anyOrder, fc.nat(10), async (order, restAt) => {
        const { body, here, report, identities } = await bodyWith(member('M1', wecom('a'), dingtalk('d1')));
        for (const each of order.slice(0, restAt)) await report(each);
        await here.saveMembers(body, [member('M1', wecom('a'), dingtalk('d1'))]);
        await Promise.all(order.slice(restAt).map((each) => report(each)));
        expect(await identities('M1')).toEqual([dingtalk('d1')]);
        await report({ kind: 'joined', userId: 'C', second: 60 });
        expect(await identities('M1')).toEqual([wecom('c'), dingtalk('d1')]);
      }),
      { numRuns: 12 },
    );
  });
});

describe('one person on both platforms', () => {
  let connection: Connection;
  const clock = new ShiftableClock();
  beforeAll(async () => {
    connection = await connectMongo(freshDatabase());
    await createOrganisationStore(connection).ensureIndexes();
  });
  afterAll(() => connection.close());

  it('counts once, and the same id on the other platform or in another body is somebody else', async () => {
    const here = createOrganisation(createOrganisationStore(connection), clock);
    await here.saveMembers('here', [member('M1', wecom('same'), dingtalk('d1')), member('M2', dingtalk('same'))]);
    await here.saveMembers('elsewhere', [member('M1', dingtalk('same'), wecom('same'))]);
    expect(await here.count('here')).toBe(2);
    const who = async (body: string, platform: 'wecom' | 'dingtalk', userId: string) =>
      (await here.memberByUserId(body, platform, userId))?.id;
    expect([await who('here', 'wecom', 'same'), await who('here', 'dingtalk', 'd1')]).toEqual(['M1', 'M1']);
    expect(await who('here', 'dingtalk', 'same')).toBe('M2');
    expect(await who('elsewhere', 'dingtalk', 'same')).toBe('M1');
    await here.receive({ body: 'here', platform: 'dingtalk', userId: 'same', kind: 'left', at: new Date(clock.now().getTime() + 1_000) });
    expect((await here.member('here', 'M1'))?.identities).toHaveLength(2);
    expect((await here.member('elsewhere', 'M1'))?.identities).toHaveLength(2);
    expect((await here.member('here', 'M2'))?.identities).toEqual([]);
  });

  it('refuses an account that another member has, on either platform', async () => {
    const here = createOrganisation(createOrganisationStore(connection), clock);
    await here.saveMembers('taken', [member('M1', wecom('same'), dingtalk('d1'))]);
    await expect(here.saveMembers('taken', [member('M2', dingtalk('d1'))])).rejects.toMatchObject({ code: 11000 });
    await expect(here.saveMembers('taken', [member('M3', wecom('SAME'))])).rejects.toMatchObject({ code: 11000 });
  });
});
