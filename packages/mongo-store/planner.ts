import { type Analysis, analyse, compareEdges, type Edge, type Interval, intersect, keyEdge, type Predicate } from './bounds';
import { type Collection, type Index, indexPrefix, recordKey } from './catalog';
import { partLimit } from './index-keys';
import { afterPrefix, equal, keyPart } from './order';
import type { SortKey } from './sorting';
import { type Doc, isDoc, type Value } from './values';

/** How the documents of a command are found. */
export interface Plan {
  /** Undefined: the documents themselves in the order of insertion. */
  index: Index | undefined;
  ranges: Array<[Buffer, Buffer]>;
  reverse: boolean;
  /** Whether the documents come in the order asked for. */
  sorted: boolean;
  /** Whether every document found meets the filter, so that it need not be looked at. */
  exact: boolean;
  /** Whether one document may come more than once. */
  repeats: boolean;
  /** The one key of a unique index that answers the question, instead of its range. */
  key?: Buffer;
  /** The plans of the branches of a `$or`, instead of ranges. */
  branches: Plan[] | undefined;
  score: number;
}

interface Question {
  filter: Doc;
  sort: SortKey[];
  limit: number;
  /** The index to use whatever it costs. */
  hint?: Index;
}

const mostRanges = 400;

/** Chooses the index for a question, unless one is named. An index may change the speed, never the answer. */
export function plan(collection: Collection, question: Question): Plan {
  const analysis = analyse(question.filter);
  if (question.hint) return withIndex(collection, question.hint, question, analysis) ?? whole(collection, question.hint, question);
  let best = scan(collection, question, analysis);
  for (const index of collection.indexes) {
    if (!helps(index, question, analysis)) continue;
    const candidate = withIndex(collection, index, question, analysis);
    if (candidate && candidate.score > best.score) best = candidate;
    if (best.key) return best;
  }
  if (best.score < 10 && analysis.or) return unionPlan(collection, analysis.or) ?? best;
  return best;
}

/** Most indexes have nothing to do with a question. */
const helps = ({ fields: [first] }: Index, question: Question, { predicates }: Analysis): boolean =>
  question.sort.length > 0 || predicates.some(({ path }) => path === first?.path);

function scan(collection: Collection, question: Question, analysis: Analysis): Plan {
  return {
    index: undefined,
    ranges: [[recordKey(collection, 0), indexPrefix(collection, 1)]],
    reverse: false,
    sorted: question.sort.length === 0,
    exact: analysis.complete && analysis.predicates.length === 0,
    repeats: false,
    branches: undefined,
    score: 0,
  };
}

function unionPlan(collection: Collection, branches: Doc[]): Plan | undefined {
  const plans = branches.map((filter) => plan(collection, { filter, sort: [], limit: 0 }));
  if (plans.some(({ score }) => score < 10)) return undefined;
  return { index: undefined, ranges: [], reverse: false, sorted: false, exact: false, repeats: true, branches: plans, score: 10 };
}

/** A named index without usable bounds is read from end to end, also where it leaves documents out. */
function whole(collection: Collection, index: Index, question: Question): Plan {
  const prefix = indexPrefix(collection, index.id);
  const range: [Buffer, Buffer] = [prefix, afterPrefix(prefix)];
  const repeats = index.multikey.includes(true);
  return {
    index,
    ranges: [range],
    reverse: false,
    sorted: question.sort.length === 0,
    exact: false,
    repeats,
    branches: undefined,
    score: 1,
  };
}

interface Bounded {
  ranges: Array<[Buffer, Buffer]>;
  /** How many leading fields are held to one value each. */
  points: number;
  /** How many fields have any bound. */
  fields: number;
  used: Set<Predicate>;
}

function withIndex(collection: Collection, index: Index, question: Question, analysis: Analysis): Plan | undefined {
  if (!holdsAll(index, question.filter, analysis)) return undefined;
  const bounded = bound(collection, index, analysis);
  const multikey = index.multikey.includes(true);
  const order = multikey || index.cut || bounded.ranges.length > 1 ? 0 : sortDirection(index, question, bounded.points);
  if (bounded.fields === 0 && (order === 0 || question.sort.length === 0) && question.hint !== index) return undefined;
  const exact = analysis.complete && !multikey && !index.cut && analysis.predicates.every((predicate) => bounded.used.has(predicate));
  const sorted = question.sort.length === 0 || order !== 0;
  const unique = index.unique && bounded.points === index.fields.length ? 1000 : 0;
  const orderly = question.sort.length > 0 && order !== 0 ? (question.limit > 0 ? 8 : 6) : 0;
  const score = unique + bounded.points * 20 + (bounded.fields - bounded.points) * 12 + orderly + (exact ? 1 : 0);
  const whole = unique > 0 && bounded.ranges.length === 1 ? { key: (bounded.ranges[0] as [Buffer, Buffer])[0] } : {};
  return { index, ranges: bounded.ranges, reverse: order < 0, sorted, exact, repeats: multikey, branches: undefined, score, ...whole };
}

/** 1 or -1 when reading the index that way gives the order asked for, else 0. Fields held to one value do not matter. */
function sortDirection(index: Index, question: Question, points: number): number {
  const fixed = new Set(index.fields.slice(0, points).map(({ path }) => path));
  const wanted = question.sort.filter(({ path }) => !fixed.has(path));
  let direction = 0;
  for (const [at, key] of wanted.entries()) {
    const field = index.fields[points + at];
    if (field?.path !== key.path) return 0;
    const here = key.direction < 0 === field.descending ? 1 : -1;
    if (direction !== 0 && here !== direction) return 0;
    direction = here;
  }
  return direction === 0 ? 1 : direction;
}

function bound(collection: Collection, index: Index, analysis: Analysis): Bounded {
  let prefixes = [indexPrefix(collection, index.id)];
  const result: Bounded = { ranges: [], points: 0, fields: 0, used: new Set() };
  let throughArray = false;
  for (const [at, field] of index.fields.entries()) {
    const own = analysis.predicates.filter(({ path }) => path === field.path);
    if (own.length === 0 || (index.multikey[at] && throughArray)) break;
    throughArray ||= index.multikey[at] === true;
    const intervals = index.multikey[at] ? best(own).intervals : own.map((one) => one.intervals).reduce(intersect);
    for (const predicate of index.multikey[at] ? [best(own)] : own) result.used.add(predicate);
    if (prefixes.length * intervals.length > mostRanges) {
      for (const predicate of own) result.used.delete(predicate);
      break;
    }
    result.fields++;
    const keyed = intervals.map((interval) => intoKey(interval, field.descending, partLimit(index.fields.length)));
    if (field.descending) keyed.reverse();
    if (!intervals.every(({ point }) => point)) {
      result.ranges = prefixes.flatMap((prefix) =>
        keyed.map(([from, to]) => [Buffer.concat([prefix, from]), Buffer.concat([prefix, to])] as [Buffer, Buffer]),
      );
      return result;
    }
    if (intervals.length === 1 && result.points === at) result.points++;
    prefixes = prefixes.flatMap((prefix) => keyed.map(([from]) => Buffer.concat([prefix, from])));
  }
  result.ranges = prefixes.map((prefix) => [prefix, afterPrefix(prefix)]);
  return result;
}

const best = (predicates: Predicate[]): Predicate =>
  predicates.find(({ intervals }) => intervals.every(({ point }) => point)) ?? (predicates[0] as Predicate);

/** An interval over values as one over parts of a key: cut as the keys are, turned round for a descending field. */
function intoKey(interval: Interval, descending: boolean, limit: number): [Buffer, Buffer] {
  if (interval.point) {
    const { bytes } = keyPart(interval.from.bytes, descending, limit);
    return [bytes, afterPrefix(bytes)];
  }
  // A cut value keeps its first bytes; the range is widened to them, and the matcher sorts out the rest.
  const widened = (edge: Edge, isAfter: boolean): Edge =>
    edge.bytes.length > limit - 32 ? { bytes: edge.bytes.subarray(0, limit - 32), after: isAfter } : edge;
  const from = keyEdge(widened(interval.from, false), descending);
  const to = keyEdge(widened(interval.to, true), descending);
  return descending ? [to, from] : [from, to];
}

/** Whether a sparse or partial index has every document that the filter can match. */
function holdsAll(index: Index, filter: Doc, analysis: Analysis): boolean {
  if (index.sparse) {
    const asksPresence = index.fields.some(({ path }) =>
      analysis.predicates.some((predicate) => predicate.path === path && !reachesNull(predicate)),
    );
    if (!asksPresence) return false;
  }
  if (!index.partial) return true;
  const partial = index.spec.get('partialFilterExpression') as Doc;
  return implies(filter, partial);
}

const reachesNull = ({ intervals }: Predicate): boolean => intervals.some(({ from }) => (from.bytes[0] as number) <= 10);

/** Whether each condition of `partial` stands in the filter itself, or follows from it in a plain way. */
function implies(filter: Doc, partial: Doc): boolean {
  return [...partial].every(([key, condition]) => {
    if (key === '$and') return (condition as Doc[]).every((clause) => implies(filter, clause));
    if (key.startsWith('$')) return [...filter].some(([own, value]) => own === key && equal(value, condition));
    return impliesField(filter, key, condition);
  });
}

function impliesField(filter: Doc, path: string, condition: Value): boolean {
  const stated = [...filter].some(([key, value]) => key === path && equal(value, condition));
  if (stated) return true;
  const inner = filter.get('$and');
  if (Array.isArray(inner) && inner.some((clause) => isDoc(clause) && impliesField(clause, path, condition))) return true;
  const own = filter.get(path);
  if (own === undefined) return false;
  const wanted = analyse(new Map([[path, condition]]));
  const given = analyse(new Map([[path, own]]));
  if (isDoc(condition) && condition.size === 1 && condition.get('$exists') === true)
    return given.predicates.some((one) => !reachesNull(one));
  if (isDoc(condition) && condition.size === 1 && condition.get('$type') === 'string') return typeof own === 'string';
  if (!wanted.complete || wanted.predicates.length === 0) return false;
  return wanted.predicates.every(({ intervals }) => given.predicates.some((one) => within(one.intervals, intervals)));
}

const within = (inner: Interval[], outer: Interval[]): boolean =>
  inner.every((one) => outer.some((other) => compareEdges(one.from, other.from) >= 0 && compareEdges(one.to, other.to) <= 0));
