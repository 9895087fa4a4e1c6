import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ShiftableClock } from '../../src/foundation/clock';
import { sendForged } from '../helpers/send-forged';
import { startWecomApi, type WecomApi } from '../helpers/wecom-api';
import { botJson, corpId, type Door, openDoor, secondsOf, signed } from '../helpers/wecom-door';

/** Thousands, more by name: `FORGED=10000`. */
const attempts = Number(process.env['FORGED'] ?? 3_000);
const abreast = 16;
const otherKey = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG';

interface Attempt {
  method: 'GET' | 'POST';
  path: string;
  body: string | Buffer;
  headers?: Record<string, string>;
}

/** What decides one attempt; every field is drawn at random from a fixed seed. */
const drawn = fc.record({
  kind: fc.nat(),
  door: fc.constantFrom('bot' as const, 'app' as const),
  text: fc.string({ unit: 'binary', maxLength: 60 }),
  noise: fc.uint8Array({ minLength: 1, maxLength: 200 }),
  hex: fc.stringMatching(/^[0-9a-f]{40}$/),
  at: fc.double({ min: 0, max: 0.999, noNaN: true }),
});
type Drawn = typeof drawn extends fc.Arbitrary<infer T> ? T : never;

const appXml = (text: string, agent = '218', to = corpId): string =>
  `<xml><ToUserName>${to}</ToUserName><FromUserName>zhoulan</FromUserName><MsgType>text</MsgType><Content><![CDATA[${text.replaceAll(']]>', '')}]]></Content><MsgId>77</MsgId><AgentID>${agent}</AgentID></xml>`;
const goodMessage = (door: 'bot' | 'app', text = '/记录'): string =>
  door === 'bot' ? botJson({ msgid: `f${text.length}`, text: { content: text } }) : appXml(text);
const receiverOf = (door: 'bot' | 'app'): string => (door === 'bot' ? '' : corpId);
const envelopeOf = (door: 'bot' | 'app', encrypted: string): string =>
  door === 'bot' ? JSON.stringify({ encrypt: encrypted }) : `<xml><ToUserName>${corpId}</ToUserName><Encrypt>${encrypted}</Encrypt></xml>`;

type Forger = (draw: Drawn, timestamp: string) => Attempt;
type Query = Record<string, string> | URLSearchParams;

const post = (door: 'bot' | 'app', query: Query, body: string | Buffer, headers?: Record<string, string>): Attempt => ({
  method: 'POST',
  path: `/wecom/${door}?${new URLSearchParams(query).toString()}`,
  body,
  ...(headers ? { headers } : {}),
});
function sealedBy(draw: Drawn, timestamp: string, more: { receiver?: string; key?: string; token?: string; message?: string } = {}) {
  const { message = goodMessage(draw.door), receiver = receiverOf(draw.door), ...rest } = more;
  return signed(message, { timestamp, receiver, ...rest });
}
const whole = (draw: Drawn, sealed: ReturnType<typeof signed>, query: Query = sealed.query): Attempt =>
  post(draw.door, query, envelopeOf(draw.door, sealed.encrypted));
const flipped = (text: string, at: number): string => {
  const index = Math.floor(at * text.length);
  return text.slice(0, index) + (text[index] === 'A' ? 'B' : 'A') + text.slice(index + 1);
};
const shifted = (timestamp: string, seconds: number): string => String(Number(timestamp) + seconds);

/** Strangers: nobody here holds the token. */
const strangers: Forger[] = [
  (draw, at) => whole(draw, sealedBy(draw, at), { msg_signature: draw.hex, timestamp: at, nonce: 'nonce1' }),
  (draw, at) => whole(draw, sealedBy(draw, at, { token: 'guessed' })),
  (draw, at) => {
    const sealed = sealedBy(draw, at);
    return post(draw.door, sealed.query, envelopeOf(draw.door, flipped(sealed.encrypted, draw.at)));
  },
  (draw, at) => {
    const { encrypted, signature } = sealedBy(draw, at);
    return post(
      draw.door,
      { msg_signature: flipped(signature, draw.at), timestamp: at, nonce: 'nonce1' },
      envelopeOf(draw.door, encrypted),
    );
  },
  (draw, at) =>
    whole(draw, sealedBy(draw, at), { msg_signature: sealedBy(draw, at).signature, timestamp: shifted(at, 1), nonce: 'nonce1' }),
  (draw, at) => whole(draw, sealedBy(draw, at), { msg_signature: sealedBy(draw, at).signature, timestamp: at, nonce: draw.text }),
  (draw, at) => ({ ...whole(draw, sealedBy(draw, at)), path: `/wecom/${draw.door}` }),
  (draw, at) => whole(draw, sealedBy(draw, at), new URLSearchParams([...sealedBy(draw, at).query, ['msg_signature', draw.hex]])),
  (draw, at) => post(draw.door, sealedBy(draw, at).query, Buffer.from(draw.noise)),
  (draw, at) => post(draw.door, sealedBy(draw, at).query, draw.text),
  (draw, at) => post(draw.door, sealedBy(draw, at).query, `{"encrypt":${JSON.stringify([draw.text])}}`),
  (draw, at) => post(draw.door, sealedBy(draw, at).query, `${'['.repeat(20_000)}${draw.text}`),
  (draw, at) => post(draw.door, sealedBy(draw, at).query, `${'<a>'.repeat(15_000)}${draw.text}`),
  (draw, at) =>
    post(
      draw.door,
      sealedBy(draw, at).query,
      `<!DOCTYPE x [<!ENTITY a "${'b'.repeat(50)}"><!ENTITY c "&a;&a;">]><xml><Encrypt>&c;</Encrypt></xml>`,
    ),
  (draw, at) => post(draw.door, sealedBy(draw, at).query, Buffer.from(draw.noise), { 'content-encoding': 'gzip' }),
  (draw, at) => ({ method: 'GET', path: `/wecom/${draw.door}?${sealedBy(draw, at).query.toString()}&echostr=${draw.hex}`, body: '' }),
  (draw, at) => ({ method: 'GET', path: `/wecom/${draw.door}?timestamp=${at}`, body: '' }),
];

/** Whoever knows the token, or more, and still is not WeCom speaking to this bot, now. */
const insiders: Forger[] = [
  (draw, at) => whole(draw, sealedBy(draw, at, { key: otherKey })),
  (draw, at) => whole(draw, sealedBy(draw, at, { receiver: draw.door === 'bot' ? corpId : 'wxOTHERCORP' })),
  (draw, at) => whole(draw, sealedBy(draw, shifted(at, -601 - Math.floor(draw.at * 1e6)))),
  (draw, at) => whole(draw, sealedBy(draw, shifted(at, 900 + Math.floor(draw.at * 1e6)))),
  (draw, at) =>
    whole(draw, sealedBy(draw, at, { message: draw.door === 'bot' ? botJson({ aibotid: 'OTHERBOT' }) : appXml('/记录', '219') })),
  (draw, at) =>
    whole(draw, sealedBy(draw, at, { message: draw.door === 'bot' ? botJson({ msgid: 7 }) : appXml('/记录', '218', 'wxOTHER') })),
  (draw, at) => whole(draw, sealedBy(draw, at, { message: `${draw.text}<` })),
  (draw, at) => whole(draw, sealedBy(draw, at, { message: goodMessage(draw.door).slice(0, 5 + Math.floor(draw.at * 60)) })),
];

/** Too large, with all secrets right: a body over 64 KB is not read to its end. */
const oversized: Forger = (draw, at) => {
  const sealed = sealedBy(draw, at, { message: goodMessage(draw.door, '大'.repeat(20_000)) });
  return whole(draw, sealed);
};

function attemptFor(draw: Drawn, index: number, timestamp: string): Attempt {
  if (index % 50 === 0) return oversized(draw, timestamp);
  const forgers = [...strangers, ...insiders];
  const forger = forgers[draw.kind % forgers.length] as Forger;
  return forger(draw, timestamp);
}

const send = (url: string, attempt: Attempt): Promise<string> => sendForged(`${url}${attempt.path}`, { ...attempt, mayBeCutAbove: 65_536 });

async function accepts(door: Door, clock: ShiftableClock, id: string): Promise<void> {
  const { encrypted, query } = signed(botJson({ msgid: id }), { timestamp: secondsOf(clock) });
  const answer = await send(door.url, post('bot', query, envelopeOf('bot', encrypted)));
  expect(JSON.parse(answer)).toMatchObject({ status: 200 });
}

describe('forged, oversized and malformed callbacks', () => {
  const clock = new ShiftableClock();
  let api: WecomApi;
  let door: Door;
  beforeAll(async () => {
    api = await startWecomApi();
    api.script['/cgi-bin/batch/openuserid_to_userid'] = [{ errcode: 0, userid_list: [], invalid_open_userid_list: ['zhoulan'] }];
    door = await openDoor(clock, { apiBase: api.url });
  });
  afterAll(async () => {
    await door.close();
    await api.close();
  });

  it('are all refused alike, nothing reaches the inbox, and honest messages still do', async () => {
    const timestamp = secondsOf(clock);
    const draws = fc.sample(drawn, { numRuns: attempts, seed: 20_261_123 });
    const answers = new Map<string, number>();
    let next = 0;
    const worker = async (): Promise<void> => {
      for (let index = next++; index < attempts; index = next++) {
        if (index % 1_000 === 999) await accepts(door, clock, `honest${index}`);
        const answer = await send(door.url, attemptFor(draws[index] as Drawn, index, timestamp));
        answers.set(answer, (answers.get(answer) ?? 0) + 1);
      }
    };
    await Promise.all(Array.from({ length: abreast }, worker));
    const cut = answers.get('cut') ?? 0;
    answers.delete('cut');
    expect(cut).toBeLessThanOrEqual(attempts / 50);
    expect([...answers.keys()].map((answer) => (JSON.parse(answer) as { status: number }).status)).toEqual([403]);
    expect([...answers.values()]).toEqual([attempts - cut]);
    expect(door.received.map(({ eventId }) => eventId).toSorted()).toEqual(
      Array.from({ length: attempts / 1_000 }, (_, each) => `honest${each * 1_000 + 999}`).toSorted(),
    );
  }, 600_000);
});
