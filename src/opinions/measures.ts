import type { Contribution, MeasureName, MeasureRow } from '../measures';
import type { OpinionNote } from './note';
import type { OpinionStore } from './store';

/** What notes add to the house's figures, by the day they were told. */
export function opinionMeasures({ between }: Pick<OpinionStore, 'between'>): Contribution[] {
  const contribution = (measure: MeasureName, counts: (note: OpinionNote) => boolean): Contribution => ({
    measure,
    rows: async (query) => (await between(query)).filter(counts).map(rowOf),
  });
  return [
    contribution('opinions_noted', ({ kind }) => kind !== 'proposal_lead'),
    contribution('proposal_leads_noted', ({ kind }) => kind === 'proposal_lead'),
  ];
}

const rowOf = ({ id, day, memberId }: OpinionNote): MeasureRow => ({ id, date: day, members: [memberId], amount: 1 });
