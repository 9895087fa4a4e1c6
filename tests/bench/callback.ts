import { cpus, loadavg } from 'node:os';
import { type Answered, fire, type Turn, untilAnswered } from './race/load';
import { said, shot } from './race/messages';
import { cpuSeconds, median, percentile } from './race/process-figures';
import { type Kind, type Running, startServer } from './race/servers';
import { openStage, type Stage, settleDay, settleOurs } from './race/stage';

const rounds = Number(process.env['BENCH_ROUNDS'] ?? 7);
const seconds = Number(process.env['BENCH_SECONDS'] ?? 3);
/** Before anything counts: the engine compiles for thousands of messages, and every member has been seen. */
const warmUp = Number(process.env['BENCH_WARM_UP'] ?? 6_000);
const width = Number(process.env['BENCH_CONNECTIONS'] ?? 32);

/** One server of the race with what it has done so far. */
interface Racer {
  name: string;
  kind: Kind;
  what: string;
  server: Running;
  /** Messages it has been sent. */
  sent: number;
  acknowledged: Answered[];
  refused: number;
  turns: { rate: number; ms: number[]; appMicros: number; storeMicros: number }[];
}

const entrants: { name: string; kind: Kind; what: string }[] = [
  { name: 'bare', kind: 'bare', what: 'node:http + crypto + one journalled insert' },
  { name: 'ours', kind: 'ours', what: 'the product, role web' },
  { name: 'day', kind: 'day', what: "Koa + @wecom/crypto + mongoose, a day's work" },
  { name: 'again', kind: 'bare', what: 'the bare server once more: what two equal ones differ by' },
];

/** Encrypted WeCom bot callback → durable record → encrypted answer, by each server in turn, on one store. `names`: only these servers. */
export async function run(print: (line: string) => void, names: readonly string[] = []): Promise<void> {
  const stage = await openStage();
  const racers: Racer[] = [];
  try {
    print(`${stage.describe}`);
    print(
      `${cpus().length} cores, load ${loadavg()[0]?.toFixed(1)}, node ${process.version}; ${width} connections, ${rounds} rounds of ${seconds} s each`,
    );
    for (const entrant of entrants) if (names.length === 0 || names.includes(entrant.name)) racers.push(await enter(stage, entrant));
    for (const racer of racers) await turn(stage, racer, { most: warmUp });
    for (let round = 0; round < rounds; round++) for (const racer of racers) racer.turns.push(await turn(stage, racer, { seconds }));
    table(racers, print);
    for (const racer of racers) await check(stage, racer, print);
    print(`load at the end ${loadavg()[0]?.toFixed(1)}`);
  } finally {
    for (const { server } of racers) await server.stop();
    await stage.close();
  }
}

async function enter(stage: Stage, entrant: (typeof entrants)[number]): Promise<Racer> {
  const addresses = stage.addresses(entrant.name);
  if (entrant.kind === 'ours') await settleOurs(addresses.mongodbUri);
  if (entrant.kind === 'day') await stage.look(entrant.name, settleDay);
  const server = await startServer(entrant.kind, addresses);
  const first = shot(entrant.name, 0);
  const body = await untilAnswered(server.port, first);
  return { ...entrant, server, sent: 1, acknowledged: [{ shot: first, body, ms: 0 }], refused: 0, turns: [] };
}

/** Lets one server work for some seconds or messages. What it acknowledges is looked for at the end, in whatever turn. */
async function turn(stage: Stage, racer: Racer, until: { seconds?: number; most?: number }): Promise<Racer['turns'][number]> {
  // Made beforehand: more than it can do.
  const count = until.most ?? Math.ceil(Math.max(1_000, ...racer.turns.map(({ rate }) => rate)) * seconds * 2);
  const shots = Array.from({ length: count }, (_, n) => shot(racer.name, racer.sent + n));
  const [app, store] = [cpuSeconds(racer.server.pid), cpuSeconds(stage.storePid)];
  const done: Turn = await fire(racer.server.port, shots, { width, seconds: until.seconds ?? 120 });
  const answered = done.answered.length;
  racer.sent += count;
  racer.acknowledged.push(...done.answered);
  racer.refused += done.refused;
  return {
    rate: answered / done.seconds,
    ms: done.answered.map(({ ms }) => ms),
    appMicros: ((cpuSeconds(racer.server.pid) - app) / answered) * 1e6,
    storeMicros: ((cpuSeconds(stage.storePid) - store) / answered) * 1e6,
  };
}

function table(racers: Racer[], print: (line: string) => void): void {
  print(
    'server   messages/s   p50 ms   p99 ms   app CPU µs   store CPU µs   (medians of the rounds; CPU per message, in brackets the least)',
  );
  for (const { name, what, turns } of racers) {
    const ms = turns.flatMap((each) => each.ms);
    const figures = [
      median(turns.map(({ rate }) => rate))
        .toFixed(0)
        .padStart(10),
      percentile(ms, 0.5).toFixed(1).padStart(8),
      percentile(ms, 0.99).toFixed(1).padStart(8),
      withLeast(turns.map(({ appMicros }) => appMicros)),
      withLeast(turns.map(({ storeMicros }) => storeMicros)),
    ];
    print(`${name.padEnd(6)}${figures.join(' ')}   ${what}`);
  }
  const ratio = (one: string, other: string, note = ''): void => {
    const [a, b] = [turnsOf(racers, one), turnsOf(racers, other)];
    if (a.length === 0 || b.length === 0) return;
    const rates = a.map(({ rate }, at) => rate / (b[at]?.rate ?? Number.NaN));
    const cpu = a.map(({ appMicros }, at) => (b[at]?.appMicros ?? Number.NaN) / appMicros);
    const range = `${Math.min(...rates).toFixed(2)}–${Math.max(...rates).toFixed(2)}`;
    const least = leastApp(b) / leastApp(a);
    const figures = `${median(rates).toFixed(2)} by messages/s (${range} over the rounds), ${median(cpu).toFixed(2)} by app CPU, ${least.toFixed(2)} by the least of it`;
    print(`${`${one}/${other}`.padEnd(12)} ${figures}${note}`);
  };
  ratio('ours', 'bare', ' (aim 0.40)');
  ratio('ours', 'day', ' (aim 1.25)');
  ratio('day', 'bare');
  ratio('again', 'bare', ' (A/A: far from 1 means that the machine was too busy to tell)');
}

const leastApp = (turns: Racer['turns']): number => Math.min(...turns.map(({ appMicros }) => appMicros));
/** What others do on the machine makes a message dearer, never cheaper: the least is nearest to what it needs. */
const withLeast = (micros: readonly number[]): string => `${median(micros).toFixed(0)} (${Math.min(...micros).toFixed(0)})`.padStart(14);
const turnsOf = (racers: Racer[], name: string): Racer['turns'] => racers.find((racer) => racer.name === name)?.turns ?? [];

/** Every acknowledged record must be there, under its id, with the words that were sent. */
async function check(stage: Stage, { name, kind, acknowledged, refused }: Racer, print: (line: string) => void): Promise<void> {
  const kept = await stage.look(name, async (db) => {
    const collection = db.collection(kind === 'ours' ? 'contact_records' : 'records');
    const rows = await collection.find({}, { projection: { id: 1, msgid: 1, text: 1 } }).toArray();
    return new Map(rows.map((row) => [String(row['id'] ?? row['msgid'] ?? row._id), row['text'] as string]));
  });
  const ids = new Set<string>();
  let wrong = 0;
  for (const { shot: sent, body } of acknowledged) {
    const id = /R\d+|\[(.+?)\]/.exec(said(body));
    const found = id?.[1] ?? id?.[0] ?? '';
    if (kept.get(found) !== sent.text || ids.has(found)) wrong += 1;
    ids.add(found);
  }
  const problems = [
    ...(wrong > 0 ? [`${wrong} ACKNOWLEDGED RECORDS ARE MISSING, DOUBLE OR NOT WHAT WAS SENT`] : []),
    ...(refused > 0 ? [`${refused} messages were not answered`] : []),
  ];
  print(
    `${name.padEnd(6)} ${acknowledged.length} acknowledged, ${kept.size} kept: ${problems.join('; ') || 'every one is in the database'}`,
  );
  if (wrong > 0) process.exitCode = 1;
}
