import type { Clock } from '../foundation/clock';
import { ExpiringCache } from './expiring-cache';

/** What a body's members are called: the same array as long as they are called the same, looked up again after `rememberMs`. */
export function createMemberNames(load: (body: string) => Promise<string[]>, clock: Clock, rememberMs: number) {
  const fresh = new ExpiringCache<readonly string[]>(clock, rememberMs, 100);
  const newest = new Map<string, readonly string[]>();
  const reload = async (body: string): Promise<readonly string[]> => {
    const found = await load(body);
    const known = newest.get(body);
    const same = known && known.length === found.length && known.every((name, at) => name === found[at]) ? known : found;
    newest.set(body, same);
    return same;
  };
  return {
    of: async (body: string): Promise<readonly string[]> => (await fresh.get(body, () => reload(body))) ?? [],
    clear: (): void => fresh.clear(),
  };
}
