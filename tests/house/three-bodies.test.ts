import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Connection } from 'mongoose';
import { loadSettings } from '../../config/load';
import { loadHolidays } from '../../config/load-holidays';
import { loadRoles } from '../../config/load-roles';
import { loadSchemes } from '../../config/load-scheme';
import { loadVocabulary } from '../../config/load-vocabulary';
import { type App, createApp } from '../../src/app';
import { ShiftableClock } from '../../src/foundation/clock';
import { createLogger } from '../../src/foundation/logger';
import { connectMongo } from '../../src/foundation/mongo';
import { failFastRedis, patientRedis } from '../../src/foundation/redis';
import { createWorkingDays } from '../../src/foundation/working-days';
import { createReader } from '../../src/reader';
import { intents } from '../../src/readings';
import { body as first, roster } from '../helpers/roster';
import { addressOf, freshDatabase, freshPrefix } from '../helpers/services';
import { secrets } from '../helpers/town';

const bodies = [
  first,
  { ...first, id: 'gaoxian', name: '政协高县委员会', scheme: 'yb', mentions: ['高县小助手'] },
  { ...first, id: 'kashi', name: '政协喀什市委员会', scheme: 'gs-ws', zone: 'Asia/Urumqi' },
];

describe('three bodies in one process', () => {
  const clock = new ShiftableClock();
  const redis = { failFast: failFastRedis(addressOf('REDIS_URL')), patient: patientRedis(addressOf('REDIS_URL')) };
  let connection: Connection;
  let app: App;

  beforeAll(async () => {
    clock.moveTo(new Date('2026-09-30T17:30:00Z'));
    connection = await connectMongo(freshDatabase());
    const prefix = freshPrefix();
    const settingsOf = ({ id, zone, mentions }: (typeof bodies)[number]) =>
      loadSettings({ ...secrets, BODY_ID: id, TIME_ZONE: zone, WECOM_BOT_MENTIONS: mentions.join(','), REDIS_PREFIX: prefix });
    app = createApp({
      bodies: bodies.map(settingsOf),
      connection,
      redis,
      clock,
      logger: createLogger('silent'),
      reader: createReader(loadVocabulary(), intents),
      schemes: loadSchemes(),
      roles: loadRoles(),
      workingDays: createWorkingDays(loadHolidays()),
    });
    await app.ensureIndexes();
    for (const body of bodies) {
      await app.features.organisation.service.saveBody(body);
      await app.features.organisation.service.saveMembers(body.id, roster);
    }
  });
  afterAll(async () => {
    for (const { runner } of app.bodies.all) await runner.close();
    redis.failFast.disconnect();
    redis.patient.disconnect();
    await connection.close();
  });

  let event = 0;
  const says = async (body: string, text: string, name = 'zhoulan'): Promise<string> => {
    const chat = { kind: 'private', id: name } as const;
    const said = { platform: 'wecom', channel: 'app', body, eventId: `e${(event += 1)}`, senderId: name, chat, text } as const;
    return (await app.inbox.receive(said))?.text ?? '';
  };

  it('each has its own numbers, its own records and its own rules', async () => {
    for (const { id } of bodies) expect(await says(id, '/记录 走访 9月20日 红柳社区 12人')).toContain('已为您记录（R1024）');
    expect(await says('yunchuan', '/撤回 R1024')).toContain('已撤回R1024');
    expect(await says('gaoxian', '/我的记录')).toContain('R1024：9月20日 走访 红柳社区');
    expect(await says('gaoxian', '/进度')).toMatch(/全年已开展联系界别群众活动1次（要求\d+次/);
    expect(await says('kashi', '/进度')).toContain('全年累计联系12人次');
  });

  it('each lives in its own zone: the quarter ends an hour and a half later in one than in the other', async () => {
    // 17:30 UTC: 1 October, 1:30 in Shanghai; 30 September, 23:30 in Urumqi.
    expect(await says('yunchuan', '/进度')).toContain('截至10月1日1:30');
    expect(await says('kashi', '/进度')).toContain('截至9月30日23:30');
    expect(await says('kashi', '/进度')).toContain('本季度已开展联系界别群众活动1次');
  });

  it('each is spoken to by its own name', async () => {
    const group = { kind: 'group', id: 'wrALL' } as const;
    const said = { platform: 'wecom', channel: 'bot', senderId: 'zhoulan', chat: group, text: '@高县小助手 我的记录' } as const;
    expect(await app.inbox.receive({ ...said, body: 'gaoxian', eventId: 'm1' })).not.toBeNull();
    expect(await app.inbox.receive({ ...said, body: 'kashi', eventId: 'm2' })).toBeNull();
  });

  it('the jobs run for each apart, and none serves a body it was not given', async () => {
    for (const job of app.jobs) for (const { id } of bodies) await job.run({ body: id, occasion: 'test' });
    const of = await connection.collection<{ body: string }>('outbox').distinct('body', {});
    expect(of.every((body) => bodies.some(({ id }) => id === body))).toBe(true);
    await expect(app.outbox.deliverDue('elsewhere')).rejects.toThrow('没有为单位“elsewhere”服务');
  });
});
