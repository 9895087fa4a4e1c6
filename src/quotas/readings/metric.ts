import type { Document } from '../../reader/document';
import { saysIn } from '../../reader/means';

/** What a question may count; the first that is said counts. */
const metrics = [
  'ranking',
  'behind_list',
  'remaining',
  'distinct_enterprises',
  'distinct_places',
  'households',
  'demands',
  'remarks',
  'person_times',
  'opinions',
  'proposals',
  'activities_attended',
  'sector_activities',
  'events',
] as const;
export type Metric = (typeof metrics)[number];

/** What is counted; null when a question is about the quota as a whole. */
export const metricOf = (said: string, document: Document): Metric | null =>
  metrics.find((metric) => saysIn(said, document, `metric_${metric}`)) ?? null;
