import { BSONRegExp, Double } from 'bson';
import { isNaNValue, isOperators } from './matcher';
import { afterPrefix, encode, inverted, orderOf } from './order';
import { literalPrefix } from './regular';
import { type Doc, isDoc, isNumeric, typeName, type Value } from './values';

/** A place among encoded values: just before all that begins with `bytes`, or just after. */
export interface Edge {
  bytes: Buffer;
  after: boolean;
}

/** The values between two edges. */
export interface Interval {
  from: Edge;
  to: Edge;
  /** One value only. */
  point: boolean;
}

/** What one condition of a filter says about one path. */
export interface Predicate {
  path: string;
  intervals: Interval[];
  /** Whether exactly the values within the intervals meet the condition, as long as no array is involved. */
  exact: boolean;
}

export interface Analysis {
  predicates: Predicate[];
  /** Whether every condition of the filter became a predicate. */
  complete: boolean;
  /** Branches of a `$or`, each to be planned for itself. */
  or: Doc[] | undefined;
}

const before = (bytes: Buffer): Edge => ({ bytes, after: false });
const after = (bytes: Buffer): Edge => ({ bytes, after: true });

const edgeBytes = ({ bytes, after: isAfter }: Edge): Buffer => (isAfter ? afterPrefix(bytes) : bytes);

export const compareEdges = (a: Edge, b: Edge): number => Buffer.compare(edgeBytes(a), edgeBytes(b));

/** The same place among the parts of an index key; turned round in a descending field. */
export function keyEdge({ bytes, after: isAfter }: Edge, descending: boolean): Buffer {
  return edgeBytes(descending ? { bytes: inverted(bytes), after: !isAfter } : { bytes, after: isAfter });
}

/** Takes from a filter what an index can answer; what remains is left to the matcher. */
export function analyse(filter: Doc): Analysis {
  const result: Analysis = { predicates: [], complete: true, or: undefined };
  for (const [key, condition] of filter) {
    if (key === '$and' && Array.isArray(condition)) {
      for (const clause of condition) if (isDoc(clause)) merge(result, analyse(clause));
    } else if (key === '$or' && Array.isArray(condition)) {
      result.complete = false;
      result.or ??= condition.filter(isDoc);
    } else if (key.startsWith('$')) result.complete = false;
    else for (const predicate of ofField(key, condition)) add(result, predicate);
  }
  return result;
}

function merge(result: Analysis, inner: Analysis): void {
  result.predicates.push(...inner.predicates);
  result.complete &&= inner.complete;
  result.or ??= inner.or;
}

function add(result: Analysis, predicate: Predicate | undefined): void {
  if (predicate) result.predicates.push(predicate);
  if (!predicate?.exact) result.complete = false;
}

function ofField(path: string, condition: Value): Array<Predicate | undefined> {
  if (!isDoc(condition) || !isOperators(condition)) return [asPredicate(path, equals(condition), condition)];
  return [...condition].filter(([operator]) => operator !== '$options').map(([operator, operand]) => ofOperator(path, operator, operand));
}

const asPredicate = (path: string, intervals: Interval[] | undefined, operand: Value): Predicate | undefined =>
  intervals && { path, intervals, exact: !(operand instanceof BSONRegExp) };

function ofOperator(path: string, operator: string, operand: Value): Predicate | undefined {
  switch (operator) {
    case '$eq':
      return operand instanceof BSONRegExp ? undefined : asPredicate(path, equals(operand), operand);
    case '$in': {
      const lists = (operand as Value[]).map(equals);
      if (lists.includes(undefined) || (operand as Value[]).some((item) => item instanceof BSONRegExp)) return undefined;
      return { path, intervals: sorted(lists.flatMap((list) => list ?? [])), exact: true };
    }
    case '$gt':
    case '$gte':
    case '$lt':
    case '$lte':
      return asPredicate(path, range(operator, operand), operand);
    default:
      return undefined;
  }
}

/** Intervals in order and each once. */
function sorted(intervals: Interval[]): Interval[] {
  const ordered = [...intervals].sort((a, b) => compareEdges(a.from, b.from));
  return ordered.filter((interval, index) => index === 0 || compareEdges(interval.from, (ordered[index - 1] as Interval).from) !== 0);
}

function equals(operand: Value): Interval[] | undefined {
  // An array equals the whole field as well as an element; the index holds elements only.
  if (Array.isArray(operand)) return undefined;
  const bytes = encode(operand);
  const point = { from: before(bytes), to: after(bytes), point: true };
  if (!(operand instanceof BSONRegExp)) return [point];
  const prefix = literalPrefix(operand);
  if (prefix === '') return undefined;
  const start = encode(prefix).subarray(0, -2);
  return sorted([{ from: before(start), to: after(start), point: false }, point]);
}

function range(operator: string, operand: Value): Interval[] | undefined {
  const type = typeName(operand);
  if (['array', 'null', 'minKey', 'maxKey', 'regex'].includes(type) || isNaNValue(operand)) return undefined;
  const bytes = encode(operand);
  // NaN is the least number in the index and lies outside every range.
  const floor = before(isNumeric(operand) ? encode(new Double(Number.NEGATIVE_INFINITY)) : Buffer.of(orderOf(operand)));
  const ceiling = before(Buffer.of(orderOf(operand) + 1));
  const intervals: Record<string, [Edge, Edge]> = {
    $gt: [after(bytes), ceiling],
    $gte: [before(bytes), ceiling],
    $lt: [floor, before(bytes)],
    $lte: [floor, after(bytes)],
  };
  const [from, to] = intervals[operator] as [Edge, Edge];
  return [{ from, to, point: false }];
}

/** What lies in both lists. */
export function intersect(a: Interval[], b: Interval[]): Interval[] {
  return a.flatMap((x) =>
    b.flatMap((y) => {
      const from = compareEdges(x.from, y.from) >= 0 ? x.from : y.from;
      const to = compareEdges(x.to, y.to) <= 0 ? x.to : y.to;
      return compareEdges(from, to) < 0 ? [{ from, to, point: x.point || y.point }] : [];
    }),
  );
}
