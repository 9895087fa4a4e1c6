import type { Feature } from '../feature';
import { todoCommands } from './commands';
import type { Services } from './in-hand';

/** What is still in somebody's hands, put together from what the other features keep; it keeps nothing itself. */
export const todoFeature = (services: Services): Feature => ({ name: 'todo', commands: todoCommands(services) });
