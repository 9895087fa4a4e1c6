import { createInterface } from 'node:readline';
import { loadVocabulary } from '../../config/load-vocabulary';
import { createReader, type ReadContext, type Reader } from '../reader';
import { intents } from '../readings';
import { explain } from './explain';
import { cliTexts as texts } from './texts';

interface Input {
  id: unknown;
  text: string;
  today: string;
  context?: Partial<ReadContext>;
}

/**
 * `read`: JSON lines {id, text, today, context?} on standard input to {id, reading} on standard output.
 * `read --explain '/记录 …' [--today 2026-09-23]`: the reading of one line as a table for a person.
 * @returns the exit code: 0, or 2 when an argument or a line cannot be used.
 */
export async function read(args: string[]): Promise<number> {
  const reader = createReader(loadVocabulary(), intents);
  const at = args.indexOf('--explain');
  if (at >= 0) return explainOne(reader, args, at);
  return readLines(reader);
}

function explainOne(reader: Reader, args: readonly string[], at: number): number {
  const text = args[at + 1];
  const today = args.includes('--today')
    ? args[args.indexOf('--today') + 1]
    : new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
  if (!text || !today || !/^\d{4}-\d{2}-\d{2}$/.test(today)) {
    process.stderr.write(`${texts.readUsage}\n`);
    return 2;
  }
  process.stdout.write(explain(text, today, reader.read(text, { today })));
  return 0;
}

async function readLines(reader: Reader): Promise<number> {
  const lines: string[] = [];
  for await (const line of createInterface({ input: process.stdin })) if (line.trim()) lines.push(line);
  const out: string[] = [];
  for (const [i, line] of lines.entries()) {
    const input = parsed(line);
    if (!input) {
      process.stderr.write(`${texts.unreadable(i + 1)}\n`);
      return 2;
    }
    out.push(JSON.stringify({ id: input.id, reading: reader.read(input.text, { ...input.context, today: input.today }) }));
  }
  if (out.length > 0) await new Promise<void>((done) => process.stdout.write(`${out.join('\n')}\n`, () => done()));
  return 0;
}

function parsed(line: string): Input | null {
  try {
    const input = JSON.parse(line) as Partial<Input>;
    const usable = typeof input.text === 'string' && typeof input.today === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(input.today);
    return usable ? (input as Input) : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
