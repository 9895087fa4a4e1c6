import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ShiftableClock } from '../../src/foundation/clock';
import type { Directory } from '../../src/transports/directory';
import { company, playDingtalkCompany, playWecomCompany } from '../helpers/company';
import { type DingtalkApi, startDingtalkApi } from '../helpers/dingtalk-api';
import { openDoor as openDingtalkDoor } from '../helpers/dingtalk-door';
import { startWecomApi, type WecomApi } from '../helpers/wecom-api';
import { openDoor } from '../helpers/wecom-door';

describe('the address book within the app’s range', () => {
  const clock = new ShiftableClock();
  const closing: (() => Promise<unknown>)[] = [];
  let wecom: WecomApi;
  let dingtalk: DingtalkApi;
  let books: Record<string, Directory>;

  beforeAll(async () => {
    [wecom, dingtalk] = await Promise.all([startWecomApi(), startDingtalkApi()]);
    const one = await openDoor(clock, { apiBase: wecom.url });
    const other = await openDingtalkDoor(clock, { apiBase: dingtalk.url, sessionBase: dingtalk.url });
    closing.push(
      () => one.close(),
      () => other.close(),
      () => wecom.close(),
      () => dingtalk.close(),
    );
    books = { WeCom: one.wecom.directory, DingTalk: other.dingtalk.directory };
  });
  afterAll(async () => {
    for (const close of closing) await close();
  });
  beforeEach(() => {
    for (const api of [wecom, dingtalk]) for (const path of Object.keys(api.script)) delete api.script[path];
    playWecomCompany(wecom, company());
    playDingtalkCompany(dingtalk, company());
  });

  describe.each(['WeCom', 'DingTalk'])('of %s', (name) => {
    const book = (): Directory => books[name]!;

    it('names everybody in it once, through all departments below and all pages', async () => {
      const { userIds, departments, incomplete } = await book().visible();
      expect([...userIds].toSorted()).toEqual(['GaoWenzheng', 'hejingshu', 'mazhenchuan', 'xuzhixia', 'zhoulan']);
      expect(departments.map((each) => each.name).toSorted()).toEqual(['云川政协', '医药卫生界', '教育界']);
      expect(incomplete).toBe(false);
    });

    it('is empty when nobody was put into it', async () => {
      playWecomCompany(wecom, { ...company(), range: { departments: [], people: [] } });
      playDingtalkCompany(dingtalk, { ...company(), range: { departments: [], people: [] } });
      expect(await book().visible()).toEqual({ userIds: [], departments: [], incomplete: false });
    });

    it('tells who is known, who is unknown and who is outside', async () => {
      expect(await book().user('zhoulan')).toMatchObject({ kind: 'user', user: { userId: 'zhoulan', name: 'zhoulan!', active: true } });
      expect(await book().user('nobody')).toEqual({ kind: 'unknown' });
      expect(await book().user('hidden')).toEqual({ kind: 'outside' });
    });
  });

  it('says the platform’s own words when it refuses', async () => {
    wecom.script['/cgi-bin/agent/get'] = [{ errcode: 60020, errmsg: 'not allow to access from your ip, hint: [1], from ip: 203.0.113.7' }];
    await expect(books['WeCom']?.visible()).rejects.toMatchObject({ code: '60020', words: expect.stringContaining('203.0.113.7') });
    dingtalk.script['/auth/scopes'] = [
      { json: { errcode: 88, errmsg: 'ding talk error', sub_code: '60011', sub_msg: '[qyapi_get_member]' } },
    ];
    await expect(books['DingTalk']?.visible()).rejects.toMatchObject({ code: '60011', words: expect.stringContaining('qyapi_get_member') });
  });

  it('takes a page that is no answer for a platform that cannot be reached', async () => {
    wecom.script['/cgi-bin/user/simplelist'] = [{ errcode: 0, userlist: 'none' }];
    await expect(books['WeCom']?.visible()).rejects.toMatchObject({ code: 'PLATFORM_UNREACHABLE' });
    dingtalk.script['/auth/scopes'] = [{ status: 504 }];
    await expect(books['DingTalk']?.visible()).rejects.toMatchObject({ code: 'PLATFORM_UNREACHABLE' });
  });

  it('counts the people of readable tags in WeCom, and says when one cannot be read', async () => {
    playWecomCompany(wecom, { ...company(), range: { departments: [], people: [], tags: ['5', '6'] } });
    wecom.script['/cgi-bin/tag/get'] = [
      ({ query }) =>
        query.get('tagid') === '5' ? { errcode: 0, userlist: [{ userid: 'A' }, { userid: 'a' }], partylist: [] } : { errcode: 60011 },
    ];
    const { userIds, incomplete } = await books['WeCom']!.visible();
    expect([userIds.length, incomplete]).toEqual([1, true]);
  });
});
