import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { app, call, type DingtalkScene, StandInRobot, startDingtalkScene, tokenOf } from '../helpers/dingtalk-stage';
import { stillClock } from '../helpers/still-clock';

const batchSend = '/v1.0/robot/oToMessages/batchSend';
const groupSend = '/v1.0/robot/groupMessages/send';
const text = (content: string): string => JSON.stringify({ msgtype: 'text', text: { content } });
const shown = (messages: readonly { from: string; text: string }[]): string[] => messages.map((each) => `${each.from}: ${each.text}`);

describe('the robot by HTTP', () => {
  let robot: StandInRobot;
  let scene: DingtalkScene;
  beforeEach(async () => {
    robot = new StandInRobot();
    scene = await startDingtalkScene({ webhook: await robot.start(), answerWithinMs: 3_000 });
  });
  afterEach(async () => {
    await scene.close();
    await robot.stop();
  });

  it('posts a signed message as documented and shows the answer', async () => {
    robot.answer = () => ({ text: text('已记录') });
    const delivery = await scene.simulator.say({ from: 'dt-zhoulan', chat: 'cidALL==', text: '/记录 走访' });
    expect(delivery).toMatchObject({ status: 200, answer: '已记录', attempts: 1 });
    const [{ headers, body }] = robot.posts as [(typeof robot.posts)[number]];
    const { timestamp } = headers;
    expect(headers['sign']).toBe(
      createHmac('sha256', app.clientSecret)
        .update(`${timestamp as string}\n${app.clientSecret}`)
        .digest('base64'),
    );
    expect(body).toMatchObject({
      msgId: delivery.msgId,
      msgtype: 'text',
      text: { content: ' /记录 走访' },
      conversationType: '2',
      conversationId: 'cidALL==',
      senderStaffId: 'dt-zhoulan',
      senderCorpId: app.corpId,
      chatbotCorpId: app.corpId,
      robotCode: app.clientId,
    });
    expect(Math.abs(Number(body['sessionWebhookExpiredTime']) - Number(body['createAt']) - 5_400_000)).toBeLessThan(1_000);
    expect(shown(scene.simulator.groupMessages('cidALL=='))).toEqual(['dt-zhoulan: @政协小助手 /记录 走访', 'bot: 已记录']);
    expect(scene.faults).toEqual([]);
  });

  it('hands over every line in private, in a group only what mentions the robot', async () => {
    expect(await scene.simulator.say({ from: 'dt-zhoulan', chat: 'cidALL==', text: '大家好', mention: false })).toMatchObject({
      attempts: 0,
    });
    expect(await scene.simulator.say({ from: 'dt-zhoulan', chat: 'private', text: '/帮助', quote: '问' })).toMatchObject({ attempts: 1 });
    expect(robot.posts.map(({ body }) => body['text'])).toEqual([
      { content: '/帮助', isReplyMsg: true, repliedMsg: { msgType: 'text', content: { text: '问' } } },
    ]);
  });

  it('shows nothing for an answer that is none, too late or lost, and delivers once more when told to', async () => {
    robot.answer = () => ({ text: '{"msgtype":"telegram"}' });
    expect(await scene.simulator.say({ from: 'dt-zhoulan', chat: 'private', text: '一' })).toMatchObject({
      answer: null,
      remark: 'not_shown',
    });
    robot.answer = () => null;
    expect(await scene.simulator.say({ from: 'dt-zhoulan', chat: 'private', text: '二' })).toMatchObject({ status: 0, answer: null });
    robot.answer = () => ({ text: text('好') });
    scene.simulator.faults.callback('lost-after');
    const { msgId } = await scene.simulator.say({ from: 'dt-zhoulan', chat: 'private', text: '三' });
    expect(await scene.simulator.deliverAgain(msgId)).toMatchObject({ status: 200, answer: '好' });
    expect(robot.posts.slice(-2).map(({ body }) => body['msgId'])).toEqual([msgId, msgId]);
    expect(scene.simulator.privateMessages('dt-zhoulan').filter(({ from }) => from === 'bot')).toHaveLength(1);
    expect(scene.faults).toHaveLength(1);
  });
});

describe('the API', () => {
  let scene: DingtalkScene;
  beforeEach(async () => {
    scene = await startDingtalkScene();
  });
  afterEach(() => scene.close());

  const message = (more: object = {}) => ({
    robotCode: app.clientId,
    userIds: ['dt-zhoulan'],
    msgKey: 'sampleText',
    msgParam: JSON.stringify({ content: '您好' }),
    ...more,
  });

  it('gives the same token while it lives, and refuses others in the form of the family', async () => {
    const token = await tokenOf(scene);
    expect(await tokenOf(scene)).toBe(token);
    expect(await call(scene.simulator, batchSend, message(), token)).toMatchObject({ status: 200, json: { invalidStaffIdList: [] } });
    scene.simulator.faults.expireTokens();
    expect(await call(scene.simulator, batchSend, message(), token)).toMatchObject({
      status: 400,
      json: { code: 'InvalidAuthentication' },
    });
    expect(await tokenOf(scene)).not.toBe(token);
    const wrong = await call(scene.simulator, '/v1.0/oauth2/accessToken', { appKey: app.clientId, appSecret: 'x' });
    expect(wrong).toMatchObject({ status: 400, json: { code: 'invalidClientIdOrSecret' } });
  });

  it('keeps the documented limits of private and group messages', async () => {
    const token = await tokenOf(scene);
    const code = async (path: string, more: object) => (await call(scene.simulator, path, message(more), token)).json['code'];
    expect(await code(batchSend, { robotCode: 'other' })).toBe('invalidParameter.robotCode.auth');
    expect(await code(batchSend, { userIds: [] })).toBe('invalidParameter.userIds.empty');
    expect(await code(batchSend, { userIds: Array.from({ length: 21 }, (_, at) => `u${at}`) })).toBe('invalidParameter.userIds.overMax');
    expect(await code(batchSend, { msgKey: 'sampleTelegram' })).toBe('invalidParameter.msgKey.invalid');
    expect(await code(batchSend, { msgParam: JSON.stringify({ content: 5 }) })).toBe('invalidParameter.msgParam.invalid');
    expect(await code(batchSend, { msgParam: JSON.stringify({ content: '长'.repeat(5_000) }) })).toBe('invalidParameter.msgParam.tooLong');
    expect(await code(groupSend, {})).toBe('miss.openConversationId');
    expect(await code(groupSend, { openConversationId: 'cidOTHER==' })).toBe('invalid.openConversationId');
    expect(scene.simulator.privateMessages('dt-zhoulan')).toEqual([]);
    const sent = await call(scene.simulator, batchSend, message({ userIds: ['dt-zhoulan', 'nobody'] }), token);
    expect(sent.json['invalidStaffIdList']).toEqual(['nobody']);
    expect((await call(scene.simulator, groupSend, message({ openConversationId: 'cidALL==' }), token)).status).toBe(200);
    expect(shown(scene.simulator.privateMessages('dt-zhoulan'))).toEqual(['bot: 您好']);
    expect(shown(scene.simulator.groupMessages('cidALL=='))).toEqual(['bot: 您好']);
  });

  it('takes 20 calls a second and refuses the next', async () => {
    const clock = stillClock('2026-09-23T10:11:00+08:00');
    const oneSecond = await startDingtalkScene({ clock });
    const token = await tokenOf(oneSecond);
    const send = () => call(oneSecond.simulator, batchSend, message(), token);
    const answers = await Promise.all(Array.from({ length: 25 }, send));
    const refused = answers.filter(({ status }) => status === 403);
    expect(refused).toHaveLength(5);
    expect(refused[0]?.json['code']).toBe('Forbidden.AccessDenied.QpsLimitForAppkeyAndApi');
    clock.moveTo(new Date(clock.now().getTime() + 1_000));
    expect((await send()).status).toBe(200);
    await oneSecond.close();
  });

  it('answers at a session for 90 minutes, then says that it is gone', async () => {
    const robot = new StandInRobot();
    const inHttp = await startDingtalkScene({ webhook: await robot.start() });
    await inHttp.simulator.say({ from: 'dt-zhoulan', chat: 'cidALL==', text: '/进度' });
    const { pathname, search } = new URL(String(robot.posts[0]?.body['sessionWebhook']));
    const answer = async (body: unknown) => (await call(inHttp.simulator, pathname + search, body)).json['errcode'];
    expect(await answer({ msgtype: 'text', text: { content: '第一句' } })).toBe(0);
    expect(await answer({ msgtype: 'markdown', markdown: { title: '题', text: '**第**  \n  二' } })).toBe(0);
    expect(await answer({ msgtype: 'telegram' })).toBe(400105);
    expect(await answer({ msgtype: 'text', text: { content: '长'.repeat(7_000) } })).toBe(460101);
    inHttp.clock.moveTo(new Date(inHttp.clock.now().getTime() + 5_400_001));
    expect(await answer({ msgtype: 'text', text: { content: '太晚' } })).toBe(300001);
    expect(shown(inHttp.simulator.groupMessages('cidALL==')).slice(1)).toEqual(['bot: 第一句', 'bot: **第**\n二']);
    await inHttp.close();
    await robot.stop();
  });

  it('misbehaves when told to: lost before and after acting, a gateway fault, too fast', async () => {
    const token = await tokenOf(scene);
    const { faults } = scene.simulator;
    const arrived = (): number => scene.simulator.privateMessages('dt-zhoulan').length;
    faults.api('lost-before', { path: 'batchSend' });
    await expect(call(scene.simulator, batchSend, message(), token)).rejects.toThrow();
    expect(arrived()).toBe(0);
    faults.api('lost-after', { path: 'batchSend' });
    await expect(call(scene.simulator, batchSend, message(), token)).rejects.toThrow();
    expect(arrived()).toBe(1);
    faults.api('rate-limited', { path: 'batchSend' });
    expect((await call(scene.simulator, batchSend, message(), token)).status).toBe(403);
    faults.api('server-error', { path: 'batchSend' });
    await expect(call(scene.simulator, batchSend, message(), token)).rejects.toThrow('JSON');
    expect(arrived()).toBe(1);
    expect(JSON.stringify(scene.simulator.calls)).not.toContain(app.clientSecret);
  });
});

it('starts only for what cannot be a real organisation', async () => {
  await expect(startDingtalkScene({ corpId: 'dingREAL' })).rejects.toThrow('demo');
});
