import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ShiftableClock } from '../../src/foundation/clock';
import { startWecomApi, type WecomApi } from '../helpers/wecom-api';
import { botJson, corpId, type Door, openDoor, secondsOf, signed } from '../helpers/wecom-door';

const convert = '/cgi-bin/batch/openuserid_to_userid';

describe('what the platform sends in other forms than its examples', () => {
  let api: WecomApi;
  let door: Door;
  const clock = new ShiftableClock();

  beforeEach(async () => {
    api = await startWecomApi();
    api.script[convert] = [({ json }) => ({ errcode: 0, userid_list: [], invalid_open_userid_list: json['open_userid_list'] })];
    door = await openDoor(clock, { apiBase: api.url, botNames: ['政协小助手', '履职 助手'] });
  });
  afterEach(async () => {
    await door.close();
    await api.close();
  });

  async function bot(more: object): Promise<number> {
    const { encrypted, query } = signed(botJson(more), { timestamp: secondsOf(clock) });
    const body = JSON.stringify({ encrypt: encrypted });
    return (await fetch(`${door.url}/wecom/bot?${query.toString()}`, { method: 'POST', body })).status;
  }

  it.each([
    ['an empty response_url', { response_url: '' }, 'group'],
    ['a response_url of null', { response_url: null }, 'group'],
    ['a quote of null', { quote: null }, 'group'],
    ['an empty quote', { quote: {} }, 'group'],
    ['an empty voice beside the text', { voice: {} }, 'group'],
    ['a mixed of null beside the text', { mixed: null }, 'group'],
    ['an empty chatid in private', { chatid: '', chattype: 'single' }, 'private'],
    ['a chatid of null in private', { chatid: null, chattype: 'single' }, 'private'],
    ['a kind of chat nobody knows, with a chatid', { chattype: 'meeting' }, 'group'],
    ['a kind of chat nobody knows, without a chatid', { chattype: 'meeting', chatid: undefined }, 'private'],
    ['no kind of chat', { chattype: undefined }, 'group'],
    ['an event that is none', { event: null }, 'group'],
  ])('is taken in all the same: %s', async (_what, more, kind) => {
    expect(await bot(more)).toBe(200);
    expect(door.received).toMatchObject(
      [{ text: '/记录 走访', chat: { kind }, senderId: 'zhoulan' }].map((each) => ({ ...each, text: expect.stringContaining(each.text) })),
    );
  });

  it.each([
    ['@新来的助手 /记录 走访', '/记录 走访'],
    ['@新来的 助手 /记录 走访', '/记录 走访'],
    ['＠新来的助手\u2005昨天走访红柳社区', '昨天走访红柳社区'],
    ['@Claude Code /进度', '/进度'],
    ['@韩立舟 @新来的助手 /报名 A24', '@韩立舟 /报名 A24'],
    ['昨天走访红柳社区12人 @新来的助手', '昨天走访红柳社区12人'],
    ['@政协小助手 /记录 走访', '@政协小助手 /记录 走访'],
    ['@履职 助手 /记录 走访', '@履职 助手 /记录 走访'],
  ])('every callback of a group is a mention, whatever the bot is called there: %s', async (content, text) => {
    expect(await bot({ text: { content } })).toBe(200);
    expect(door.received).toMatchObject([{ text, mentioned: true }]);
  });

  it.each(['这条 <!-- 不是注释 -->', '<!DOCTYPE 是什么', '问一下 <?php 的课', '<![ 开头', 'a<!b', '1<2 && 3>2'])(
    'a private text may hold what looks like markup: %s',
    async (content) => {
      const xml = `<xml><ToUserName><![CDATA[${corpId}]]></ToUserName><FromUserName><![CDATA[zhoulan]]></FromUserName><CreateTime>1</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[${content}]]></Content><MsgId>7001</MsgId><AgentID>218</AgentID></xml>`;
      const { encrypted, query } = signed(xml, { receiver: corpId, timestamp: secondsOf(clock) });
      const body = `<xml><ToUserName><![CDATA[${corpId}]]></ToUserName><AgentID>218</AgentID><Encrypt><![CDATA[${encrypted}]]></Encrypt></xml>`;
      const response = await fetch(`${door.url}/wecom/app?${query.toString()}`, { method: 'POST', body });
      expect(response.status).toBe(200);
      expect(door.received.map(({ text }) => text)).toEqual([content]);
    },
  );

  it('a declaration outside what was typed is refused as ever', async () => {
    const xml = `<!DOCTYPE xml [<!ENTITY a "b">]><xml><ToUserName><![CDATA[${corpId}]]></ToUserName><Content><![CDATA[x]]></Content></xml>`;
    const { encrypted, query } = signed(xml, { receiver: corpId, timestamp: secondsOf(clock) });
    const body = `<xml><ToUserName><![CDATA[${corpId}]]></ToUserName><AgentID>218</AgentID><Encrypt><![CDATA[${encrypted}]]></Encrypt></xml>`;
    expect((await fetch(`${door.url}/wecom/app?${query.toString()}`, { method: 'POST', body })).status).toBe(403);
    expect(door.received).toEqual([]);
  });
});
