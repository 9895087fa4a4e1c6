import { type Keys, seal } from './envelope';
import type { Attempt } from './webhook-client';

/** The plaintext of a callback in XML; `fields` become CDATA, ids are bare numbers on the wire. */
export function innerXml(
  about: { corpId: string; from: string; at: Date; msgId?: string; agentId?: number | string },
  fields: Record<string, string>,
): string {
  const bare = (name: string, value: number | string | undefined): string[] => (value === undefined ? [] : [`<${name}>${value}</${name}>`]);
  return [
    `<xml><ToUserName>${cdata(about.corpId)}</ToUserName>`,
    `<FromUserName>${cdata(about.from)}</FromUserName>`,
    `<CreateTime>${Math.floor(about.at.getTime() / 1000)}</CreateTime>`,
    ...Object.entries(fields).map(([name, value]) => `<${name}>${cdata(value)}</${name}>`),
    ...bare('MsgId', about.msgId),
    ...bare('AgentID', about.agentId),
    '</xml>',
  ].join('\n');
}

/** Encrypted and signed for an address; the contact-sync helper's envelope names no agent. */
export function sealedXml(to: { path: string; agentId?: number | string }, keys: Keys, inner: string, at: Date): Attempt {
  const { path, agentId } = to;
  const { query, ciphertext } = seal(keys, inner, at);
  const agent = agentId === undefined ? '' : `<AgentID>${cdata(String(agentId))}</AgentID>`;
  return {
    path: `${path}?${new URLSearchParams(query).toString()}`,
    body: `<xml><ToUserName>${cdata(keys.receiver)}</ToUserName>${agent}<Encrypt>${cdata(ciphertext)}</Encrypt></xml>`,
    contentType: 'text/xml',
    nonce: query.nonce,
  };
}

/** A literal ']]>' is split over two sections, the usual way to carry it. */
const cdata = (text: string): string => `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
