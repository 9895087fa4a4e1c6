import type { House } from '../../src/cli/house';
import { ShiftableClock } from '../../src/foundation/clock';
import type { Member } from '../../src/organisation/member';
import type { Tempo } from '../../src/transports/ways';
import { type ApiCall, type DingtalkApi, paths, startDingtalkApi } from './dingtalk-api';
import { knock, robotJson, signedHeaders } from './dingtalk-door';
import { closeHouse, openHouse } from './open-house';
import type { Stage } from './play-dialogue';
import { body, roster } from './roster';
import { unhurried } from './tempo';
import { bindWorkGroup, passTime, secrets, userIdOf } from './town';

export const dingtalkSecrets = {
  DINGTALK_CLIENT_ID: 'dingTOWN0001',
  DINGTALK_CLIENT_SECRET: 'townClientSecret-townClientSecret',
  DINGTALK_CORP_ID: 'dingCORPTOWN',
  DINGTALK_ROBOT_NAME: '政协小助手',
};

export interface DingtalkTown extends Stage {
  house: House;
  clock: ShiftableClock;
  api: DingtalkApi;
  /** Texts that were posted to the session of a message. */
  late(): string[];
  close(): Promise<void>;
}

export const staffIdOf = (name: string): string => `dt-${name === '陌生人' ? 'stranger' : userIdOf(name)}`;

const onDingtalk: Member['identities'][number]['platform'] = 'dingtalk';
/** The roster of the town, its people known on DingTalk; `both`: on WeCom as well, and there first. */
export const dingtalkPeople = (both: boolean): Member[] =>
  roster.map((member) => ({
    ...member,
    identities: [...(both ? member.identities : []), { platform: onDingtalk, userId: staffIdOf(member.name) }],
  }));

/** The words of a message; a card's as they are shown, line by line. */
export const shownText = ({ content, text }: { content?: string; text?: string }): string =>
  content ?? (text ?? '').replaceAll('  \n  ', '\n');
const contentOf = ({ json }: ApiCall): string => shownText(JSON.parse(String(json['msgParam'])) as { content?: string; text?: string });

/** Unlike WeCom's bot by callback, the robot can write to a group of its own accord, and its words mention nobody. */
export const shownOnDingtalk = (text: string): string =>
  text
    .replaceAll('@', '＠')
    .replace('本群编号（企业微信）：wrALL', '本群编号（钉钉）：cidALL==')
    .replace(/(以后在本群发起的活动默认归[^，。]+)。/u, '$1，在别处发起的也会告诉本群。');

/** What the platform documents of a private message and ours does not keep. */
function faultsOf({ json, token }: ApiCall): string[] {
  const { robotCode, userIds, msgKey, msgParam } = json;
  return [
    ...(token?.startsWith('tok') ? [] : ['no token']),
    ...(robotCode === dingtalkSecrets.DINGTALK_CLIENT_ID ? [] : ['robotCode']),
    ...(Array.isArray(userIds) && userIds.length > 0 && userIds.length <= 20 ? [] : ['userIds']),
    ...(/^sample(Text|ActionCard[2-5]?)$/.test(String(msgKey)) ? [] : ['msgKey']),
    ...(typeof msgParam === 'string' && Buffer.byteLength(msgParam) <= 15_000 ? [] : ['msgParam']),
  ];
}

// The platform takes the mention out of the text and leaves the space.
const asDelivered = (text: string): string => text.replace(/^[@＠]政协小助手/u, '');

/** The whole product with DingTalk in front of it. `now`: local time in Shanghai. */
export async function startDingtalkTown(
  now: string,
  {
    both = false,
    newGroup = false,
    more = {},
    tempo = unhurried,
  }: { both?: boolean; newGroup?: boolean; more?: Record<string, string>; tempo?: Tempo } = {},
): Promise<DingtalkTown> {
  const clock = new ShiftableClock();
  clock.moveTo(new Date(`${now}+08:00`));
  const api = await startDingtalkApi();
  const bases = { WECOM_API_BASE: 'http://127.0.0.1:9', DINGTALK_API_BASE: api.url, DINGTALK_SESSION_BASE: api.url };
  // A body with DingTalk alone, unless both are asked for.
  const settings = { ...(both ? secrets : { BODY_ID: secrets.BODY_ID }), ...dingtalkSecrets, ...bases, ...more };
  const house = await openHouse({ settings, clock, members: dingtalkPeople(both) }, { tempo });
  if (!newGroup) await bindWorkGroup(house, 'dingtalk', 'cidALL==', clock);
  let said = 0;
  let last: Record<string, unknown> = {};
  const deliverMessage = async (message: Record<string, unknown>): Promise<string | null> => {
    const headers = signedHeaders(clock.now(), dingtalkSecrets.DINGTALK_CLIENT_SECRET);
    const { status, text } = await knock(`http://127.0.0.1:${house.web?.port}`, message, headers);
    if (status !== 200) throw new Error(`the callback was answered with ${status} ${text}`);
    const reply = JSON.parse(text) as { msgtype: string; text?: { content: string }; actionCard?: { text: string } };
    return reply.msgtype === 'empty' ? null : shownText(reply.text ?? reply.actionCard ?? {});
  };
  return {
    house,
    clock,
    api,
    async hear({ name, private: alone, text, quote }) {
      const repliedMsg = quote ? { isReplyMsg: true, repliedMsg: { msgType: 'text', content: { text: quote } } } : {};
      last = robotJson({
        msgId: `msg${++said}==`,
        robotCode: dingtalkSecrets.DINGTALK_CLIENT_ID,
        chatbotCorpId: dingtalkSecrets.DINGTALK_CORP_ID,
        senderCorpId: dingtalkSecrets.DINGTALK_CORP_ID,
        senderStaffId: staffIdOf(name),
        senderNick: name,
        conversationType: alone ? '1' : '2',
        conversationId: alone ? `cid${staffIdOf(name)}==` : 'cidALL==',
        sessionWebhook: `${api.url}${paths.session}?session=s${said}`,
        sessionWebhookExpiredTime: clock.now().getTime() + 5_400_000,
        text: { content: alone ? text : asDelivered(text), ...repliedMsg },
      });
      return deliverMessage(last);
    },
    hearAgain: () => deliverMessage(last),
    inbox: (name) =>
      api
        .of(paths.send)
        .filter(({ json }) => (json['userIds'] as string[]).includes(staffIdOf(name)))
        .map(contentOf),
    late: () => api.of(paths.session).map(({ json }) => (json['text'] as { content: string }).content),
    shown: shownOnDingtalk,
    wait: (until) => passTime({ house, clock }, new Date(`${until}+08:00`)),
    deliver: async () => void (await house.app.outbox.deliverDue(body.id)),
    async close() {
      await closeHouse(house);
      await api.close();
      const faults = api.of(paths.send).flatMap(faultsOf);
      if (faults.length > 0) throw new Error(`calls that DingTalk would refuse: ${faults.join(', ')}`);
    },
  };
}
