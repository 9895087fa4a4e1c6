import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Connection } from 'mongoose';
import { numberSeries } from '../../src/foundation/ids';
import { connectMongo } from '../../src/foundation/mongo';
import { freshDatabase } from '../helpers/services';

const sorted = (numbers: readonly number[]): number[] => numbers.toSorted((a, b) => a - b);
const from = (first: number, count: number): number[] => Array.from({ length: count }, (_, n) => first + n);

describe('the numbers of a series', () => {
  let connections: Connection[];
  beforeAll(async () => {
    const uri = freshDatabase();
    connections = [await connectMongo(uri), await connectMongo(uri)];
  });
  afterAll(() => Promise.all(connections.map((each) => each.close())));
  const series = (process: number, name: string) => numberSeries(connections[process] as Connection, name, 1024);

  it('follow one another without a gap, one by one and many at once', async () => {
    const next = series(0, 'R');
    expect([await next('yunchuan'), await next('yunchuan')]).toEqual([1024, 1025]);
    const many = await Promise.all(from(0, 250).map(() => next('yunchuan')));
    expect(many).toEqual(from(1026, 250));
    expect(await next('yunchuan')).toBe(1276);
  });

  it('stay without a gap where two processes take them at the same time, also from the very first', async () => {
    const both = [series(0, 'S'), series(1, 'S')];
    const rounds = [];
    for (let round = 0; round < 5; round++) {
      rounds.push(...both.flatMap((next) => from(0, 40).map(() => next('yunchuan'))));
      await new Promise((resolve) => setTimeout(resolve, round));
    }
    expect(sorted(await Promise.all(rounds))).toEqual(from(1024, 400));
  });

  it('belong to one body and one series', async () => {
    const next = series(0, 'A');
    expect(await Promise.all([next('one'), next('two'), next('one')])).toEqual([1024, 1024, 1025]);
  });
});
