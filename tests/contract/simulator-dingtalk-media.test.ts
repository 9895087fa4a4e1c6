import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { SentMedia } from '../../packages/chat-simulator/dingtalk';
import { app, call, type DingtalkScene, StandInRobot, startDingtalkScene, tokenOf } from '../helpers/dingtalk-stage';

const download = '/v1.0/robot/messageFiles/download';
const bytes = Buffer.from('89504e470d0a1a0a', 'hex');
const minute = 60_000;
const everyKind: SentMedia[] = [
  { kind: 'picture', bytes },
  { kind: 'audio', bytes, durationMs: 4_000, recognition: '昨天走访红柳社区' },
  { kind: 'video', bytes, durationMs: 8_000 },
  { kind: 'file', bytes, fileName: '调研报告.docx' },
];

describe('what members send to the simulated DingTalk’s robot besides words', () => {
  let scene: DingtalkScene;
  const robot = new StandInRobot();
  beforeEach(async () => {
    robot.posts.length = 0;
    const webhook = await robot.start();
    scene = await startDingtalkScene({ webhook, codeLifeMs: 10 * minute, addressLifeMs: 5 * minute });
  });
  afterEach(async () => {
    await scene.close();
    await robot.stop();
  });
  const heard = () => robot.posts.map(({ body }) => body as { msgtype: string; content: Record<string, unknown>; text?: unknown });
  const pass = (ms: number): void => scene.clock.moveTo(new Date(scene.clock.now().getTime() + ms));
  const from = 'dt-zhoulan';

  it('comes in private under its own kind, with a code and what DingTalk knows of it', async () => {
    for (const media of everyKind) await scene.simulator.send({ from, chat: 'private', media });
    const code = { downloadCode: expect.stringMatching(/^\w+$/) };
    expect(heard().map(({ msgtype, content }) => [msgtype, content])).toEqual([
      ['picture', { ...code, pictureDownloadCode: expect.any(String) }],
      ['audio', { ...code, duration: 4_000, recognition: '昨天走访红柳社区' }],
      ['video', { ...code, duration: '8000', videoType: 'mp4' }],
      ['file', { ...code, fileName: '调研报告.docx', spaceId: '1', fileId: '1' }],
    ]);
    expect(heard().some(({ text }) => text !== undefined)).toBe(false);
    expect(scene.simulator.privateMessages(from).map(({ text }) => text)).toEqual(['[图片]', '[语音]', '[视频]', '[文件]']);
  });

  it('comes from a group only as words with a picture', async () => {
    const text = `@${app.robotName} /记录 走访`;
    for (const media of everyKind) await scene.simulator.send({ from, chat: 'cidALL==', media, text });
    await scene.simulator.send({ from, chat: 'cidALL==', media: everyKind[0]! });
    const picture = { type: 'picture', downloadCode: expect.any(String), pictureDownloadCode: expect.any(String) };
    expect(heard().map(({ msgtype, content }) => [msgtype, content])).toEqual([['richText', { richText: [{ text }, picture] }]]);
    expect(scene.simulator.groupMessages('cidALL==')).toHaveLength(5);
  });

  it('is fetched with its code: an address first, then the bytes without a token, both for a while', async () => {
    await scene.simulator.send({ from, chat: 'private', media: everyKind[0]! });
    const token = await tokenOf(scene);
    const { downloadCode } = heard()[0]!.content;
    const asked = { downloadCode, robotCode: app.clientId };
    const { status, json } = await call(scene.simulator, download, asked, token);
    expect(status).toBe(200);
    const address = String(json['downloadUrl']);
    expect(address).toMatch(/\.file\?Expires=\d+$/);
    const fetched = await fetch(address);
    expect(Buffer.from(await fetched.arrayBuffer())).toEqual(bytes);
    expect(scene.simulator.usage().calls).toBe(1);
    pass(5 * minute);
    expect((await fetch(address)).status).toBe(403);
    expect((await call(scene.simulator, download, asked, token)).status).toBe(200);
    pass(5 * minute);
    expect(await call(scene.simulator, download, asked, token)).toMatchObject({
      status: 400,
      json: { code: 'invalidParameter.downloadCode' },
    });
  });

  it.each([
    ['another robot', { robotCode: 'dingOTHER' }, 'invalidParameter.robotCode.auth'],
    ['no robot', { robotCode: '' }, 'invalidParameter.robotCode.empty'],
    ['a code that was never given', { downloadCode: 'x' }, 'invalidParameter.downloadCode'],
  ])('is not fetched with %s', async (_what, wrong, code) => {
    await scene.simulator.send({ from, chat: 'private', media: everyKind[0]! });
    const { downloadCode } = heard()[0]!.content;
    const token = await tokenOf(scene);
    const right = { downloadCode, robotCode: app.clientId };
    expect((await call(scene.simulator, download, right, token)).status).toBe(200);
    expect(await call(scene.simulator, download, { ...right, ...wrong }, token)).toMatchObject({ status: 400, json: { code } });
    expect((await call(scene.simulator, download, right)).status).toBe(400);
  });
});
