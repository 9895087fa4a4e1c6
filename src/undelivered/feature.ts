import type { Base, Feature } from '../feature';
import type { OrganisationService } from '../organisation/service';
import { undeliveredPage } from './pages';

/** Messages of which nobody knows whether they arrived: shown to the office, so that somebody can ask. */
export function undeliveredFeature(
  { ledger, calledPurpose }: Pick<Base, 'ledger' | 'calledPurpose'>,
  { organisation }: { organisation: OrganisationService },
): Feature {
  return { name: 'undelivered', pages: [undeliveredPage({ ledger, organisation, calledPurpose })] };
}
