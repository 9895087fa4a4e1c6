import { join } from 'node:path';
import { needsBuiltInStore } from './built-in-store';
import { endOf, startChild, stopChild } from './child-process';
import { cliTexts as texts } from './texts';
import { withStarted } from './until-stopped';

const entry = join(__dirname, '../../packages/mongo-store/main.js');

/** `npm run store -- --port 27018`: the built-in store alone, on the demo's data unless --folder names another. */
export async function store(args: string[]): Promise<number> {
  needsBuiltInStore();
  const folder = args.includes('--folder') ? [] : ['--folder', '.data/mongodb'];
  const child = startChild(process.execPath, [entry, ...folder, ...args], 'inherit');
  return withStarted(async (started) => {
    started.add(texts.builtInStore, () => stopChild(child));
    await endOf(child);
    return child.exitCode ?? 1;
  }, 0);
}
