import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventKey } from '../../src/delivery/event-key';
import type { Outgoing } from '../../src/delivery/outgoing';
import { dingtalkHttp } from './ways/dingtalk-http';
import { dingtalkStream } from './ways/dingtalk-stream';
import { type OpenWay, type Point, points, type Way } from './ways/way';
import { wecomBotSocket } from './ways/wecom-bot-socket';
import { wecomApp, wecomBotHttp } from './ways/wecom-http';

const ways: readonly Way[] = [wecomBotHttp, wecomBotSocket, wecomApp, dingtalkHttp, dingtalkStream];
const kept = new Map<string, string>();
const spoken = '/记录 走访 昨天 红柳社区 12人 物业收费';

describe.each(ways)('$name keeps the contract of every way', (way) => {
  let open: OpenWay;
  let events = 0;
  const line = (more: Partial<{ text: string; group: boolean }> = {}) => ({
    text: spoken,
    group: way.cannot.group === undefined,
    event: `${Math.trunc(performance.timeOrigin)}${++events}`,
    ...more,
  });
  const message = (more: Partial<Outgoing> = {}): Outgoing => ({
    body: 'yunchuan',
    platform: way.platform,
    to: { userId: way.person },
    format: 'text',
    text: '温馨提示',
    asked: true,
    ...more,
  });
  const last = () => open.received.at(-1);

  beforeAll(async () => {
    open = await way.open();
  });
  afterAll(() => open.close());

  /** A point the way cannot show is written into the table with its reason; every other is proved. */
  const point = (name: Point, prove: () => Promise<void>): void => {
    const why = way.cannot[name];
    if (why !== undefined) {
      kept.set(`${way.name}:${name}`, '–');
      return;
    }
    it(points[name], async () => {
      kept.set(`${way.name}:${name}`, '✗');
      open.mood('acts');
      open.answers(async () => ({ text: '已记录' }));
      await prove();
      kept.set(`${way.name}:${name}`, '✓');
    });
  };

  point('group', async () => {
    expect(await open.deliver(line({ group: true }))).toContain('已记录');
    expect(last()).toMatchObject({
      platform: way.platform,
      body: 'yunchuan',
      senderId: way.person,
      chat: { kind: 'group', id: way.group },
    });
    expect(last()?.text).toContain(spoken);
  });

  point('private', async () => {
    expect(await open.deliver(line({ group: false }))).toContain('已记录');
    expect(last()).toMatchObject({ senderId: way.person, chat: { kind: 'private', id: way.person }, text: spoken });
  });

  point('mention', async () => {
    await open.deliver(line({ group: true }));
    const { text, mentioned } = last() ?? { text: '' };
    if (mentioned) expect(text).toBe(spoken);
    else expect(text.replace(/^@政协小助手[\s\u2005]/u, '')).toBe(spoken);
  });

  point('duplicate', async () => {
    const same = line();
    await open.deliver(same);
    const first = last();
    await open.deliver(same);
    await open.deliver(line());
    const [again, other] = open.received.slice(-2);
    expect(first && again && eventKey(again)).toBe(first && eventKey(first));
    expect(other && eventKey(other)).not.toBe(first && eventKey(first));
  });

  point('distrust', async () => {
    const before = open.received.length;
    expect(await open.distrusted()).toBe('refused');
    expect(open.received).toHaveLength(before);
    expect(await open.deliver(line())).toContain('已记录');
    expect(open.received).toHaveLength(before + 1);
  });

  point('oversized', async () => {
    const before = open.received.length;
    await open.oversized();
    expect(open.received.slice(before).every(({ text }) => text.length <= 20_000)).toBe(true);
    expect(await open.deliver(line())).toContain('已记录');
  });

  point('late', async () => {
    await open.deliver(line());
    const { lateReply, senderId: orUserId = '', chat } = last() ?? {};
    if (lateReply) expect(lateReply.expiresAt.getTime()).toBeGreaterThan(open.clock.now().getTime());
    const to = lateReply ? { lateReply: lateReply.url, orUserId } : { chatId: chat?.id ?? '', orUserId };
    expect(await open.sender.send(message({ to, text: '办好了', format: 'markdown' }))).toMatchObject({ kind: 'sent' });
    const where = lateReply ? 'late' : chat?.id;
    expect(open.arrived().findLast(({ to }) => to === where)).toMatchObject({ text: '办好了' });
  });

  point('privately', async () => {
    await open.deliver(line({ group: true }));
    expect(await open.sender.send(message({ to: { userId: last()?.senderId ?? '' }, text: '只告诉您' }))).toMatchObject({ kind: 'sent' });
    expect(open.arrived().findLast(({ to }) => to === way.person)).toMatchObject({ text: '只告诉您' });
  });

  point('outcomes', async () => {
    expect(await open.sender.send(message())).toMatchObject({ kind: 'sent' });
    open.mood('refuses');
    expect(await open.sender.send(message({ to: { userId: way.refused ?? way.person } }))).toMatchObject({
      kind: 'refused',
      code: expect.stringMatching(/\S/u),
      reason: expect.stringMatching(/\S/u),
    });
    open.mood('is busy');
    expect(await open.sender.send(message())).toMatchObject({ kind: 'later', afterMs: expect.any(Number) });
    open.mood('hangs');
    expect(await open.sender.send(message())).toMatchObject({ kind: 'unknown' });
  });

  point('long', async () => {
    const line = '联系界别群众😀\n';
    const longer = line.repeat(Math.ceil((2 * open.mostBytes) / Buffer.byteLength(line)));
    for (const text of [longer, longer.repeat(3)]) {
      const parts = open.sender.parts?.(message({ text })) ?? [];
      for (const part of parts) expect(await open.sender.send(message({ text: part }))).toMatchObject({ kind: 'sent' });
      const sent = open.arrived().filter(({ to }) => to === way.person);
      const those = sent.slice(-parts.length);
      expect(those.map((each) => each.text)).toEqual(parts);
      expect(Math.max(...those.map(({ bytes }) => bytes))).toBeLessThanOrEqual(open.mostBytes);
      if (text === longer) expect(parts.join('')).toBe(text.trimEnd());
      else expect(text.startsWith(parts.join('').replace(/后面还有$/u, ''))).toBe(true);
      expect(parts.slice(0, -1).every((part) => part.endsWith('😀\n'))).toBe(true);
      expect([parts.length, parts.at(-1)?.endsWith('后面还有')]).toEqual([3, text !== longer]);
    }
  });

  point('harmless', async () => {
    const text =
      '已记录：<@all> @所有人 [点这里](https://evil.example/a) <font color="warning">红</font> <a href="https://evil.example">x</a>';
    open.answers(async () => ({ text }));
    const answered = await open.deliver(line());
    await open.sender.send(message({ text }));
    const sent = open.arrived().findLast(({ to }) => to === way.person);
    expect(answered).toContain('已记录');
    expect(sent?.text).toContain('已记录');
    expect(answered).not.toMatch(open.acting);
    expect(sent?.text).not.toMatch(open.acting);
  });

  point('person', async () => {
    const to = { chatId: way.group };
    expect(await open.sender.send(message({ to, text: '活动明天开始', mentions: [way.person] }))).toMatchObject({ kind: 'sent' });
    expect(open.arrived().findLast((each) => each.to === way.group)).toMatchObject({ mentions: [way.person] });
  });

  point('buttons', async () => {
    open.answers(async () => ({ text: '已发起活动A23', card: { title: '重阳关爱', buttons: [{ label: '报名', says: '/报名 A23' }] } }));
    expect(await open.deliver(line({ group: false }))).toContain('已发起活动A23');
    open.answers(async ({ text }) => ({ text: `好的，${text}` }));
    expect(await open.press()).toContain('好的，/报名 A23');
    expect(last()).toMatchObject({ senderId: way.person, text: '/报名 A23' });
  });
});

/** The table an operator reads: which way keeps what. */
afterAll(() => {
  const names = Object.keys(points) as Point[];
  const width = Math.max(...names.map((name) => points[name].length));
  const rows = names.map((name) => [
    points[name].padEnd(width),
    ...ways.map((way) => (kept.get(`${way.name}:${name}`) ?? '?').padEnd(way.name.length)),
  ]);
  const head = [' '.repeat(width), ...ways.map(({ name }) => name)];
  const reasons = ways.flatMap((way) =>
    names.flatMap((name) => (way.cannot[name] ? [`– ${way.name}, ${points[name]}: ${way.cannot[name]}`] : [])),
  );
  process.stdout.write(
    `\n${[head, ...rows].map((row) => row.join('  ')).join('\n')}\n✓ kept   – the platform cannot   ✗ broken\n${reasons.join('\n')}\n\n`,
  );
});
