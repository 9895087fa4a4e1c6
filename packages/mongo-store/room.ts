import { existsSync, readFileSync, statfsSync, statSync } from 'node:fs';
import { StoreError } from './failure';

/** More than one commit ever takes: a message has 48 MB at most. */
const margin = 64 * 1024 * 1024;

/**
 * Whether there is room for another commit. Asked before each, because lmdb 3.5.6 writes its message about a failed write
 * beyond the memory it has for it, and the process dies of that: LMDB itself must never meet a full disk.
 */
export class Room {
  private limit = fileLimit();

  constructor(
    private readonly folder: string,
    private readonly file: string,
  ) {}

  check(): void {
    const { bavail, bsize } = statfsSync(this.folder);
    if (bavail * bsize < margin || !this.mayGrow())
      throw new StoreError('OutOfDiskSpace', `The data could not be written: fewer than ${margin >> 20} MB are free for ${this.file}`);
  }

  // A limit for this process is rare; where there is one, it may be lifted meanwhile.
  private mayGrow(): boolean {
    if (this.limit === Number.POSITIVE_INFINITY) return true;
    this.limit = fileLimit();
    return !existsSync(this.file) || statSync(this.file).size + margin <= this.limit;
  }
}

/** How large a file of this process may become. Only Linux tells; elsewhere none is assumed. */
function fileLimit(): number {
  const limits = existsSync('/proc/self/limits') ? readFileSync('/proc/self/limits', 'utf8') : '';
  const found = /^Max file size\s+(\d+)/m.exec(limits);
  return found ? Number(found[1]) : Number.POSITIVE_INFINITY;
}
