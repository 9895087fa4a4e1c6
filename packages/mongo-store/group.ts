import { type Accumulator, accumulatorFor } from './accumulators';
import { compileExpression, type Expression } from './expression';
import { StoreError } from './failure';
import { Held, sizeOf } from './memory';
import { encode } from './order';
import { type Doc, type Found, isDoc, type Value } from './values';

/** `$group` (docs: "$group (aggregation)"). Groups come in the order of their first document. */
export function compileGroup(spec: Doc): (docs: Iterable<Doc>) => Iterable<Doc> {
  if (!spec.has('_id')) throw new StoreError(15955, 'a group specification must include an _id');
  const key = compileExpression(spec.get('_id') as Value);
  const fields = [...spec].filter(([name]) => name !== '_id').map(([name, value]) => ({ name, ...compileField(name, value) }));
  return function* (docs) {
    const groups = new Map<string, { id: Found; accumulators: Accumulator[] }>();
    const keys = new Held("Exceeded memory limit for $group, but didn't allow external spilling");
    for (const doc of docs) {
      const id = key(doc);
      const text = groupKey(id);
      let group = groups.get(text);
      if (!group) {
        group = { id, accumulators: fields.map(({ make }) => make()) };
        groups.set(text, group);
        keys.add(text.length + sizeOf(id) + 100 * (1 + fields.length));
      }
      for (const [index, { evaluate }] of fields.entries()) group.accumulators[index]?.add(evaluate(doc));
    }
    for (const { id, accumulators } of groups.values()) {
      const result: Doc = new Map<string, Value>([['_id', id ?? null]]);
      for (const [index, { name }] of fields.entries()) result.set(name, accumulators[index]?.result() ?? null);
      yield result;
    }
  };
}

// Missing and null are one group when they are the whole key; inside a key document they stay apart.
const groupKey = (id: Found): string => (typeof id === 'string' ? `"${id}` : encode(id ?? null).toString('latin1'));

function compileField(name: string, value: Value): { evaluate: Expression; make: () => Accumulator } {
  if (name.includes('.')) throw new StoreError(40235, `The field name '${name}' cannot contain '.'`);
  if (name.startsWith('$')) throw new StoreError(40236, `The field name '${name}' cannot be an operator name`);
  if (!isDoc(value) || ![...value.keys()][0]?.startsWith('$'))
    throw new StoreError(40234, `The field '${name}' must be an accumulator object`);
  if (value.size !== 1) throw new StoreError(40238, `The field '${name}' must specify one accumulator`);
  const [[operator, operand]] = [...value] as [[string, Value]];
  const make = accumulatorFor(operator);
  if (!make) throw new StoreError(15952, `unknown group operator '${operator}' (or one that the built-in store does not do)`);
  return { evaluate: compileExpression(operand), make };
}
