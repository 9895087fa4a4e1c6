import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ShiftableClock } from '../../src/foundation/clock';
import { clientSecret, type Door, knock, openDoor, robotJson, signedHeaders } from '../helpers/dingtalk-door';
import { sendForged } from '../helpers/send-forged';

const attempts = 2_000;
const abreast = 16;

/** What decides one attempt; every field is drawn at random from a fixed seed. */
const drawn = fc.record({
  kind: fc.nat(),
  text: fc.string({ unit: 'binary', maxLength: 60 }),
  noise: fc.uint8Array({ minLength: 1, maxLength: 200 }),
  sign: fc.base64String({ minLength: 44, maxLength: 44 }),
  header: fc.string({ unit: fc.constantFrom('a', '1', '=', '+', '/', ' ', '-', '.'), maxLength: 60 }),
  at: fc.double({ min: 0, max: 0.999, noNaN: true }),
});
type Drawn = typeof drawn extends fc.Arbitrary<infer T> ? T : never;

interface Attempt {
  headers: Record<string, string>;
  body: string | Buffer;
}
type Forger = (draw: Drawn, now: Date) => Attempt;

const good = (more: object = {}): string => JSON.stringify(robotJson(more));
const flipped = (text: string, at: number): string => {
  const index = Math.floor(at * text.length);
  return text.slice(0, index) + (text[index] === 'A' ? 'B' : 'A') + text.slice(index + 1);
};
const signed = (now: Date, more: Record<string, string> = {}): Record<string, string> => ({ ...signedHeaders(now), ...more });
const shifted = (now: Date, ms: number): Date => new Date(now.getTime() + ms);
const without = (headers: Record<string, string>, name: string): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).filter(([each]) => each !== name));

/** Strangers: nobody here holds the secret. */
const strangers: Forger[] = [
  () => ({ headers: {}, body: good() }),
  (_draw, now) => ({ headers: without(signed(now), 'sign'), body: good() }),
  (_draw, now) => ({ headers: without(signed(now), 'timestamp'), body: good() }),
  (draw, now) => ({ headers: signed(now, { sign: draw.sign }), body: good({ text: { content: draw.text } }) }),
  (draw, now) => ({ headers: signed(now, { sign: flipped(signed(now)['sign'] ?? '', draw.at) }), body: good() }),
  (draw, now) => ({ headers: signed(now, { timestamp: String(now.getTime() + 1 + Math.floor(draw.at * 1e5)) }), body: good() }),
  (draw, now) => ({ headers: signedHeaders(now, `${clientSecret}${draw.text}x`), body: good() }),
  (_draw, now) => ({ headers: signedHeaders(now, ''), body: good() }),
  (_draw, now) => ({ headers: signed(now, { sign: encodeURIComponent(signed(now)['sign'] ?? '') }), body: good() }),
  (draw, now) => ({ headers: signed(now, { timestamp: draw.header, sign: draw.header }), body: Buffer.from(draw.noise) }),
  (draw, now) => ({ headers: signed(now, { sign: '' }), body: `${'['.repeat(20_000)}${draw.text}` }),
  () => ({ headers: { token: clientSecret, 'content-type': 'application/json' }, body: good() }),
];

/** Whoever holds the secret, or a request of another day or robot, and still is not DingTalk speaking to this one, now. */
const insiders: Forger[] = [
  (draw, now) => ({ headers: signedHeaders(shifted(now, -300_001 - Math.floor(draw.at * 1e9))), body: good() }),
  (draw, now) => ({ headers: signedHeaders(shifted(now, 330_000 + Math.floor(draw.at * 1e9))), body: good() }),
  (_draw, now) => ({ headers: signedHeaders(String(Math.floor(now.getTime() / 1000))), body: good() }),
  (_draw, now) => ({ headers: signedHeaders(`${now.getTime()}.0`), body: good() }),
  (draw, now) => ({ headers: signed(now), body: good({ robotCode: `x${draw.text}` }) }),
  (draw, now) => ({ headers: signed(now), body: good({ chatbotCorpId: `x${draw.text}` }) }),
  (draw, now) => ({ headers: signed(now), body: Buffer.from([0xff, ...draw.noise]) }),
  (draw, now) => ({ headers: signed(now), body: good().slice(0, 5 + Math.floor(draw.at * 200)) }),
  (draw, now) => ({ headers: signed(now), body: `${'['.repeat(20_000)}${draw.text}` }),
  (_draw, now) => ({ headers: signed(now), body: good({ msgId: { $ne: null } }) }),
  (_draw, now) => ({ headers: signed(now), body: good({ msgId: 'm'.repeat(201) }) }),
  (_draw, now) => ({ headers: signed(now), body: good({ senderStaffId: { $gt: '' } }) }),
  (_draw, now) => ({ headers: signed(now), body: good({ conversationType: 2 }) }),
  (draw, now) => ({ headers: signed(now), body: JSON.stringify([draw.text]) }),
  (draw, now) => ({ headers: signed(now, { 'content-encoding': 'gzip' }), body: Buffer.from([0x1f, 0x8b, ...draw.noise]) }),
];

/** With all secrets right, and too large: a body over 64 KB is not read to its end. */
const oversized: Forger = (_draw, now) => ({ headers: signed(now), body: good({ text: { content: '大'.repeat(30_000) } }) });

function attemptFor(draw: Drawn, index: number, now: Date): Attempt {
  if (index % 50 === 0) return oversized(draw, now);
  const forgers = [...strangers, ...insiders];
  return (forgers[draw.kind % forgers.length] as Forger)(draw, now);
}

const send = (url: string, attempt: Attempt): Promise<string> =>
  sendForged(`${url}/dingtalk/robot`, { ...attempt, method: 'POST', mayBeCutAbove: 20_000 });

describe('forged, oversized and malformed messages of a DingTalk robot', () => {
  const clock = new ShiftableClock();
  let door: Door;
  beforeAll(async () => {
    door = await openDoor(clock);
  });
  afterAll(() => door.close());

  it('are all refused alike, nothing reaches the inbox, and honest messages still do', async () => {
    const draws = fc.sample(drawn, { numRuns: attempts, seed: 20_261_123 });
    const answers = new Map<string, number>();
    let next = 0;
    const worker = async (): Promise<void> => {
      for (let index = next++; index < attempts; index = next++) {
        if (index % 500 === 499) {
          const honest = await knock(door.url, robotJson({ msgId: `honest${index}` }), signedHeaders(clock.now()));
          expect(honest.status).toBe(200);
        }
        const answer = await send(door.url, attemptFor(draws[index] as Drawn, index, clock.now()));
        answers.set(answer, (answers.get(answer) ?? 0) + 1);
      }
    };
    await Promise.all(Array.from({ length: abreast }, worker));
    const cut = answers.get('cut') ?? 0;
    answers.delete('cut');
    expect(cut).toBeLessThanOrEqual(attempts / 50);
    expect([...answers.keys()].map((answer) => (JSON.parse(answer) as { status: number }).status)).toEqual([403]);
    expect([...answers.values()]).toEqual([attempts - cut]);
    expect(door.received.map(({ eventId }) => eventId).toSorted()).toEqual(['honest1499', 'honest1999', 'honest499', 'honest999']);
  }, 600_000);
});
