import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Batcher, type Outcome } from '../../src/foundation/batcher';

interface Row {
  id: number;
  key: string;
  refused: boolean;
}

/** When a row comes: in the same turn as the one before, or some turns of the event loop later. */
const arrivals = fc.array(
  fc.record({ key: fc.constantFrom('a', 'b', 'c'), refused: fc.boolean(), turnsLater: fc.integer({ min: 0, max: 3 }) }),
  { minLength: 1, maxLength: 60 },
);
/** What the store does with its batches, one after the other and then again from the start. */
const fates = fc.array(fc.record({ breaks: fc.boolean(), turns: fc.integer({ min: 0, max: 5 }) }), { minLength: 1, maxLength: 6 });

/** A store that remembers which rows it was given together, what it confirmed and when. */
function storeOf(plan: readonly { breaks: boolean; turns: number }[]) {
  const batches: { rows: Row[]; broke: boolean }[] = [];
  const answered = new Set<number>();
  const underWay: string[] = [];
  const faults: string[] = [];
  const all = async (rows: readonly Row[]): Promise<Outcome<string>[]> => {
    const fate = plan[batches.length % plan.length] ?? { breaks: false, turns: 0 };
    const number = batches.push({ rows: [...rows], broke: fate.breaks });
    for (const { key } of rows) {
      if (underWay.includes(key)) faults.push(`${key} was under way twice`);
      underWay.push(key);
    }
    for (let n = 0; n < fate.turns; n++) await turn();
    for (const { key, id } of rows) {
      underWay.splice(underWay.indexOf(key), 1);
      answered.add(id);
    }
    if (fate.breaks) throw new Error(`batch ${number}`);
    return rows.map(({ id, refused }) => (refused ? { error: new Error(`row ${id}`) } : { value: `kept ${id}` }));
  };
  return { batches, answered, faults, all };
}

describe('a batcher', () => {
  it('gives each row its own outcome, never before the store has answered, and keeps rows of one key in order', async () => {
    await fc.assert(
      fc.asyncProperty(arrivals, fates, async (coming, plan) => {
        const store = storeOf(plan);
        const batcher = new Batcher<Row, string>({ all: store.all, keyOf: ({ key }) => key });
        const told: Promise<{ row: Row; outcome: string; confirmed: boolean }>[] = [];
        for (const [id, { key, refused, turnsLater }] of coming.entries()) {
          for (let n = 0; n < turnsLater; n++) await turn();
          const row = { id, key, refused };
          const outcome = batcher.one(row).catch((error: Error) => error.message);
          told.push(outcome.then((text) => ({ row, outcome: text, confirmed: store.answered.has(id) })));
        }
        for (const { row, outcome, confirmed } of await Promise.all(told)) {
          const at = store.batches.findIndex(({ rows }) => rows.some(({ id }) => id === row.id));
          const own = row.refused ? `row ${row.id}` : `kept ${row.id}`;
          expect(outcome).toBe(store.batches[at]?.broke ? `batch ${at + 1}` : own);
          expect(confirmed).toBe(true);
        }
        const written = store.batches.flatMap(({ rows }) => rows);
        expect(written.map(({ id }) => id).toSorted((a, b) => a - b)).toEqual(coming.map((_, id) => id));
        for (const key of ['a', 'b', 'c']) {
          const ids = written.filter((row) => row.key === key).map(({ id }) => id);
          expect(ids).toEqual(ids.toSorted((a, b) => a - b));
        }
        expect(store.faults).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  it('joins what comes at the same time, and what comes while a batch is under way', async () => {
    const sizes: number[] = [];
    const open: (() => void)[] = [];
    const batcher = new Batcher<number, number>({
      all: async (rows) => {
        sizes.push(rows.length);
        await new Promise<void>((resolve) => open.push(resolve));
        return rows.map((value) => ({ value }));
      },
    });
    const first = [1, 2, 3].map((row) => batcher.one(row));
    await turn();
    await turn();
    const second = [4, 5].map((row) => batcher.one(row));
    await turn();
    expect(sizes).toEqual([3]);
    open.shift()?.();
    expect(await Promise.all(first)).toEqual([1, 2, 3]);
    await turn();
    expect(sizes).toEqual([3, 2]);
    open.shift()?.();
    expect(await Promise.all(second)).toEqual([4, 5]);
  });

  it('does not let a batch that never ends hold up what comes after it', async () => {
    const batcher = new Batcher<string, string>({
      all: (rows) => (rows.includes('stuck') ? new Promise(() => undefined) : Promise.resolve(rows.map((value) => ({ value })))),
    });
    void batcher.one('stuck');
    await turn();
    expect(await batcher.one('free')).toBe('free');
  });

  it('fails a row of which its batch tells nothing', async () => {
    const batcher = new Batcher<number, number>({ all: async (rows) => rows.slice(1).map((value) => ({ value })) });
    await expect(batcher.one(1)).rejects.toThrow('nothing of one of its rows');
  });
});
