import type { Base, Feature } from '../feature';
import type { OrganisationService } from '../organisation/service';
import { opinionCommands } from './commands';
import { opinionMeasures } from './measures';
import { myOpinions, opinionsPage } from './pages';
import { OpinionNotes } from './service';
import { createOpinionStore } from './store';
import { opinionTexts as texts } from './texts';

/** What members tell for opinion reports, micro-suggestions and proposals, kept as numbered notes for the office. */
export function opinionsFeature(base: Base, { organisation }: { organisation: OrganisationService }): Feature & { service: OpinionNotes } {
  const store = createOpinionStore(base.connection);
  const service = new OpinionNotes(store);
  return {
    name: 'opinions',
    service,
    stores: [store],
    commands: opinionCommands({ notes: service, organisation }),
    purposes: { opinion_noted: { called: texts.purpose } },
    pages: [opinionsPage({ notes: service, organisation })],
    mine: myOpinions(service),
    measures: opinionMeasures(store),
  };
}
