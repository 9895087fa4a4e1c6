import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { encrypt, getSignature } from '@wecom/crypto';
import { until } from '../helpers/wait';
import { appKeys, corpId, endScene, ok, type Scene, sealedReply, startScene, stream } from './simulator-stand-in';

let scene: Scene;
beforeEach(async () => {
  scene = await startScene();
});
afterEach(() => endScene(scene));

const inGroup = (text: string) => ({ from: 'ZhouLan', chat: 'wrGroupA', text });
const inPrivate = (text: string, msgId?: string) => ({ from: 'ZhouLan', chat: 'private', text, ...(msgId === undefined ? {} : { msgId }) });
const answerAll = (content = '已记录'): void => {
  scene.webhook.onBot = ({ nonce, message }) => ok(sealedReply(nonce, stream(content, `s-${message.msgid}`)));
};

describe('what the platform sends', () => {
  it('carries a group line with the mention in front, as JSON for an empty receiver', async () => {
    answerAll();
    const delivery = await scene.simulator.say({ ...inGroup('/记录 走访'), quote: '上一条' });
    expect(delivery).toMatchObject({ status: 200, answer: '已记录', attempts: 1 });
    expect(scene.webhook.arrived[0]?.message).toMatchObject({
      msgid: delivery.msgId,
      aibotid: 'demo-bot',
      chatid: 'wrGroupA',
      chattype: 'group',
      from: { userid: 'ZhouLan' },
      msgtype: 'text',
      text: { content: '@政协小助手 /记录 走访' },
      quote: { msgtype: 'text', text: { content: '上一条' } },
      response_url: expect.stringContaining('/cgi-bin/aibot/response?response_code='),
    });
    expect(scene.simulator.groupMessages('wrGroupA').map((shown) => [shown.from, shown.text])).toEqual([
      ['ZhouLan', '@政协小助手 /记录 走访'],
      ['bot', '已记录'],
    ]);
  });

  it('adds no second mention, and none in private', async () => {
    await scene.simulator.say(inGroup('小助手在吗 @政协小助手 /进度'));
    await scene.simulator.say(inPrivate('/进度'));
    expect(scene.webhook.arrived.map(({ message }) => message['text'])).toEqual([
      { content: '小助手在吗 @政协小助手 /进度' },
      { content: '/进度' },
    ]);
  });

  it('delivers nothing of a group line without a mention, though everybody sees it', async () => {
    const delivery = await scene.simulator.say({ ...inGroup('收到'), mention: false });
    expect(delivery).toMatchObject({ status: 0, attempts: 0, answer: null });
    expect(scene.webhook.arrived).toHaveLength(0);
    expect(scene.simulator.groupMessages('wrGroupA')).toHaveLength(1);
    // control: the same line with a mention arrives
    await scene.simulator.say(inGroup('收到'));
    expect(scene.webhook.arrived).toHaveLength(1);
  });

  it('lets nobody speak in a group they are not in', async () => {
    await expect(scene.simulator.say({ from: 'XuZhiXia', chat: 'wrGroupA', text: '你好' })).rejects.toThrow('not in');
  });

  it('tries a refused callback four times, with the same msgid and a new nonce each', async () => {
    scene.webhook.onBot = () => ({ status: 503, body: '' });
    const delivery = await scene.simulator.say(inPrivate('/进度'));
    expect(delivery).toMatchObject({ status: 503, answer: null, attempts: 4 });
    expect(new Set(scene.webhook.arrived.map(({ message }) => message.msgid)).size).toBe(1);
    expect(new Set(scene.webhook.arrived.map(({ nonce }) => nonce)).size).toBe(4);
    expect(scene.faults).toEqual(['bot callback refused with HTTP 503']);
  });

  it('gives up waiting for an answer and shows the one of the retry', async () => {
    await endScene(scene);
    scene = await startScene({ answerWithinMs: 2_000 });
    scene.webhook.onBot = ({ nonce }) => (scene.webhook.arrived.length === 1 ? 'hang' : ok(sealedReply(nonce, stream('好的'))));
    expect(await scene.simulator.say(inPrivate('/进度'))).toMatchObject({ answer: '好的', attempts: 2 });
  });

  it('delivers again on request, and several times at once', async () => {
    answerAll();
    await scene.simulator.say(inPrivate('/进度', 'm/1=='));
    expect(await scene.simulator.deliverAgain('m/1==')).toMatchObject({ msgId: 'm/1==', answer: '已记录' });
    const often = await scene.simulator.say({ ...inPrivate('/帮助'), times: 3 });
    expect(often.answers).toEqual(['已记录', '已记录', '已记录']);
    expect(scene.webhook.arrived).toHaveLength(5);
    // the client shows one answer per message however often it was delivered
    expect(scene.simulator.privateMessages('ZhouLan').filter((shown) => shown.from === 'bot')).toHaveLength(2);
  });

  it('lets one person have three interactions in progress and no fourth', async () => {
    let release: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    scene.webhook.onBot = async () => gate.then(() => ok());
    const three = ['一', '二', '三'].map((text) => scene.simulator.say(inPrivate(text)));
    expect(await scene.simulator.say(inPrivate('四'))).toMatchObject({ attempts: 0 });
    expect(scene.faults).toEqual([expect.stringContaining('3 interactions')]);
    release();
    expect((await Promise.all(three)).map((one) => one.attempts)).toEqual([1, 1, 1]);
    // control: with the three done, the next one goes through
    expect(await scene.simulator.say(inPrivate('五'))).toMatchObject({ attempts: 1 });
  });

  it('polls an unfinished stream until it is finished and shows only the newest text', async () => {
    scene.webhook.onBot = ({ nonce }) => {
      const polls = scene.webhook.arrived.length - 1;
      const text = ['正在查', '还在查', '查好了'][polls] ?? '';
      return ok(sealedReply(nonce, stream(text, 's9', polls === 2)));
    };
    expect(await scene.simulator.say(inPrivate('/进度'))).toMatchObject({ answer: '查好了' });
    expect(scene.webhook.arrived[1]?.message).toMatchObject({ msgtype: 'stream', stream: { id: 's9' } });
    expect(scene.simulator.privateMessages('ZhouLan').map((shown) => shown.text)).toEqual(['/进度', '查好了']);
  });

  it('says once a day that the private chat was opened', async () => {
    scene.webhook.onBot = ({ nonce }) => ok(sealedReply(nonce, { msgtype: 'text', text: { content: '您好' } }));
    expect(await scene.simulator.enterChat('ZhouLan')).toMatchObject({ answer: '您好' });
    expect(await scene.simulator.enterChat('ZhouLan')).toMatchObject({ attempts: 0 });
    scene.clock.pass(86_400_000);
    expect(await scene.simulator.enterChat('ZhouLan')).toMatchObject({ attempts: 1 });
    expect(scene.webhook.arrived[0]?.message).toMatchObject({ msgtype: 'event', event: { eventtype: 'enter_chat' } });
  });

  it('checks both callback URLs as the console does', async () => {
    expect(await scene.simulator.verifyUrls()).toEqual({ bot: true, app: true });
  });
});

describe('what the client refuses to show', () => {
  const cases: [string, (nonce: string) => string, string][] = [
    ['a wrong signature', (nonce) => sealedReply(nonce, stream('x'), { signature: '0'.repeat(40) }), 'signature'],
    ['another nonce than the callback had', (nonce) => sealedReply(nonce, stream('x'), { nonce: '4711' }), 'nonce'],
    ['another receiver than the empty one', (nonce) => sealedReply(nonce, stream('x'), { receiver: corpId }), 'another receiver'],
    ['the key of the app', (nonce) => sealedReply(nonce, stream('x'), { aesKey: appKeys.aesKey }), 'decrypted'],
    ['an unencrypted answer', () => JSON.stringify(stream('x')), 'no encrypt'],
    ['the word success', () => 'success', 'neither empty nor JSON'],
    ['a plain text kind', (nonce) => sealedReply(nonce, { msgtype: 'text', text: { content: 'x' } }), 'msgtype text'],
    [
      'finish as a string',
      (nonce) => sealedReply(nonce, { msgtype: 'stream', stream: { id: 'a', finish: 'true', content: 'x' } }),
      'finish',
    ],
    ['a stream without id', (nonce) => sealedReply(nonce, stream('x', '')), 'stream.id'],
    ['an empty finished stream', (nonce) => sealedReply(nonce, stream(' ')), 'no content'],
    ['20481 bytes', (nonce) => sealedReply(nonce, stream('x'.repeat(20_481))), '20480 bytes'],
    ['half an emoji', (nonce) => sealedReply(nonce, stream('好\ud83d')), 'surrogate'],
  ];

  it.each(cases)('%s', async (_name, reply, complaint) => {
    scene.webhook.onBot = ({ nonce }) => ok(reply(nonce));
    expect(await scene.simulator.say(inPrivate('/进度'))).toMatchObject({ status: 200, answer: null, attempts: 1 });
    expect(scene.faults).toEqual([expect.stringContaining(complaint)]);
    expect(scene.simulator.privateMessages('ZhouLan')).toHaveLength(1);
    // control: a right answer is shown by the same scene
    answerAll();
    expect(await scene.simulator.say(inPrivate('/进度'))).toMatchObject({ answer: '已记录' });
  });

  it('shows exactly 20480 bytes', async () => {
    answerAll('x'.repeat(20_480));
    expect((await scene.simulator.say(inPrivate('/进度'))).answer).toHaveLength(20_480);
    expect(scene.faults).toEqual([]);
  });

  it('a stream id that belongs to another message', async () => {
    scene.webhook.onBot = ({ nonce }) => ok(sealedReply(nonce, stream('好', 'same')));
    expect(await scene.simulator.say(inPrivate('一'))).toMatchObject({ answer: '好' });
    expect(await scene.simulator.say(inPrivate('二'))).toMatchObject({ answer: null });
    expect(scene.faults).toEqual([expect.stringContaining('stream id same')]);
  });
});

describe('the self-built app', () => {
  const reply = (content: string, to = 'ZhouLan', signature?: string): string => {
    const inner = `<xml><ToUserName><![CDATA[${to}]]></ToUserName><FromUserName><![CDATA[${corpId}]]></FromUserName><CreateTime>1</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[${content}]]></Content></xml>`;
    const ciphertext = encrypt(appKeys.aesKey, inner, corpId);
    const signed = signature ?? getSignature(appKeys.token, '5', 'own', ciphertext);
    return `<xml><Encrypt><![CDATA[${ciphertext}]]></Encrypt><MsgSignature><![CDATA[${signed}]]></MsgSignature><TimeStamp>5</TimeStamp><Nonce><![CDATA[own]]></Nonce></xml>`;
  };

  it('hears XML with the corp id as receiver and shows the passive answer', async () => {
    scene.webhook.onApp = () => ok(reply('收到 <b>&amp;'));
    const delivery = await scene.simulator.sayToApp({ from: 'ZhouLan', text: '走访 ]]> 12人 <x>' });
    expect(delivery).toMatchObject({ status: 200, answer: '收到 <b>&amp;' });
    expect(delivery.msgId).toMatch(/^\d{13,19}$/);
    expect(scene.webhook.appXml[0]).toContain(`<MsgId>${delivery.msgId}</MsgId>`);
    expect(scene.webhook.appXml[0]).toContain('<![CDATA[走访 ]]]]><![CDATA[> 12人 <x>]]>');
  });

  it.each([
    ['a wrong signature', reply('x', 'ZhouLan', '0'.repeat(40)), 'signature'],
    ['another addressee', reply('x', 'XuZhiXia'), 'somebody else'],
  ])('does not show %s', async (_name, body, complaint) => {
    scene.webhook.onApp = () => ok(body);
    expect(await scene.simulator.sayToApp({ from: 'ZhouLan', text: '在' })).toMatchObject({ answer: null });
    expect(scene.faults).toEqual([expect.stringContaining(complaint)]);
  });
});

describe('faults of the way in', () => {
  it('a lost answer makes the platform deliver the acted-on message again', async () => {
    answerAll();
    scene.simulator.faults.callback('lost-after');
    expect(await scene.simulator.say(inPrivate('/进度'))).toMatchObject({ answer: '已记录', attempts: 2 });
    expect(scene.webhook.arrived).toHaveLength(2);
  });

  it('a lost callback never arrives and is retried', async () => {
    answerAll();
    scene.simulator.faults.callback('lost-before', { times: 3 });
    expect(await scene.simulator.say(inPrivate('/进度'))).toMatchObject({ answer: '已记录', attempts: 4 });
    expect(scene.webhook.arrived).toHaveLength(1);
  });

  it('a duplicated callback arrives twice with one signature', async () => {
    scene.simulator.faults.callback('duplicated');
    await scene.simulator.say(inPrivate('/进度'));
    expect(scene.webhook.arrived).toHaveLength(2);
    expect(scene.webhook.arrived[0]?.signature).toBe(scene.webhook.arrived[1]?.signature);
  });

  it('an overtaken callback arrives after the one said later', async () => {
    scene.simulator.faults.callback('overtaken');
    await Promise.all([scene.simulator.say(inPrivate('先')), scene.simulator.say(inPrivate('后'))]);
    expect(scene.webhook.arrived.map(({ message }) => message['text'])).toEqual([{ content: '后' }, { content: '先' }]);
  });

  it('a late callback still arrives', async () => {
    scene.simulator.faults.callback('late', { ms: 20 });
    const saying = scene.simulator.say(inPrivate('/进度'));
    await until('the late callback arrives', () => scene.webhook.arrived.length === 1);
    expect((await saying).attempts).toBe(1);
  });
});
