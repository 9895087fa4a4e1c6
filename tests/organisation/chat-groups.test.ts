import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Connection } from 'mongoose';
import { loadVocabulary } from '../../config/load-vocabulary';
import { ShiftableClock } from '../../src/foundation/clock';
import { connectMongo } from '../../src/foundation/mongo';
import { ChatGroupStore } from '../../src/organisation/chat-group-store';
import { bindGroup } from '../../src/organisation/readings';
import { createChatGroups } from '../../src/organisation/service';
import { createReader } from '../../src/reader';
import { intents } from '../../src/readings';
import { freshDatabase } from '../helpers/services';

describe('work groups', () => {
  let connection: Connection;
  const clock = new ShiftableClock();
  const made = { by: 'M0011', at: new Date('2026-09-23T10:00:00+08:00') };
  const room = () => createChatGroups(new ChatGroupStore(connection), clock);
  beforeAll(async () => {
    connection = await connectMongo(freshDatabase());
    await new ChatGroupStore(connection).ensureIndexes();
  });
  afterAll(() => connection.close());

  it('are hinted at once for ever, and the same event hears the hint again when it is handled again', async () => {
    expect(await room().mayHint('yunchuan', 'wecom', 'wrNEW', 'e1')).toBe(true);
    expect(await room().mayHint('yunchuan', 'wecom', 'wrNEW', 'e1')).toBe(true);
    expect(await room().mayHint('yunchuan', 'wecom', 'wrNEW', 'e2')).toBe(false);
    expect(await room().mayHint('yunchuan', 'dingtalk', 'wrNEW', 'e3')).toBe(true);
    expect(await room().mayHint('other', 'wecom', 'wrNEW', 'e4')).toBe(true);
  });

  it('are not hinted at once bound, also when many messages come at the same time', async () => {
    const groups = room();
    await groups.bind('yunchuan', { platform: 'wecom', chatId: 'wrBOUND', sectors: ['education'] }, made);
    expect(await groups.mayHint('yunchuan', 'wecom', 'wrBOUND', 'e1')).toBe(false);
    const asked = await Promise.all(Array.from({ length: 12 }, (_, at) => room().mayHint('yunchuan', 'wecom', 'wrBUSY', `e${at}`)));
    expect(asked.filter((told) => told)).toHaveLength(1);
  });

  it('are found by their sector, by several, or as those of everybody, and only in their own body', async () => {
    const groups = room();
    await groups.bind('hall', { platform: 'wecom', chatId: 'wr1', sectors: ['sports', 'press'] }, made);
    await groups.bind('hall', { platform: 'dingtalk', chatId: 'cid1==', sectors: ['press'] }, made);
    await groups.bind('hall', { platform: 'wecom', chatId: 'wrALL', sectors: [] }, made);
    const chats = async (sector: string | null, body = 'hall') => (await groups.groupsOf(body, sector)).map(({ chatId }) => chatId).sort();
    expect(await chats('press')).toEqual(['cid1==', 'wr1']);
    expect(await chats(null)).toEqual(['wrALL']);
    expect(await chats('press', 'yunchuan')).toEqual([]);
    expect(await groups.unbind('hall', 'wecom', 'wr1', made)).toBe(true);
    expect(await groups.unbind('hall', 'wecom', 'wr1', made)).toBe(false);
    expect(await chats('press')).toEqual(['cid1==']);
    const kept = await connection.collection('chat_groups').findOne({ body: 'hall', chatId: 'wr1' });
    expect(kept?.['history']).toMatchObject([{ by: 'M0011', scopes: ['sports', 'press'] }, { scopes: null }]);
  });
});

describe('binding a group, as it is said', () => {
  const reader = createReader(loadVocabulary(), intents);
  const restOf = (text: string, mentioned = false): string | null => {
    const reading = reader.read(text, { today: '2026-09-23', sender_role: 'convener', mentioned });
    return bindGroup.is(reading) ? reading.scopes.join('、') : null;
  };

  it('stands after a slash or a mention, at the beginning', () => {
    expect(restOf('/绑定 教育界别')).toBe('教育界别');
    expect(restOf('／绑定教育界别')).toBe('教育界别');
    expect(restOf('@政协小助手\u2005绑定：教育界别')).toBe('教育界别');
    expect(restOf('绑定 教育界别', true)).toBe('教育界别');
    expect(restOf('/绑定')).toBe('');
  });

  it('is not heard in what people say to each other or tell of', () => {
    expect(restOf('绑定 教育界别')).toBeNull();
    expect(restOf('@政协小助手 昨天去绑定村走访 12人')).toBeNull();
    expect(restOf('@政协小助手 绑定手机的事怎么办')).toBeNull();
    expect(restOf(`/绑定 ${'长'.repeat(201)}`)).toBeNull();
  });
});
