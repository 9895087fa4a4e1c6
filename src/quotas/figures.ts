import { type Measure, type MeasureName, sumOf } from '../measures';
import type { Span } from './asked-span';
import type { Metric } from './readings/metric';

/** The measures that answer what is counted; what is not among them is not counted here. */
const measureFor: Readonly<Partial<Record<Metric, MeasureName>>> = {
  events: 'events',
  person_times: 'person_times',
  distinct_enterprises: 'distinct_enterprises',
  distinct_places: 'distinct_places',
  households: 'households',
  demands: 'demands_told',
  activities_attended: 'activities_attended',
  opinions: 'opinions_noted',
  proposals: 'proposal_leads_noted',
};

export const measured = (metric: Metric): MeasureName | null => measureFor[metric] ?? null;

export interface Figure {
  name: MeasureName;
  count: number;
  /** Of all modes, when only some were asked for. */
  ofAll?: number;
  /** What was counted once, by name: the enterprises. */
  names: string[];
}

interface Asked extends Span {
  body: string;
  members?: readonly string[];
  modes?: readonly string[];
}

/** One figure over a span, from the rows behind it. */
export async function figureOf(measure: Measure, { body, from, to, members, modes = [] }: Asked): Promise<Figure> {
  if (modes.length === 0 && (measure.name === 'events' || measure.name === 'person_times'))
    return { name: measure.name, count: await measure.count({ body, from, to, ...(members ? { members } : {}) }), names: [] };
  const rows = await measure.rows({ body, from, to, ...(members ? { members } : {}) });
  const wanted = modes.length > 0 ? rows.filter(({ mode }) => mode !== undefined && modes.includes(mode)) : rows;
  const names = [...new Set(wanted.flatMap(({ once }) => once ?? []))];
  return { name: measure.name, count: sumOf(wanted), ...(modes.length > 0 ? { ofAll: sumOf(rows) } : {}), names };
}
