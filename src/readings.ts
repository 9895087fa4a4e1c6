import { readings as activities } from './activities/readings';
import { readings as chat } from './chat/readings';
import { readings as contacts } from './contacts/readings';
import { readings as demands } from './demands/readings';
import { readings as opinions } from './opinions/readings';
import { readings as organisation } from './organisation/readings';
import { readings as quotas } from './quotas/readings';
import type { Intent } from './reader';
import { readings as reports } from './reports/readings';

/**
 * Everything that can be said, of all features: their pure halves, so that reading a line loads no database. A misspelt word
 * equally near to two of them is the one that stands first.
 */
export const intents: readonly Intent[] = [activities, quotas, reports, contacts, opinions, demands, organisation, chat].flat();
