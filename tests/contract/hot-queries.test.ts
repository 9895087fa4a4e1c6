import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { mongo } from 'mongoose';
import { body } from '../helpers/roster';
import { freshDatabase } from '../helpers/services';
import { startTown, type Town } from '../helpers/town';

type Filter = mongo.Filter<mongo.Document>;
interface Asked {
  collection: string;
  filter: Filter;
  sort?: mongo.Sort;
}

/** The question a command asks of a collection; null for commands that ask none. */
function questionOf(command: mongo.Document): Asked | null {
  if (command['find'])
    return {
      collection: String(command['find']),
      filter: command['filter'] as Filter,
      ...(command['sort'] ? { sort: command['sort'] as mongo.Sort } : {}),
    };
  if (command['findAndModify']) return { collection: String(command['findAndModify']), filter: command['query'] as Filter };
  if (command['update']) return { collection: String(command['update']), filter: (command['updates'] as { q: Filter }[])[0]?.q ?? {} };
  if (command['aggregate'])
    return { collection: String(command['aggregate']), filter: (command['pipeline'] as { $match?: Filter }[])[0]?.$match ?? {} };
  return null;
}

const shapeOf = ({ collection, filter, sort }: Asked): string =>
  `${collection} ${Object.keys(filter).join(',')} ${JSON.stringify(sort ?? {})}`;

describe('every question the product asks of the database on the way of a message and of a reminder', () => {
  let town: Town;
  const asked = new Map<string, Asked>();

  beforeAll(async () => {
    const address = freshDatabase();
    town = await startTown('2026-12-16T10:11:00', { mongodbUri: `${address}${address.includes('?') ? '&' : '?'}monitorCommands=true` });
    // The tests' houses forget nothing: of the index by which the product does, the questions that go by it keep the key.
    await town.house.connection.collection('inbox').createIndex({ receivedAt: 1 });
    town.house.connection.getClient().on('commandStarted', ({ command }: { command: mongo.Document }) => {
      const question = questionOf(command);
      if (question) asked.set(shapeOf(question), question);
    });
    await town.says('周岚', '/记录 走访 昨天 红柳社区 12人 物业收费');
    await town.says('周岚', '/记录 走访 昨天 红柳社区 12人 物业收费');
    await town.says('周岚', '撤回', { mention: true });
    await town.says('周岚', '/更正 R1024 人数15');
    await town.says('周岚', '昨天和许知夏委员一起走访和平里社区，居民9人', { mention: true });
    await town.says('许知夏', '/记录 走访 昨天 和平里社区 9人');
    await town.says('周岚', '/撤回 R1026');
    await town.whispers('周岚', '/我的记录');
    await town.whispers('周岚', '/进度');
    await town.says('何静姝', '/进度 教育界别谁还没完成');
    await town.says('何静姝', '/绑定');
    await town.says('丁若梅', '/发起活动 妇联界别 12月26日上午9点 惠民养老院 冬至关爱 名额1');
    for (const name of ['周岚', '许知夏']) await town.says(name, '/报名 A23');
    await town.says('周岚', '/取消报名 A23');
    await town.says('周岚', '/活动');
    await town.says('韩立舟', '给各位委员排个名', { mention: true });
    await town.wait('2026-12-17T11:05:00');
  }, 600_000);
  afterAll(() => town.close());

  it('is answered from an index', async () => {
    const db = town.house.connection.getClient().db();
    const scans: string[] = [];
    for (const [shape, { collection, filter, sort }] of asked) {
      const cursor = db.collection(collection).find(filter);
      if (sort) cursor.sort(sort);
      if (/COLLSCAN/.test(JSON.stringify(await cursor.explain('queryPlanner')))) scans.push(shape);
    }
    expect(scans).toEqual([]);
    expect([...new Set([...asked.values()].map(({ collection }) => collection))].toSorted()).toEqual([
      'activities',
      'bodies',
      'chat_groups',
      'contact_records',
      'counters',
      'dialogues',
      'inbox',
      'known_user_ids',
      'members',
      'outbox',
      'reminder_mutes',
      'roster_drafts',
    ]);
  });

  it('names the body it is for, or one document by its id', () => {
    const open = [...asked.values()].filter(
      ({ filter }) => filter['body'] !== body.id && filter['id'] !== body.id && filter['_id'] === undefined,
    );
    expect(open.map(shapeOf)).toEqual([]);
  });

  it('would be told from one that scans', async () => {
    const plan = await town.house.connection.getClient().db().collection('contact_records').find({ text: 'x' }).explain('queryPlanner');
    expect(JSON.stringify(plan)).toContain('COLLSCAN');
  });
});
