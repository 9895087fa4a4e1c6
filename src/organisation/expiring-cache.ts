import type { Clock } from '../foundation/clock';

/**
 * Remembers answers of the roster for a short while. Only what was found is kept, so that somebody just imported is
 * known at once; a change made by another process is seen after `lifetimeMs`.
 */
export class ExpiringCache<V> {
  private readonly entries = new Map<string, { value: V; until: number }>();

  constructor(
    private readonly clock: Clock,
    private readonly lifetimeMs: number,
    private readonly capacity: number,
  ) {}

  async get<T extends V>(key: string, load: () => Promise<T | null>): Promise<T | null> {
    const now = this.clock.now().getTime();
    const entry = this.entries.get(key);
    if (entry && now < entry.until && entry.until - now <= this.lifetimeMs) return entry.value as T;
    const value = await load();
    if (value === null) return null;
    if (this.entries.size >= this.capacity) this.entries.clear();
    this.entries.set(key, { value, until: now + this.lifetimeMs });
    return value;
  }

  clear(): void {
    this.entries.clear();
  }
}
