import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { cardFor } from '../../packages/chat-simulator/cards';
import { type Arrived, endScene, ok, type Scene, sealedReply, secret, startScene, stream } from './simulator-stand-in';

const templateCard = (more: object = {}) => ({
  card_type: 'button_interaction',
  main_title: { title: '议事会' },
  sub_title_text: '周六九点',
  button_list: [
    { text: '报名', style: 1, key: 'k1' },
    { text: '看详情', style: 2, key: 'k2' },
  ],
  task_id: 'task-1',
  ...more,
});
const withCard = (card: object) => ({ ...(stream('已发起') as object), msgtype: 'stream_with_template_card', template_card: card });

let scene: Scene;
beforeEach(async () => {
  scene = await startScene();
});
afterEach(() => endScene(scene));

describe('cards of the bot on the simulated screen', () => {
  const answer = (reply: (arrived: Arrived) => unknown): void => {
    scene.webhook.onBot = (arrived) => ok(sealedReply(arrived.nonce, reply(arrived)));
  };
  const ask = () => scene.simulator.say({ from: 'ZhouLan', chat: 'wrGroupA', text: '发起活动' });
  const last = () => scene.simulator.groupMessages('wrGroupA').at(-1)!;
  const update = (more: object = {}) => ({
    response_type: 'update_template_card',
    userids: ['HanLiZhou'],
    template_card: templateCard(more),
  });

  it('a press arrives once with the key, the task and the presser, and changes what the presser sees', async () => {
    answer(({ message }) => (message.msgtype === 'event' ? update({ sub_title_text: '已为您报名' }) : withCard(templateCard())));
    await ask();
    expect(last()).toMatchObject({ text: '已发起', card: { title: '议事会', buttons: [{ label: '报名' }, { label: '看详情' }] } });
    const pressed = await scene.simulator.press({ from: 'HanLiZhou', chat: 'wrGroupA', label: '报名' });
    expect(pressed).toMatchObject({ status: 200, attempts: 1, answer: '已为您报名' });
    expect(scene.webhook.arrived.at(-1)?.message).toMatchObject({
      chatid: 'wrGroupA',
      from: { userid: 'HanLiZhou' },
      response_url: expect.stringContaining('response_code='),
      event: {
        eventtype: 'template_card_event',
        template_card_event: { event_key: 'k1', task_id: 'task-1', card_type: 'button_interaction' },
      },
    });
    expect(cardFor(last(), 'HanLiZhou')?.text).toBe('已为您报名');
    expect(cardFor(last(), 'ZhouLan')?.text).toBe('周六九点');
    expect(scene.faults).toEqual([]);
  });

  it('an update without userids is everybody’s', async () => {
    const { userids: _userids, ...forAll } = update({ sub_title_text: '满员了' });
    answer(({ message }) => (message.msgtype === 'event' ? forAll : withCard(templateCard())));
    await ask();
    await scene.simulator.press({ from: 'HanLiZhou', chat: 'wrGroupA', label: '报名' });
    expect(cardFor(last(), 'ZhouLan')?.text).toBe('满员了');
  });

  it('a press that is not answered is lost, and never sent again', async () => {
    answer(() => withCard(templateCard()));
    await ask();
    scene.webhook.onBot = () => ({ status: 503, body: '' });
    expect(await scene.simulator.press({ from: 'HanLiZhou', chat: 'wrGroupA', label: '报名' })).toMatchObject({
      attempts: 1,
      answer: null,
    });
  });

  it.each([
    ['another task', update({ task_id: 'task-2' })],
    ['two buttons with one key', update({ button_list: [1, 2].map(() => ({ text: 'x', style: 1, key: 'k' })) })],
    ['a key that is too long', update({ button_list: [{ text: 'x', style: 1, key: 'k'.repeat(1_025) }] })],
    ['another kind of reply', stream('已报名')],
  ])('an update with %s is not shown', async (_what, reply) => {
    answer(({ message }) => (message.msgtype === 'event' ? reply : withCard(templateCard())));
    await ask();
    expect(await scene.simulator.press({ from: 'HanLiZhou', chat: 'wrGroupA', label: '报名' })).toMatchObject({
      answer: null,
      remark: 'not_shown',
    });
    expect(cardFor(last(), 'HanLiZhou')?.text).toBe('周六九点');
    expect(scene.faults).toHaveLength(1);
  });

  it('a task id serves one message for ever; the words are shown without the card', async () => {
    scene.webhook.onBot = ({ nonce, message }) =>
      ok(sealedReply(nonce, { ...withCard(templateCard()), stream: { id: message.msgid, finish: true, content: '已发起' } }));
    await ask();
    await ask();
    expect(last()).toMatchObject({ text: '已发起' });
    expect(last()).not.toHaveProperty('card');
    expect(scene.faults).toEqual([expect.stringContaining('task_id was used before')]);
  });

  it('nobody presses what they do not see', async () => {
    await expect(scene.simulator.press({ from: 'HanLiZhou', chat: 'wrGroupA', label: '报名' })).rejects.toThrow('sees no button');
  });
});

describe('cards of the app on the simulated screen', () => {
  async function call(path: string, body: object): Promise<Record<string, unknown>> {
    const credentials = `corpid=demo-corp&corpsecret=${secret}`;
    const { access_token: token } = (await (await fetch(`${scene.simulator.apiBase}/cgi-bin/gettoken?${credentials}`)).json()) as {
      access_token: string;
    };
    const url = `${scene.simulator.apiBase}/cgi-bin/message/${path}?access_token=${token}`;
    return (await (await fetch(url, { method: 'POST', body: JSON.stringify(body) })).json()) as Record<string, unknown>;
  }
  const sent = (card: object) => call('send', { touser: 'ZhouLan', agentid: 1000002, msgtype: 'template_card', template_card: card });
  const changed = (code: unknown, card = templateCard({ sub_title_text: '已为您报名' })) =>
    call('update_template_card', { userids: ['ZhouLan'], agentid: 1000002, response_code: code, template_card: card });
  const text = () => cardFor(scene.simulator.privateMessages('ZhouLan').at(-1)!, 'ZhouLan')?.text;

  it('arrive in private and are changed once by each code, within 72 hours', async () => {
    const { errcode, response_code: code } = await sent(templateCard());
    expect([errcode, text()]).toEqual([0, '周六九点']);
    expect(await changed(code)).toMatchObject({ errcode: 0 });
    expect(text()).toBe('已为您报名');
    expect(await changed(code)).toMatchObject({ errcode: 40035 });
    const pressed = await scene.simulator.press({ from: 'ZhouLan', chat: 'private', label: '看详情' });
    expect(pressed.status).toBe(200);
    expect(scene.webhook.appXml[0]).toMatch(/<Event><!\[CDATA\[template_card_event\]\]>[\s\S]*<EventKey><!\[CDATA\[k2\]\]>/);
    const fresh = /<ResponseCode><!\[CDATA\[(.*?)\]\]>/.exec(scene.webhook.appXml[0] ?? '')?.[1];
    scene.clock.pass(72 * 3_600_000 + 1);
    expect(await changed(fresh)).toMatchObject({ errcode: 40035 });
  });

  it.each([
    ['an unknown kind', { card_type: 'poster' }],
    ['no task', { task_id: undefined }],
    ['a task with other characters', { task_id: '任务' }],
    ['seven buttons', { button_list: Array.from({ length: 7 }, (_, at) => ({ text: 'x', style: 1, key: `k${at}` })) }],
    ['no title', { main_title: {} }],
  ])('are refused with %s', async (_what, more) => {
    expect(await sent(templateCard(more))).toMatchObject({ errcode: 40058 });
    expect(scene.simulator.privateMessages('ZhouLan')).toEqual([]);
  });
});
