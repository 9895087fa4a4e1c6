import { StoreError } from './failure';
import { compileStage } from './pipeline';
import { type Doc, type Found, isDoc, type Value } from './values';

const allowed = new Set(['$addFields', '$set', '$project', '$unset', '$replaceRoot', '$replaceWith']);

/** An update given as a pipeline: only the stages that make one document of one document. */
export function compilePipelineUpdate(pipeline: Value[], variables: ReadonlyMap<string, Found>): (doc: Doc) => Doc {
  const stages = pipeline.map((stage) => {
    const [name] = isDoc(stage) ? stage.keys() : [];
    if (!isDoc(stage) || stage.size !== 1)
      throw new StoreError(40323, 'A pipeline stage specification object must contain exactly one field.');
    if (!allowed.has(name as string)) throw new StoreError('InvalidOptions', `${name} is not allowed to be used within an update`);
    return compileStage(stage, { variables });
  });
  return (doc) => {
    let current = doc;
    for (const stage of stages) for (const next of stage([current])) current = next;
    return current;
  };
}
