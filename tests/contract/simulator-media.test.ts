import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { decryptFile } from '@wecom/aibot-node-sdk';
import type { SentMedia } from '../../packages/chat-simulator';
import { startTown, type Town, userIdOf } from '../helpers/town';
import { botKeys, corpId, endScene, type Scene, secret, startScene } from './simulator-stand-in';

const bytes = Buffer.from('89504e470d0a1a0a01', 'hex');
const minute = 60_000;
const day = 24 * 60 * minute;
const picture: SentMedia = { kind: 'picture', bytes };
const others: SentMedia[] = [
  { kind: 'audio', bytes, durationMs: 4_000, recognition: '昨天走访红柳社区' },
  { kind: 'video', bytes, durationMs: 8_000 },
  { kind: 'file', bytes, fileName: '调研报告.docx' },
];

describe('what members send to the simulated WeCom besides words', () => {
  let scene: Scene;
  beforeEach(async () => {
    scene = await startScene();
  });
  afterEach(() => endScene(scene));
  const from = 'ZhouLan';
  const heard = () => scene.webhook.arrived.map(({ message }) => message);
  const got = async (path: string): Promise<Buffer> =>
    Buffer.from(await (await fetch(`${scene.simulator.apiBase}/cgi-bin/${path}`)).arrayBuffer());
  const json = async (path: string): Promise<Record<string, unknown>> => JSON.parse((await got(path)).toString());

  it('comes to the bot in private under its own kind, speech as words', async () => {
    for (const media of [picture, ...others]) await scene.simulator.send({ from, chat: 'private', media });
    const address = { url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/bot-media\/\w+\?sign=\w+$/) };
    expect(heard()).toMatchObject([
      { msgtype: 'image', image: address },
      { msgtype: 'voice', voice: { content: '昨天走访红柳社区' } },
      { msgtype: 'video', video: address },
      { msgtype: 'file', file: address },
    ]);
    expect(scene.simulator.privateMessages(from).map(({ text }) => text)).toEqual(['[图片]', '[语音]', '[视频]', '[文件]']);
  });

  it('comes from a group only as words with a picture', async () => {
    const text = '@政协小助手 /记录 走访';
    for (const media of [picture, ...others]) await scene.simulator.send({ from, chat: 'wrGroupA', media, text });
    await scene.simulator.send({ from, chat: 'wrGroupA', media: picture });
    const image = { msgtype: 'image', image: { url: expect.any(String) } };
    expect(heard().map(({ msgtype, mixed }) => [msgtype, mixed])).toEqual([
      ['mixed', { msg_item: [{ msgtype: 'text', text: { content: text } }, image] }],
    ]);
    expect(scene.simulator.groupMessages('wrGroupA')).toHaveLength(5);
  });

  it('lies for the bot under its address for five minutes, encrypted with the bot’s key', async () => {
    await scene.simulator.send({ from, chat: 'private', media: picture });
    const { url } = heard()[0]!['image'] as { url: string };
    const raw = Buffer.from(await (await fetch(url)).arrayBuffer());
    expect(raw.equals(bytes)).toBe(false);
    expect(decryptFile(raw, `${botKeys.aesKey}=`)).toEqual(bytes);
    scene.clock.pass(5 * minute);
    expect((await fetch(url)).status).toBe(403);
  });

  it('comes to the app with a media id that is good for three days', async () => {
    for (const media of [picture, ...others]) await scene.simulator.send({ from, chat: 'app', media });
    // An app is not told of files.
    expect(scene.webhook.appXml.map((xml) => /<MsgType><!\[CDATA\[(\w+)/.exec(xml)?.[1])).toEqual(['image', 'voice', 'video']);
    const mediaId = /<MediaId><!\[CDATA\[(\w+)/.exec(scene.webhook.appXml[0] ?? '')?.[1] ?? '';
    const { access_token: token } = await json(`gettoken?corpid=${corpId}&corpsecret=${secret}`);
    const file = (id: string) => `media/get?access_token=${String(token)}&media_id=${id}`;
    expect(await got(file(mediaId))).toEqual(bytes);
    expect(await json(file('nobody-gave-it'))).toMatchObject({ errcode: 40_007 });
    expect(await json(`media/get?media_id=${mediaId}`)).toMatchObject({ errcode: 41_001 });
    scene.clock.pass(3 * day);
    const { access_token: later } = await json(`gettoken?corpid=${corpId}&corpsecret=${secret}`);
    expect(await json(`media/get?access_token=${String(later)}&media_id=${mediaId}`)).toMatchObject({ errcode: 40_007 });
  });
});

describe.each([
  ['by callback', false],
  ['by long connection', true],
])('a picture in the town, %s', (_way, longConnection) => {
  let town: Town;
  beforeEach(async () => {
    town = await startTown('2026-09-18T10:24:00', { longConnection });
  });
  afterEach(() => town.close());

  it('does not stand in the way of the line it came with', async () => {
    const text = '@政协小助手 /记录 走访 昨天 红柳社区 12人 物业收费';
    const { answer } = await town.simulator.send({ from: userIdOf('周岚'), chat: 'wrALL', media: picture, text });
    expect(answer).toMatch(/^已为您记录（R\d+）：9月17日 走访 红柳社区，联系界别群众12人次/u);
  });

  it('alone is answered with one kind sentence', async () => {
    const { answer } = await town.simulator.send({ from: userIdOf('周岚'), chat: 'private', media: picture });
    expect(answer).toMatch(/^我只看得懂文字，这条没有记下。请打字再发一次/u);
  });
});
