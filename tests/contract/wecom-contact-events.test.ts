import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ShiftableClock } from '../../src/foundation/clock';
import { contactChange } from '../../src/transports/wecom/contact-event';
import { aesKey, corpId, type Door, openDoor, secondsOf, signed } from '../helpers/wecom-door';

const contacts = { token: 'contactsToken', aesKey: 'bWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C' };
const created = 1_790_000_000;
const xml = (fields: Record<string, string | number>): string =>
  `<xml>${Object.entries({ ToUserName: corpId, CreateTime: created, MsgType: 'event', ...fields })
    .map(([name, value]) => (typeof value === 'number' ? `<${name}>${value}</${name}>` : `<${name}><![CDATA[${value}]]></${name}>`))
    .join('')}</xml>`;

describe('what WeCom says about the people of the company', () => {
  let door: Door;
  const clock = new ShiftableClock();
  beforeAll(async () => {
    door = await openDoor(clock, { contacts });
  });
  beforeEach(() => void door.changed.splice(0));
  afterAll(() => door.close());

  async function post(path: string, inner: string, secret: { key: string; token?: string }) {
    const { encrypted, query } = signed(inner, { receiver: corpId, timestamp: secondsOf(clock), ...secret });
    const body = `<xml><ToUserName><![CDATA[${corpId}]]></ToUserName><Encrypt><![CDATA[${encrypted}]]></Encrypt></xml>`;
    const response = await fetch(`${door.url}${path}?${query.toString()}`, { method: 'POST', body });
    return { status: response.status, text: await response.text() };
  }
  const helper = { key: contacts.aesKey, token: contacts.token };
  const change = { body: 'yunchuan', platform: 'wecom', at: new Date(created * 1_000), eventId: expect.any(String) };

  it.each([
    [
      'enters the app’s visible range',
      { Event: 'subscribe', FromUserName: 'ZhouLan', AgentID: 218 },
      { kind: 'joined', userId: 'ZhouLan' },
    ],
    ['leaves it', { Event: 'unsubscribe', FromUserName: 'zhoulan', AgentID: 218 }, { kind: 'left', userId: 'zhoulan' }],
  ])('takes it from the app’s own address that somebody %s', async (_what, fields, expected) => {
    expect(await post('/wecom/app', xml(fields), { key: aesKey })).toEqual({ status: 200, text: '' });
    expect(door.changed).toEqual([{ ...change, ...expected }]);
    expect(door.received).toEqual([]);
  });

  it.each([
    ['comes', { ChangeType: 'create_user', UserID: 'lin', Department: '1,2' }, { kind: 'joined', userId: 'lin' }],
    ['goes', { ChangeType: 'delete_user', UserID: 'lin' }, { kind: 'left', userId: 'lin' }],
    [
      'gets another id',
      { ChangeType: 'update_user', UserID: 'lin', NewUserID: 'linyu' },
      { kind: 'changed', userId: 'lin', newUserId: 'linyu' },
    ],
    ['moves to another department', { ChangeType: 'update_user', UserID: 'lin', Department: '3' }, { kind: 'changed', userId: 'lin' }],
  ])('takes it from the contact-sync helper’s address that somebody %s', async (_what, fields, expected) => {
    const inner = xml({ Event: 'change_contact', FromUserName: 'sys', ...fields });
    expect(await post('/wecom/contacts', inner, helper)).toEqual({ status: 200, text: '' });
    expect(door.changed).toEqual([{ ...change, ...expected }]);
  });

  it('knows a redelivery by its identity, and two changes of one second apart', () => {
    const of = (fields: Record<string, string>) =>
      contactChange({ MsgType: 'event', Event: 'change_contact', CreateTime: String(created), ...fields }, 'b')?.eventId;
    expect(of({ ChangeType: 'delete_user', UserID: 'Lin' })).toBe(of({ ChangeType: 'delete_user', UserID: 'lin' }));
    expect(of({ ChangeType: 'delete_user', UserID: 'lin' })).not.toBe(of({ ChangeType: 'create_user', UserID: 'lin' }));
    expect(of({ ChangeType: 'delete_user', UserID: 'lin' })).not.toBe(of({ ChangeType: 'delete_user', UserID: 'zhou' }));
  });

  it.each([
    ['a department', { Event: 'change_contact', ChangeType: 'create_party', Id: '2' }],
    ['somebody without an id', { Event: 'change_contact', ChangeType: 'delete_user', UserID: '' }],
    ['an id longer than any', { Event: 'change_contact', ChangeType: 'delete_user', UserID: 'x'.repeat(65) }],
    ['a property every object has', { Event: 'change_contact', ChangeType: 'constructor', UserID: 'lin' }],
    ['no event at all', { MsgType: 'text', Event: 'unsubscribe', FromUserName: 'lin' }],
    ['no time', { Event: 'unsubscribe', FromUserName: 'lin', CreateTime: '' }],
  ])('changes nothing for %s', async (_what, fields) => {
    expect((await post('/wecom/contacts', xml({ FromUserName: 'sys', ...fields }), helper)).status).toBe(200);
    expect(door.changed).toEqual([]);
  });

  it('refuses what is signed with the app’s keys, meant for another company, or not signed', async () => {
    const inner = xml({ Event: 'change_contact', FromUserName: 'sys', ChangeType: 'delete_user', UserID: 'lin' });
    expect((await post('/wecom/contacts', inner, { key: aesKey })).status).toBe(403);
    expect((await post('/wecom/contacts', inner.replace(corpId, 'wxOTHER'), helper)).status).toBe(403);
    expect((await fetch(`${door.url}/wecom/contacts`, { method: 'POST', body: inner })).status).toBe(403);
    expect(door.changed).toEqual([]);
    expect((await post('/wecom/contacts', inner, helper)).status).toBe(200);
    expect(door.changed).toHaveLength(1);
  });
});
