import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { House } from '../../src/cli/house';
import type { ContactRecord } from '../../src/contacts/record';
import type { Incoming } from '../../src/delivery/incoming';
import { ShiftableClock } from '../../src/foundation/clock';
import { closeHouse, openHouse } from '../helpers/open-house';
import { body, roster } from '../helpers/roster';
import { addressOf, freshDatabase, freshPrefix } from '../helpers/services';
import { secrets } from '../helpers/town';

const members = roster.filter(({ roles }) => roles.includes('member'));
const day = { from: '2026-09-22', to: '2026-09-22' };

describe('the same contact told at the same moment through two houses on one database', () => {
  const houses: House[] = [];
  beforeAll(async () => {
    const clock = new ShiftableClock();
    clock.moveTo(new Date('2026-09-23T10:11:00+08:00'));
    const shared = { mongodbUri: freshDatabase(), redisUrl: addressOf('REDIS_URL') };
    const settings = { ...secrets, REDIS_PREFIX: freshPrefix() };
    for (let at = 0; at < 2; at++) houses.push(await openHouse({ settings, clock }, shared));
  }, 120_000);
  afterAll(async () => {
    for (const house of houses) await closeHouse(house);
  });

  const told = (userId: string, text: string, eventId: string): Incoming => ({
    platform: 'wecom',
    channel: 'app',
    body: body.id,
    eventId,
    senderId: userId,
    chat: { kind: 'private', id: userId },
    text,
  });

  /** Every member tells `text` in both houses at once; resolves with the answers of each member. */
  function rush(text: string, round: string): Promise<string[][]> {
    return Promise.all(
      members.map(({ identities }) =>
        Promise.all(
          houses.map(async ({ app }, at) => {
            const userId = identities[0]?.userId ?? '';
            return (await app.inbox.receive(told(userId, text, `${round}:${userId}:${at}`), 60_000))?.text ?? '';
          }),
        ),
      ),
    );
  }

  const records = (place: string): Promise<ContactRecord[]> =>
    houses[0]!.connection.collection<ContactRecord>('contact_records').find({ body: body.id, place }).toArray();

  it('counts once for each member, and the other one is asked about', async () => {
    for (const place of ['红柳社区', '和平里社区', '月牙湾社区']) {
      const answers = await rush(`/记录 走访 昨天 ${place} 12人`, place);
      for (const each of answers) {
        expect(each.filter((answer) => answer.startsWith('已为您记录'))).toHaveLength(1);
        expect(each.filter((answer) => answer.includes('还没有计数'))).toHaveLength(1);
      }
      expect((await records(place)).filter(({ status }) => status === 'kept')).toHaveLength(members.length);
    }
    const counted = await houses[0]!.app.features.contacts.service.totals({ body: body.id, ...day });
    expect(counted).toEqual({ records: 3 * members.length, people: 36 * members.length });
  }, 120_000);

  it('counts once for a companion, whoever of the two tells it first', async () => {
    const [one, other] = [members[0]!, members[1]!];
    const say = (house: House, { identities }: typeof one, text: string, eventId: string) =>
      house.app.inbox.receive(told(identities[0]?.userId ?? '', text, eventId), 60_000);
    for (const place of ['东湖里社区', '凤栖园小区', '桃源沟村']) {
      await Promise.all([
        say(houses[0]!, one, `/记录 昨天和${other.name}委员一起走访${place}，居民9人`, `a${place}`),
        say(houses[1]!, other, `/记录 走访 昨天 ${place} 9人`, `b${place}`),
      ]);
      const kept = (await records(place)).filter(({ status }) => status === 'kept');
      expect(kept.filter(({ credited }) => credited.includes(other.id))).toHaveLength(1);
    }
  }, 120_000);
});
