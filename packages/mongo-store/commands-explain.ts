import { Command, type Reply } from './command';
import { version } from './commands-admin';
import { findQuery } from './commands-read';
import { notDone, StoreError } from './failure';
import type { Plan } from './planner';
import { planQuery, type Query } from './query';
import type { Doc } from './values';

/** Which index a find uses: `queryPlanner` in MongoDB's shape. */
export function explain(command: Command): Reply {
  command.allow('verbosity');
  if (command.get('verbosity') !== 'queryPlanner') throw notDone('explain beyond queryPlanner');
  const inner = command.doc('explain');
  if (!inner) throw new StoreError('TypeMismatch', "BSON field 'explain.explain' is the wrong type, expected type 'object'");
  const body: Doc = new Map([...inner, ['$db', command.database]]);
  const asked = new Command({ ...command.request, body }, command.store);
  if (asked.name !== 'find') throw notDone(`explain of ${asked.name}`, 'CommandNotFound');
  const query = findQuery(asked);
  return {
    explainVersion: '1',
    queryPlanner: { namespace: asked.namespace, parsedQuery: query.filter, winningPlan: winningPlan(query), rejectedPlans: [] },
    command: body,
    serverInfo: { version, builtInStore: true },
    ok: 1,
  };
}

function winningPlan(query: Query): Record<string, unknown> {
  const plan = planQuery(query);
  if (!plan) return { stage: 'EOF' };
  const scan = scanStage(query, plan);
  if (plan.sorted) return scan;
  return { stage: 'SORT', sortPattern: query.sort.map(({ path, direction }) => ({ path, direction })), inputStage: scan };
}

function scanStage(query: Query, plan: Plan): Record<string, unknown> {
  if (plan.branches) return { stage: 'OR', inputStages: plan.branches.map((branch) => scanStage(query, branch)) };
  const direction = plan.reverse ? 'backward' : 'forward';
  const filter = plan.exact ? {} : { filter: query.filter };
  if (!plan.index) return { stage: 'COLLSCAN', direction, ...filter };
  const { name, spec } = plan.index;
  return { stage: 'FETCH', ...filter, inputStage: { stage: 'IXSCAN', keyPattern: spec.get('key'), indexName: name, direction } };
}
