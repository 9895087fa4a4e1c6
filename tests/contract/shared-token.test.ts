import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import Redis from 'ioredis';
import { MongoKnownUserIds } from '../../src/delivery/known-user-ids';
import { systemClock } from '../../src/foundation/clock';
import { AppError } from '../../src/foundation/errors';
import { connectMongo } from '../../src/foundation/mongo';
import { SharedToken } from '../../src/transports/shared-token';
import { AccessToken } from '../../src/transports/wecom/access-token';
import { UserIds } from '../../src/transports/wecom/user-ids';
import { addressOf, freshDatabase, freshPrefix } from '../helpers/services';
import { startWecomApi } from '../helpers/wecom-api';
import { corpId } from '../helpers/wecom-door';

describe('the app’s token', () => {
  let redis: Redis;
  beforeAll(() => {
    redis = new Redis(addressOf('REDIS_URL'), { maxRetriesPerRequest: 1 });
  });
  afterAll(() => redis.disconnect());

  it('that was refused is not used again by those who come while it still lies in Redis', async () => {
    let asked = 0;
    const key = `${freshPrefix()}:token`;
    const token = new SharedToken({
      redis,
      clock: systemClock,
      key,
      ask: async () => ({ token: `tok${++asked}`, expiresAt: Date.now() + 7_200_000 }),
    });
    expect(await token.get()).toBe('tok1');
    // Redis is not told yet.
    const dropped = token.drop('tok1');
    const all = await Promise.all(Array.from({ length: 20 }, () => token.get()));
    await dropped;
    expect(new Set(all)).toEqual(new Set(['tok2']));
    expect(await token.get()).toBe('tok2');
    expect(asked).toBe(2);
  });

  it('that the platform gives out again after refusing it is used, and not asked for at every call', async () => {
    let asked = 0;
    const ask = async () => ({ token: 'same', expiresAt: Date.now() + 7_200_000 + asked++ });
    const token = new SharedToken({ redis, clock: systemClock, key: `${freshPrefix()}:token`, ask });
    await token.get();
    await token.drop('same');
    for (const _time of [1, 2, 3]) expect(await token.get()).toBe('same');
    expect(asked).toBe(2);
  });

  it('expires with twenty people at once: one is fetched, and everybody is known', async () => {
    const api = await startWecomApi();
    const convert = '/cgi-bin/batch/openuserid_to_userid';
    api.script[convert] = [
      ({ token, json }) => (token === 'tok1' ? { errcode: 42001 } : { errcode: 0, invalid_open_userid_list: json['open_userid_list'] }),
    ];
    const options = {
      redis,
      clock: systemClock,
      prefix: freshPrefix(),
      corpId,
      apiBase: api.url,
      app: { agentId: '218', secret: 's', token: '', aesKey: '' },
    };
    const tokens = new AccessToken(options as never);
    await tokens.get();
    const ids = new UserIds(options as never, tokens);
    const people = Array.from({ length: 20 }, (_, at) => `person${at}`);
    expect(await Promise.all(people.map((id) => ids.plain(id)))).toEqual(people);
    expect(api.of('/cgi-bin/gettoken')).toHaveLength(2);
    await api.close();
  });

  it('is not needed for whom the database knows: with Redis emptied and the platform silent they are known all the same', async () => {
    const api = await startWecomApi();
    const convert = '/cgi-bin/batch/openuserid_to_userid';
    api.script[convert] = [{ errcode: 0, userid_list: [{ open_userid: 'woZHOU', userid: 'zhoulan' }] }, 'hang'];
    const connection = await connectMongo(freshDatabase());
    const knownIds = new MongoKnownUserIds(connection);
    const newProcess = (): UserIds => {
      const prefix = freshPrefix();
      const options = {
        body: 'yunchuan',
        knownIds,
        redis,
        clock: systemClock,
        prefix,
        corpId,
        apiBase: api.url,
        app: { agentId: '218', secret: 's' },
      };
      return new UserIds(options as never, new AccessToken(options as never));
    };
    expect(await newProcess().plain('woZHOU')).toBe('zhoulan');
    expect(await newProcess().plain('woZHOU')).toBe('zhoulan');
    await expect(newProcess().plain('woOTHER')).rejects.toBeInstanceOf(AppError);
    expect(api.of(convert)).toHaveLength(2);
    await connection.close();
    await api.close();
  });
});
