import type { Feature } from '../feature';
import { demandCommands } from './commands';

/** The constituents' demands: what can be said of them today. */
export const demandsFeature = (): Feature => ({ name: 'demands', commands: demandCommands() });
