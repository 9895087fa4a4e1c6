import { cpus, loadavg } from 'node:os';
import { untilAnswered } from './race/load';
import { said, shot } from './race/messages';
import { median, residentMb } from './race/process-figures';
import { type Kind, startServer } from './race/servers';
import { openStage, type Stage, settleOurs } from './race/stage';

const rounds = Number(process.env['BENCH_ROUNDS'] ?? 7);
/** Until what a start leaves behind has been collected and the jobs have looked once. */
const idleMs = 8_000;

/** From the start of a process to its first answer with a record, ours and the bare one in turn; then what each role keeps in memory at rest. */
export async function run(print: (line: string) => void): Promise<void> {
  const stage = await openStage();
  try {
    print(stage.describe);
    print(`${cpus().length} cores, load ${loadavg()[0]?.toFixed(1)}, node ${process.version}; ${rounds} starts of each, in turn`);
    await settleOurs(stage.addresses('ours').mongodbUri);
    const times: Record<'ours' | 'bare', number[]> = { ours: [], bare: [] };
    // The first start of each fills the system's own caches and makes the indexes: it does not count.
    for (let round = 0; round <= rounds; round++)
      for (const kind of ['bare', 'ours'] as const) {
        const ms = await firstAnswer(stage, kind, round);
        if (round > 0) times[kind].push(ms);
      }
    for (const [kind, ms] of Object.entries(times))
      print(`${kind.padEnd(6)} start to the first answer with a record ${median(ms).toFixed(0)} ms (${span(ms)})`);
    const ratios = times.ours.map((ms, at) => ms / (times.bare[at] ?? Number.NaN));
    print(`ours/bare    ${median(ratios).toFixed(2)} (aim 2.50 at most)`);
    for (const [role, aim] of [
      ['web', 80],
      ['worker', 90],
      ['both', 110],
    ] as const)
      print(`${role.padEnd(6)} ${(await atRest(stage, role)).toFixed(0)} MB resident at rest (aim ${aim} at most)`);
    print(`load at the end ${loadavg()[0]?.toFixed(1)}`);
  } finally {
    await stage.close();
  }
}

const span = (values: readonly number[]): string => `${Math.min(...values).toFixed(0)}–${Math.max(...values).toFixed(0)}`;

async function firstAnswer(stage: Stage, kind: Kind, n: number): Promise<number> {
  const message = shot(`${kind}-start`, n);
  const from = performance.now();
  const server = await startServer(kind, stage.addresses(kind));
  try {
    const answer = said(await untilAnswered(server.port, message));
    const ms = performance.now() - from;
    if (!/R\d+|已记录 \[/.test(answer)) throw new Error(`${kind} answered, but not with a record: ${answer}`);
    return ms;
  } finally {
    await server.stop();
  }
}

async function atRest(stage: Stage, role: 'web' | 'worker' | 'both'): Promise<number> {
  const server = await startServer('ours', stage.addresses('ours'), role);
  try {
    await new Promise((resolve) => setTimeout(resolve, idleMs));
    return residentMb(server.pid);
  } finally {
    await server.stop();
  }
}
