import { Command, type Reply } from './command';
import { version } from './commands-admin';
import { splitPipeline } from './commands-aggregate';
import { countQuery, countRows, distinctQuery, findQuery } from './commands-read';
import { statementOf } from './commands-write';
import { notDone, StoreError } from './failure';
import type { Plan } from './planner';
import { planQuery, type Query, queryRows } from './query';
import { Work } from './scan';
import type { Doc } from './values';

/** Which index a command uses and how much it looks at: `queryPlanner` and `executionStats` in MongoDB's shape. */
export function explain(command: Command): Reply {
  command.allow('verbosity');
  const inner = command.doc('explain');
  if (!inner) throw new StoreError('TypeMismatch', "BSON field 'explain.explain' is the wrong type, expected type 'object'");
  const body: Doc = new Map([...inner, ['$db', command.database]]);
  const asked = new Command({ ...command.request, body }, command.store);
  const { query, covered } = questionOf(asked);
  const plan = planQuery(query);
  const work = new Work(() => 0);
  const nReturned = covered ? countCovered(asked, query, plan, work) : countOf(queryRows(command.store, query, work));
  const winningPlan = shownPlan(query, plan, covered);
  const stats = {
    executionSuccess: true,
    nReturned,
    executionTimeMillis: 0,
    totalKeysExamined: work.keys,
    totalDocsExamined: work.documents,
  };
  const verbose = command.get('verbosity') !== 'queryPlanner';
  return {
    explainVersion: '1',
    queryPlanner: { namespace: asked.namespace, parsedQuery: query.filter, winningPlan, rejectedPlans: [] },
    ...(verbose ? { executionStats: { ...stats, executionStages: { ...winningPlan, nReturned } } } : {}),
    command: body,
    serverInfo: { version, builtInStore: true },
    ok: 1,
  };
}

function countOf(rows: Iterable<unknown>): number {
  let n = 0;
  for (const row of rows) n += row ? 1 : 0;
  return n;
}

function questionOf(asked: Command): { query: Query; covered: boolean } {
  switch (asked.name) {
    case 'find':
      return { query: findQuery(asked), covered: false };
    case 'aggregate': {
      const { query, isCount } = splitPipeline(asked);
      return { query, covered: isCount };
    }
    case 'count':
      return { query: countQuery(asked), covered: true };
    case 'distinct':
      return { query: distinctQuery(asked), covered: false };
    case 'update':
    case 'delete':
    case 'findAndModify':
    case 'findandmodify':
      return { query: statementOf(asked), covered: false };
    default:
      throw notDone(`explain of ${asked.name}`, 'CommandNotFound');
  }
}

function countCovered(asked: Command, query: Query, plan: Plan | undefined, work: Work): number {
  if (!plan) return 0;
  const n = countRows(asked, query, work);
  if (plan.exact && !plan.repeats && plan.index) work.keys = n;
  return n;
}

function shownPlan(query: Query, plan: Plan | undefined, covered: boolean): Record<string, unknown> {
  if (!plan) return { stage: 'EOF' };
  const scan = scanStage(query, plan);
  const counted =
    covered && plan.exact && !plan.repeats ? { stage: plan.index ? 'COUNT_SCAN' : 'RECORD_STORE_FAST_COUNT', inputStage: scan } : scan;
  return plan.sorted
    ? counted
    : { stage: 'SORT', sortPattern: query.sort.map(({ path, direction }) => ({ path, direction })), inputStage: counted };
}

function scanStage(query: Query, plan: Plan): Record<string, unknown> {
  if (plan.branches) return { stage: 'OR', inputStages: plan.branches.map((branch) => scanStage(query, branch)) };
  const direction = plan.reverse ? 'backward' : 'forward';
  if (!plan.index) return { stage: 'COLLSCAN', direction, ...(plan.exact ? {} : { filter: query.filter }) };
  const { name, spec, unique, sparse, partial, multikey } = plan.index;
  return {
    stage: 'FETCH',
    ...(plan.exact ? {} : { filter: query.filter }),
    inputStage: {
      stage: 'IXSCAN',
      keyPattern: spec.get('key'),
      indexName: name,
      isMultiKey: multikey.includes(true),
      isUnique: unique,
      isSparse: sparse,
      isPartial: partial !== undefined,
      direction,
      ranges: plan.ranges.length,
    },
  };
}
