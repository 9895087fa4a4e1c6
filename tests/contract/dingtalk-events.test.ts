import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { decrypt, encrypt, getSignature } from '@wecom/crypto';
import type { Connection } from 'mongoose';
import type { ContactChange } from '../../src/delivery/contact-change';
import { ContactChangesOnce } from '../../src/delivery/contact-changes-once';
import { ShiftableClock } from '../../src/foundation/clock';
import { AppError } from '../../src/foundation/errors';
import { connectMongo } from '../../src/foundation/mongo';
import { contactChanges } from '../../src/transports/dingtalk/contact-event';
import { open, seal } from '../../src/transports/envelope';
import { clientId, corpId, type Door, openDoor } from '../helpers/dingtalk-door';
import { freshDatabase } from '../helpers/services';

const token = 'eventToken123';
const aesKey = '4g5j64qlyl3zvetqxz5jiocdr586fn2zvjpa8zls3ij';
const now = '2026-09-23T10:11:00+08:00';
const left = { EventType: 'user_leave_org', CorpId: corpId, TimeStamp: '1790129400000', eventId: 'ev1', UserId: ['dt-a', 'dt-b'] };

/** Official vectors of the event envelope. */
const vectors = [
  {
    door: { token: '123456', aesKey, receiver: 'suite4xxxxxxxxxxxxxxx' },
    timestamp: '1445827045067',
    nonce: 'nEXhMP4r',
    signature: '5a65ceeef9aab2d149439f82dc191dd6c5cbe2c0',
    encrypted:
      '1a3NBxmCFwkCJvfoQ7WhJHB+iX3qHPsc9JbaDznE1i03peOk1LaOQoRz3+nlyGNhwmwJ3vDMG+OzrHMeiZI7gTRWVdUBmfxjZ8Ej23JVYa9VrYeJ5as7XM/ZpulX8NEQis44w53h1qAgnC3PRzM7Zc/D6Ibr0rgUathB6zRHP8PYrfgnNOS9PhSBdHlegK+AGGanfwjXuQ9+0pZcy0w9lQ==',
    plain: '{"EventType":"check_create_suite_url","Random":"LPIdSnlF","TestSuiteKey":"suite4xxxxxxxxxxxxxxx"}',
    random: 'hU3bEfGZZewzhG5a',
  },
  {
    door: { token: '123456', aesKey: '1234567890123456789012345678901234567890123', receiver: 'dingsnotzck6pm5veliw' },
    timestamp: '1614767836',
    nonce: 'A7Co0cJLMzIDtMMI',
    signature: '9a95a004dd16f5c307e849b994173f76aa26e5eb',
    encrypted: 'YvkvaGe4hQxd3VxRmEty0dVlnCOAqwf56xwTRHDHoOURqhalbmBJQk5FNcRk42Gl5T0YQXZNwpwWSm1xAFJ5ZA==',
    plain: 'success',
    random: 'dICkEDLj0eb6yAbc',
  },
  {
    door: { token: 'mryue', aesKey: 'Yue0EfdN5900c1ce5cf6A152c63DDe1808a60c5ecd7', receiver: 'ding6ccabc44d2c8d38b' },
    timestamp: '1608001896814',
    nonce: 'WL4PK6yA',
    signature: '03044561471240d4a14bb09372dfcfd4fd0e40cb',
    encrypted:
      '0vJiX6vliEpwG3U45CtXqi+m8PXbQRARJ8p8BbDuD1EMTDf0jKpQ79QS93qEk7XHpP6u+oTTrd15NRPvNvmBKyDCYxxOK+HZeKju4yhELOFchzNukR+t8SB/qk4ROMu3',
    plain: '{"EventType":"check_url"}',
    random: 'l7Y3EcX2CU5w8av3',
  },
] as const;

describe.each(vectors)('the official vector of $door.receiver', ({ door, timestamp, nonce, signature, encrypted, plain, random }) => {
  const dating = { now: new Date(0), instantOf: () => 0, freshMs: 0 };

  it('opens to the documented plaintext', () => {
    expect(open(door, { signature, timestamp, nonce, encrypted }, dating)).toBe(plain);
  });

  it('is sealed again bit for bit', () => {
    expect(seal(door, plain, { timestamp, nonce }, Buffer.from(random))).toEqual({ encrypted, signature });
  });
});

describe('POST /dingtalk/events', () => {
  let connection: Connection;
  let door: Door;
  let received: ContactChange[];
  let fails: boolean;
  const clock = new ShiftableClock();

  beforeAll(async () => {
    connection = await connectMongo(freshDatabase());
  });
  afterAll(() => connection.close());
  beforeEach(async () => {
    clock.moveTo(new Date(now));
    received = [];
    fails = false;
    await connection.collection('contact_changes').deleteMany({});
    const receive = async (change: ContactChange): Promise<void> => {
      if (fails) throw new AppError('STORE_UNAVAILABLE', 'away');
      received.push(change);
    };
    door = await openDoor(clock, { events: { token, aesKey, changes: new ContactChangesOnce(connection, { receive }) } });
  });
  afterEach(() => door.close());

  interface Sent {
    receiver?: string;
    key?: string;
    at?: string;
    as?: 'signature' | 'msg_signature';
    forge?: string;
  }

  async function post(event: object, { receiver = clientId, key = token, at, as = 'signature', forge }: Sent = {}) {
    const body = encrypt(aesKey, JSON.stringify(event), receiver);
    const timestamp = at ?? String(clock.now().getTime());
    const query = new URLSearchParams({ [as]: forge ?? getSignature(key, timestamp, 'n1', body), timestamp, nonce: 'n1' });
    const response = await fetch(`${door.url}/dingtalk/events?${query.toString()}`, {
      method: 'POST',
      body: JSON.stringify({ encrypt: body }),
    });
    return { status: response.status, text: await response.text() };
  }

  function success(text: string): void {
    const answer = JSON.parse(text) as Record<string, string>;
    const { msg_signature: signature, timeStamp = '', nonce = '', encrypt: sealed = '' } = answer;
    expect(Object.keys(answer).toSorted()).toEqual(['encrypt', 'msg_signature', 'nonce', 'timeStamp']);
    expect(signature).toBe(getSignature(token, timeStamp, nonce, sealed));
    expect(decrypt(aesKey, sealed)).toMatchObject({ message: 'success', id: clientId });
  }

  it('answers the test that the console makes when the address is saved', async () => {
    const { status, text } = await post({ EventType: 'check_url' });
    expect(status).toBe(200);
    success(text);
    expect(received).toEqual([]);
  });

  it('hands on one change per person, and says success when they are kept', async () => {
    const { text } = await post(left, { as: 'msg_signature' });
    success(text);
    const change = { body: 'yunchuan', platform: 'dingtalk', kind: 'left', at: new Date(1_790_129_400_000) };
    expect(received).toEqual([
      { ...change, userId: 'dt-a', eventId: 'ev1:dt-a' },
      { ...change, userId: 'dt-b', eventId: 'ev1:dt-b' },
    ]);
  });

  it('deals with an event once, however often it comes', async () => {
    for (let times = 0; times < 3; times += 1) success((await post(left)).text);
    expect(received).toHaveLength(2);
    await post({ ...left, eventId: 'ev2' });
    expect(received).toHaveLength(4);
  });

  it('takes an event without an id by its content', async () => {
    const { eventId: _, ...nameless } = left;
    for (let times = 0; times < 2; times += 1) await post(nameless);
    expect(received).toHaveLength(2);
    await post({ ...nameless, TimeStamp: '1790129400001' });
    expect(received).toHaveLength(4);
  });

  it('does not say success while a change cannot be kept, and takes the repetition', async () => {
    fails = true;
    expect(await post(left)).toEqual({ status: 503, text: 'try again' });
    fails = false;
    success((await post(left)).text);
    expect(received).toHaveLength(2);
  });

  it.each([
    ['org_dept_create', { deptId: [1, 2] }],
    ['chat_add_member', { userId: ['dt-a'] }],
    ['bpms_task_change', { staffId: 'dt-a' }],
    ['label_conf_add', {}],
  ])('acknowledges %s, which says nothing about who is a member', async (EventType, more) => {
    success((await post({ EventType, CorpId: corpId, eventId: 'evX', ...more })).text);
    expect(received).toEqual([]);
  });

  it.each<[string, object, Sent]>([
    ['a wrong token', left, { key: 'another' }],
    ['a wrong signature', left, { forge: '0'.repeat(40) }],
    ['another app', left, { receiver: 'dingOTHER' }],
    ['another organisation', { ...left, CorpId: 'dingOTHERCORP' }, {}],
    ['a time two hours ago', left, { at: String(new Date(now).getTime() - 7_200_000) }],
    ['a timestamp that is none', left, { at: 'yesterday' }],
  ])('refuses %s', async (_what, event, sent) => {
    expect(await post(event, sent)).toEqual({ status: 403, text: 'forbidden' });
    expect(received).toEqual([]);
    success((await post(left)).text);
  });

  it('is not there unless events are subscribed to', async () => {
    const without = await openDoor(clock);
    expect((await fetch(`${without.url}/dingtalk/events`, { method: 'POST', body: '{}' })).status).toBe(404);
    await without.close();
  });
});

describe('an event of Stream mode', () => {
  it('is read by the same rule, whatever the spelling of its fields', () => {
    const event = { type: 'user_add_org', id: 'ev9', at: new Date(now), data: { userId: ['dt-a', 'dt-a', 'dt-b'] } };
    expect(contactChanges(event, 'yunchuan').map(({ kind, userId, eventId }) => [kind, userId, eventId])).toEqual([
      ['joined', 'dt-a', 'ev9:dt-a'],
      ['joined', 'dt-b', 'ev9:dt-b'],
    ]);
  });
});
