import { type Keys, open } from './envelope';

/** What the application's passive answer to an app message makes the client show; only text is played. */
export function readAppReply(body: string, keys: Keys, userId: string): string | null {
  if (body === '') return null;
  const plaintext = open(keys, {
    encrypt: elementOf(body, 'Encrypt'),
    signature: elementOf(body, 'MsgSignature'),
    timestamp: elementOf(body, 'TimeStamp'),
    nonce: elementOf(body, 'Nonce'),
  });
  if (elementOf(plaintext, 'ToUserName').toLowerCase() !== userId.toLowerCase()) throw new Error('the reply is addressed to somebody else');
  if (elementOf(plaintext, 'FromUserName') !== keys.receiver) throw new Error('the reply does not come from the corp id');
  const type = elementOf(plaintext, 'MsgType');
  if (type !== 'text') throw new Error(`a passive reply of type ${type} is not played by the simulator`);
  return elementOf(plaintext, 'Content');
}

/** The text of the only element of that name: CDATA or entities, never nested. */
function elementOf(xml: string, name: string): string {
  const found = [...xml.matchAll(new RegExp(`<${name}>([\\s\\S]*?)</${name}>`, 'g'))];
  const [only, another] = found;
  if (!only || another) throw new Error(`the reply needs exactly one <${name}>`);
  const inner = (only[1] ?? '').trim();
  const cdata = /^<!\[CDATA\[([\s\S]*?)\]\]>$/.exec(inner);
  if (cdata) return cdata[1] ?? '';
  if (inner.includes('<')) throw new Error(`<${name}> holds markup`);
  return inner.replace(/&(lt|gt|quot|apos|amp);/g, (_, entity: string) => entities[entity] ?? '');
}

const entities: Record<string, string> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };
