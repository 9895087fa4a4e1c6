import * as activities from './activities/readings';
import * as chat from './chat/readings';
import * as contacts from './contacts/readings';
import { checkActions } from './declared';
import * as demands from './demands/readings';
import * as feedback from './feedback/readings';
import * as opinions from './opinions/readings';
import type { Action } from './organisation/may';
import * as organisation from './organisation/readings';
import * as quotas from './quotas/readings';
import type { Intent } from './reader';
import * as reports from './reports/readings';
import * as todo from './todo/readings';
import * as undelivered from './undelivered/readings';

/** What a feature declares of itself without any I/O. */
interface PureHalf {
  readings: readonly Intent[];
  rights?: Readonly<Record<string, Action>>;
}

/**
 * The pure halves of all features, so that reading a line loads no database. A misspelt word equally near to two intents is
 * the one that stands first.
 */
const halves = {
  activities,
  quotas,
  todo,
  reports,
  contacts,
  opinions,
  demands,
  organisation,
  chat,
  feedback,
  undelivered,
} satisfies Record<string, PureHalf>;
const all: [string, PureHalf][] = Object.entries(halves);

/** Everything that can be said. */
export const intents: readonly Intent[] = all.flatMap(([, { readings }]) => readings);

/** Everything that not everybody may do, and whose it is. */
export const actions: readonly { of: string; action: Action }[] = all.flatMap(([of, { rights = {} }]) =>
  Object.values(rights).map((action) => ({ of, action })),
);
checkActions(actions);
