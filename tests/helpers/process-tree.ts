import { readdirSync, readFileSync } from 'node:fs';

export interface TreeProcess {
  pid: number;
  command: string;
}

/** The file of a process; empty when it is gone. */
function read(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}

/** A process and everything that descends from it now. */
export function treeOf(root: number): TreeProcess[] {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => ({ pid: Number(name), parent: Number(/^\d+ \(.*\) \S (\d+)/s.exec(read(Number(name), 'stat'))?.[1]) }));
  const found = [root];
  for (const pid of found) found.push(...all.filter(({ parent }) => parent === pid).map((each) => each.pid));
  return found.map((pid) => ({ pid, command: read(pid, 'cmdline').replaceAll('\0', ' ').trim() }));
}

/** Those that still run; a zombie has ended. */
export const alive = (tree: readonly TreeProcess[]): TreeProcess[] => tree.filter(({ pid }) => /^\d+ \(.*\) [^Z]/s.test(read(pid, 'stat')));
