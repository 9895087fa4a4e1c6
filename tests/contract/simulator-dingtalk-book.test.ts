import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { DingtalkSimulatorOptions } from '../../packages/chat-simulator/dingtalk';
import type { ContactChange } from '../../src/delivery/contact-change';
import { systemSteady } from '../../src/foundation/clock';
import type { Directory } from '../../src/transports/directory';
import { type Door, openDoor } from '../helpers/dingtalk-door';
import { app, type DingtalkScene, groups, people, startDingtalkScene } from '../helpers/dingtalk-stage';
import { until } from '../helpers/wait';

const keys = { token: 'simulatedToken', aesKey: '4g5j64qlyl3zvetqxz5jiocdr586fn2zvjpa8zls3ij' };
const many = Array.from({ length: 230 }, (_, at) => ({ userId: `dt-${at}`, name: `委员${at}` }));
const departments = [
  { id: 1, name: '云川政协', userIds: ['dt-0'] },
  { id: 2, name: '教育界', parent: 1, userIds: many.slice(0, 205).map(({ userId }) => userId) },
  { id: 3, name: '医药卫生界', parent: 2, userIds: ['dt-1', 'dt-210'] },
  { id: 9, name: '后勤', userIds: ['dt-220'] },
];

describe('DingTalk’s simulated address book', () => {
  let scene: DingtalkScene;
  let door: Door;
  let book: Directory;
  afterEach(async () => {
    await door.close();
    await scene.close();
  });
  async function open(theirs: Partial<DingtalkSimulatorOptions> = {}): Promise<void> {
    scene = await startDingtalkScene({ people: many, groups: [], departments, range: { departments: [2], people: ['dt-215'] }, ...theirs });
    const { apiBase } = scene.simulator;
    door = await openDoor(scene.clock, { ...app, robotCode: app.clientId, apiBase, sessionBase: apiBase });
    book = door.dingtalk.directory;
  }

  it('is read within the app’s range: through all departments below and all pages', async () => {
    await open();
    const { userIds, departments: seen } = await book.visible();
    expect([userIds.length, new Set(userIds).size, seen.map(({ name }) => name)]).toEqual([207, 207, ['教育界', '医药卫生界']]);
    expect(userIds).toEqual(expect.arrayContaining(['dt-204', 'dt-210', 'dt-215']));
    expect(scene.simulator.usage()).toEqual({ calls: 0, pushes: 0 });
  });

  it('tells who is known, who is outside the range and who is nobody', async () => {
    await open();
    const known = { userId: 'dt-1', name: '委员1', departments: ['2', '3'], active: true };
    expect(await book.user('dt-1')).toEqual({ kind: 'user', user: known });
    expect([await book.user('dt-220'), await book.user('nobody')]).toEqual([{ kind: 'outside' }, { kind: 'unknown' }]);
  });

  it('is closed to an app without the permission', async () => {
    await open({ range: 'denied' });
    await expect(book.visible()).rejects.toMatchObject({ code: '60011', words: expect.stringContaining('qyapi_get_member') });
    await expect(book.user('dt-1')).rejects.toMatchObject({ code: '60011' });
  });
});

describe.each(['http', 'stream'] as const)('changes of DingTalk’s address book, told by %s', (mode) => {
  let scene: DingtalkScene;
  let door: Door;
  let changes: ContactChange[];
  const told = (): string[] => changes.map(({ kind, userId }) => `${kind} ${userId}`);
  beforeEach(async () => {
    changes = [];
    const report = { receive: async (change: ContactChange) => void changes.push(change) };
    const byHttp = mode === 'http';
    scene = await startDingtalkScene({ mode, webhook: () => door.url, ...(byHttp ? { events: keys, eventPausesMs: [20, 20] } : {}) });
    const { apiBase } = scene.simulator;
    const events = byHttp ? { events: { ...keys, changes: report } } : { stream: { changes: report, steady: systemSteady } };
    door = await openDoor(scene.clock, { ...app, robotCode: app.clientId, apiBase, sessionBase: apiBase, ...events });
    door.dingtalk.stream?.start();
    if (!byHttp) await until('the robot is connected', () => scene.simulator.stream.live === 1);
  });
  afterEach(async () => {
    await door.dingtalk.stream?.stop();
    await door.close();
    await scene.close();
    expect(scene.faults).toEqual([]);
  });

  it('reach the application, which finds them in the book', async () => {
    const { personnel } = scene.simulator;
    const { directory } = door.dingtalk;
    expect(await personnel.join({ userId: 'dt-new', name: '新委员' })).toBe('SUCCESS');
    expect(await directory.user('dt-new')).toMatchObject({ kind: 'user', user: { name: '新委员', departments: ['1'] } });
    expect(await personnel.rename('dt-new', '许知夏')).toBe('SUCCESS');
    expect(await directory.user('dt-new')).toMatchObject({ user: { name: '许知夏' } });
    expect(await personnel.leave('dt-new')).toBe('SUCCESS');
    expect(await directory.user('dt-new')).toEqual({ kind: 'unknown' });
    expect(told()).toEqual(['joined dt-new', 'changed dt-new', 'left dt-new']);
  });

  it('of departments are acknowledged and say nothing about who is a member', async () => {
    const { personnel } = scene.simulator;
    const acks = [await personnel.openDepartment(5, '妇联'), await personnel.renameDepartment(5, '妇联界')];
    expect((await door.dingtalk.directory.visible()).departments).toContainEqual({ id: '5', name: '妇联界' });
    expect([...acks, await personnel.closeDepartment(5)]).toEqual(['SUCCESS', 'SUCCESS', 'SUCCESS']);
    expect(told()).toEqual([]);
    expect(await personnel.move('dt-zhoulan', [])).toBe('SUCCESS');
    expect(told()).toEqual(['changed dt-zhoulan']);
  });

  it('leave nobody who has gone to be written to or to speak', async () => {
    const { personnel } = scene.simulator;
    await personnel.leave('dt-zhoulan');
    const text = { body: 'yunchuan', platform: 'dingtalk', format: 'text', text: '温馨提示', asked: true } as const;
    expect(await door.dingtalk.sender.send({ ...text, to: { userId: 'dt-zhoulan' } })).toMatchObject({ kind: 'refused' });
    expect(await door.dingtalk.sender.send({ ...text, to: { userId: 'dt-hanlizhou' } })).toMatchObject({ kind: 'sent' });
    await expect(scene.simulator.say({ from: 'dt-zhoulan', chat: 'private', text: '/进度' })).rejects.toThrow('nobody called');
    expect([people.length, groups[0]?.members.length]).toEqual([2, 2]);
  });
});
