import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Incoming } from '../../src/delivery/incoming';
import { ShiftableClock } from '../../src/foundation/clock';
import type { WecomOptions } from '../../src/transports/wecom';
import { open as openEnvelope } from '../../src/transports/wecom/envelope';
import { startWecomApi, type WecomApi } from '../helpers/wecom-api';
import { aesKey, botJson, type Door, openDoor, secondsOf, signed, token } from '../helpers/wecom-door';

const convert = '/cgi-bin/batch/openuserid_to_userid';
const never = <T>(): Promise<T> => new Promise(() => undefined);

describe('the time in which WeCom wants an answer', () => {
  const clock = new ShiftableClock();
  let api: WecomApi;
  let door: Door;
  beforeEach(async () => {
    api = await startWecomApi();
    api.script[convert] = [{ errcode: 0, userid_list: [{ open_userid: 'woZHOU', userid: 'zhoulan' }] }];
  });
  afterEach(async () => {
    await door.close();
    await api.close();
  });

  const start = async (more: Partial<WecomOptions>): Promise<void> => {
    door = await openDoor(clock, { apiBase: api.url, ...more });
  };
  async function hears(): Promise<string> {
    const { encrypted, query } = signed(botJson({ from: { userid: 'woZHOU' } }), { timestamp: secondsOf(clock) });
    const response = await fetch(`${door.url}/wecom/bot?${query.toString()}`, {
      method: 'POST',
      body: JSON.stringify({ encrypt: encrypted }),
    });
    const { encrypt: sealed, msgsignature: signature, timestamp, nonce } = (await response.json()) as Record<string, string>;
    const plain = openEnvelope(
      { token, aesKey, receiver: '' },
      { signature: signature ?? '', timestamp: String(timestamp), nonce: nonce ?? '', encrypted: sealed ?? '' },
      clock.now(),
    );
    return (JSON.parse(plain) as { stream: { content: string } }).stream.content;
  }

  it('runs from the arrival: what finding out who speaks has taken is no longer there for the work', async () => {
    let at = 0;
    const left: (number | undefined)[] = [];
    const find = async (): Promise<string> => {
      at += 1_200;
      return 'zhoulan';
    };
    const receive = async (_: Incoming, withinMs?: number) => {
      left.push(withinMs);
      return { text: '已记录' };
    };
    await start({ steady: () => at, knownIds: { find, keep: never, ensureIndexes: async () => undefined }, inbox: { receive } });
    expect(await hears()).toBe('已记录');
    // Who is remembered costs nothing.
    expect(await hears()).toBe('已记录');
    expect(left).toEqual([1_800, 3_000]);
  });

  it('is not spent on a database that answers nothing: the platform is asked instead, and nobody waits for keeping what it says', async () => {
    await start({ knownIds: { find: never, keep: never, ensureIndexes: async () => undefined } });
    expect(await hears()).toBe('已记录');
    expect(door.received).toEqual([expect.objectContaining({ senderId: 'zhoulan' })]);
  });

  it('is enough for a database that is slow while the platform answers nothing', async () => {
    api.script[convert] = ['hang'];
    let found: (userId: string) => void = () => undefined;
    const find = (): Promise<string> => new Promise((resolve) => (found = resolve));
    await start({ knownIds: { find, keep: never, ensureIndexes: async () => undefined } });
    const answer = hears();
    while (api.of(convert).length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    found('zhoulan');
    expect(await answer).toBe('已记录');
  });

  it('ends with an honest sentence where neither answers', async () => {
    api.script[convert] = ['hang'];
    await start({ knownIds: { find: never, keep: never, ensureIndexes: async () => undefined } });
    expect(await hears()).toBe('暂时核对不了您的身份');
    expect(door.received).toEqual([]);
  });
});
