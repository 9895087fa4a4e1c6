import { means } from '../means';
import { isPlan } from '../not-meant';
import type { Signs } from '../signs';
import { isAboutActivity } from './activities';
import type { Rule } from './rule';

const lead = (s: Signs): boolean => (s.document.context.sender_role ?? 'member') !== 'member';

/**
 * What a sentence is about that no rule of acts knew: the thing it names, and whether it asks, says that it is done, or wants
 * it otherwise. Only for what is said to the bot; papers and pictures of a thing are not the thing.
 */
export const byObject: readonly Rule[] = (
  [
    ['record_query', (s) => s.id === 'R' && s.question],
    ['correct_record', (s) => s.id === 'R'],
    ['update_commitment', (s) => means(s, 'promise') && !s.question && means(s, 'is_done')],
    ['activity_query', (s) => means(s, 'activities_wanted')],
    ['submit_proposal_lead', (s) => s.body.includes('提案')],
    ['record_query', (s) => means(s, 'record_meant') && (s.question || means(s, 'look_up'))],
    ['delete_record', (s) => means(s, 'record_meant') && means(s, 'take_away')],
    ['correct_record', (s) => means(s, 'record_meant') && means(s, 'put_right')],
    ['query_progress', (s) => s.question && means(s, 'me') && means(s, 'some_period')],
    ['activity_query', (s) => s.question && !s.contact && isAboutActivity(s)],
    ['activity_update', (s) => lead(s) && isAboutActivity(s) && means(s, 'shift_activity')],
  ] satisfies Rule[]
).map(([intent, applies]) => [intent, (s) => !means(s, 'papers') && !isPlan(s.document, s.section) && applies(s)] as const);
