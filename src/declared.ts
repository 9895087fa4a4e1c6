import type { Feature, Recheck } from './feature';
import { AppError } from './foundation/errors';
import type { Action } from './organisation/may';

type Named = { feature: string; name: string };

/** What each feature declares, by kind of thing that may stand in the house only once. */
const onceOnly: Readonly<Record<string, (feature: Feature) => readonly string[]>> = {
  feature: ({ name }) => [name],
  command: ({ commands = [] }) => commands.map(({ intent }) => intent.name),
  question: ({ questions = [] }) => questions.map(({ name }) => name),
  purpose: ({ purposes = {} }) => Object.keys(purposes),
  page: ({ pages = [] }) => pages.map(({ path }) => path),
  job: ({ jobs = [] }) => jobs.map(({ definition }) => definition.name),
};

/** Everything the features declare, by kind. Refuses what is declared twice. */
export function declarationsOf(features: readonly Feature[]) {
  checkFeatures(features);
  return {
    stores: features.flatMap(({ stores = [] }) => stores),
    commands: features.flatMap(({ commands = [] }) => commands),
    questions: features.flatMap(({ questions = [] }) => questions),
    afterwords: features.flatMap(({ afterword }) => afterword ?? []),
    rechecks: Object.fromEntries(features.flatMap(rechecksOf)),
    purposes: Object.fromEntries(
      features.flatMap(({ purposes = {} }) => Object.entries(purposes).map(([name, { called }]) => [name, called])),
    ),
    pages: features.flatMap(({ pages = [] }) => pages),
    mine: features.flatMap(({ mine }) => mine ?? []),
    jobs: features.flatMap(({ jobs = [] }) => jobs),
    measures: features.flatMap(({ measures = [] }) => measures),
  };
}

const rechecksOf = ({ purposes = {} }: Feature): [string, Recheck][] =>
  Object.entries(purposes).flatMap(([name, { recheck }]): [string, Recheck][] => (recheck ? [[name, recheck]] : []));

/**
 * Refuses a house in which two features declare the same thing, or one contributes twice to a measure: SETTINGS_WRONG names
 * the kind, the name and both features. It is a fault of the source, seen at the first start.
 */
export function checkFeatures(features: readonly Feature[]): void {
  for (const [kind, namesOf] of Object.entries(onceOnly)) {
    const all = features.flatMap((feature): Named[] => namesOf(feature).map((name) => ({ feature: feature.name, name })));
    refuseTwice(kind, all);
  }
  for (const { name, measures = [] } of features)
    refuseTwice(
      'contribution to the measure',
      measures.map(({ measure }) => ({ feature: name, name: measure })),
    );
}

/** Refuses two actions of one name; `of` says whose they are. */
export function checkActions(actions: readonly { of: string; action: Action }[]): void {
  refuseTwice(
    'action',
    actions.map(({ of, action }) => ({ feature: of, name: action.name })),
  );
}

function refuseTwice(kind: string, all: readonly Named[]): void {
  const first = new Map<string, string>();
  for (const { feature, name } of all) {
    const other = first.get(name);
    if (other !== undefined) throw new AppError('SETTINGS_WRONG', `the ${kind} ${name} is declared twice: by ${other} and by ${feature}`);
    first.set(name, feature);
  }
}
