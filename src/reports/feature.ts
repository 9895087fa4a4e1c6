import type { Feature } from '../feature';
import { reportCommands } from './commands';

/** Forms and reports: what can be said of them today. */
export const reportsFeature = (): Feature => ({ name: 'reports', commands: reportCommands() });
