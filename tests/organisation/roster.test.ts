import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Connection } from 'mongoose';
import { ShiftableClock } from '../../src/foundation/clock';
import { connectMongo } from '../../src/foundation/mongo';
import type { Member } from '../../src/organisation/member';
import { createOrganisation } from '../../src/organisation/service';
import { createOrganisationStore } from '../../src/organisation/store';
import { body, roster } from '../helpers/roster';
import { freshDatabase } from '../helpers/services';

describe('the roster', () => {
  let connection: Connection;
  const clock = new ShiftableClock();
  const open = () => createOrganisation(createOrganisationStore(connection), clock);
  const listed = async (of: string): Promise<Member[]> => {
    const members: Member[] = [];
    for await (const member of open().members(of)) members.push(member);
    return members;
  };
  const later = (seconds: number): void => clock.moveTo(new Date(clock.now().getTime() + seconds * 1_000));

  beforeAll(async () => {
    connection = await connectMongo(freshDatabase());
    await createOrganisationStore(connection).ensureIndexes();
    await open().saveBody(body);
    await open().saveMembers(body.id, roster);
  });
  afterAll(() => connection.close());

  it('gives back the body and each member as they were saved, as plain objects', async () => {
    expect(await open().body(body.id)).toEqual(body);
    expect(await open().member(body.id, 'M0002')).toEqual(roster[1]);
    expect(await listed(body.id)).toEqual(roster);
    expect(await open().count(body.id)).toBe(roster.length);
  });

  it('says which setting is wrong when the body was never saved', async () => {
    await expect(open().body('nowhere')).rejects.toMatchObject({ code: 'SETTINGS_WRONG', message: expect.stringContaining('nowhere') });
  });

  it('knows a WeCom user id in any case, and a DingTalk one only as it is', async () => {
    const both: Member = { ...roster[0]!, id: 'M0900', name: '双平台', identities: [] };
    both.identities = [
      { platform: 'wecom', userId: 'ShuangPingTai' },
      { platform: 'dingtalk', userId: 'manager42A' },
    ];
    await open().saveMembers('two', [both]);
    expect((await open().memberByUserId('two', 'wecom', 'SHUANGpingtai'))?.id).toBe('M0900');
    expect((await open().memberByUserId('two', 'dingtalk', 'manager42A'))?.id).toBe('M0900');
    expect(await open().memberByUserId('two', 'dingtalk', 'manager42a')).toBeNull();
    expect(await open().memberByUserId('two', 'dingtalk', 'ShuangPingTai')).toBeNull();
  });

  it('keeps bodies apart', async () => {
    await open().saveMembers('other', [{ ...roster[0]!, name: '别处的人' }]);
    expect((await open().memberByUserId('other', 'wecom', 'zhoulan'))?.name).toBe('别处的人');
    expect((await open().memberByUserId(body.id, 'wecom', 'zhoulan'))?.name).toBe('周岚');
    expect(await open().membersNamed('other', '周岚')).toEqual([]);
    expect(await open().member('other', 'M0002')).toBeNull();
  });

  it('refuses one user id for two members of a body, and bears many members without any', async () => {
    const twin = { ...roster[0]!, id: 'M0901' };
    await expect(open().saveMembers(body.id, [twin])).rejects.toMatchObject({ code: 11000 });
    const silent = ['M0902', 'M0903'].map((id) => ({ ...roster[0]!, id, identities: [], active: false }));
    await open().saveMembers(body.id, silent);
    expect(await open().member(body.id, 'M0903')).toEqual(silent[1]);
  });

  it('leaves out those who have left: from lookups, names, the count and the list', async () => {
    const gone = { ...roster[4]!, active: false };
    await open().saveMembers('left', [roster[3]!, gone]);
    expect(await open().memberByUserId('left', 'wecom', 'luoqinghe')).toBeNull();
    expect(await open().membersNamed('left', '罗青禾')).toEqual([]);
    expect(await open().count('left')).toBe(1);
    expect(await listed('left')).toEqual([roster[3]]);
    expect(await open().member('left', gone.id)).toEqual(gone);
  });

  it('finds every member of a name', async () => {
    const namesake = { ...roster[5]!, id: 'M0100', name: '周岚' };
    await open().saveMembers('names', [roster[0]!, namesake]);
    expect((await open().membersNamed('names', '周岚')).map(({ id }) => id)).toEqual(['M0001', 'M0100']);
  });

  it('sees its own change at once, another process’s within half a minute, and a newcomer at once', async () => {
    const here = open();
    const elsewhere = open();
    const renamed = (name: string): Member => ({ ...roster[0]!, name });
    await here.saveMembers('cache', [renamed('一')]);
    expect((await here.member('cache', 'M0001'))?.name).toBe('一');
    await here.saveMembers('cache', [renamed('二')]);
    expect((await here.member('cache', 'M0001'))?.name).toBe('二');
    await elsewhere.saveMembers('cache', [renamed('三')]);
    expect((await here.member('cache', 'M0001'))?.name).toBe('二');
    later(30);
    expect((await here.member('cache', 'M0001'))?.name).toBe('三');
    expect(await here.memberByUserId('cache', 'wecom', 'newcomer')).toBeNull();
    await elsewhere.saveMembers('cache', [{ ...roster[1]!, identities: [{ platform: 'wecom', userId: 'newcomer' }] }]);
    expect((await here.memberByUserId('cache', 'wecom', 'newcomer'))?.id).toBe('M0002');
  });
});
