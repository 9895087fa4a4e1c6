import type { Contribution, MeasureName, MeasureRow } from '../measures';
import type { Feedback } from './feedback';
import type { FeedbackStore } from './store';

/** What feedback adds to the house's figures, by the day it was given. */
export function feedbackMeasures({ between }: Pick<FeedbackStore, 'between'>): Contribution[] {
  const contribution = (measure: MeasureName, counts: (feedback: Feedback) => boolean): Contribution => ({
    measure,
    rows: async (query) => (await between(query)).filter(counts).map(rowOf),
  });
  return [
    contribution('feedback_received', ofOffice),
    contribution('feedback_answered', (each) => ofOffice(each) && each.status === 'answered'),
  ];
}

/** What a member says of the own quarter is no suggestion or complaint. */
const ofOffice = ({ kind }: Feedback): boolean => kind !== 'deferral';

const rowOf = ({ id, day, memberId }: Feedback): MeasureRow => ({ id, date: day, members: [memberId], amount: 1 });
