import { loadSettings } from '../../config/load';
import { systemClock } from '../foundation/clock';
import { createLogger } from '../foundation/logger';
import { startHouse } from './house';
import { findServices } from './services';
import { cliTexts as texts } from './texts';
import { withStarted } from './until-stopped';

/** The real thing: settings from the environment, MongoDB and Redis as configured (development may use the built-in ones). */
export async function serve(role: 'web' | 'worker' | 'both'): Promise<number> {
  const settings = loadSettings();
  return withStarted(async (started) => {
    const addresses = await findServices(settings, started);
    const house = await startHouse({ settings, ...addresses, clock: systemClock, logger: createLogger(settings.LOG_LEVEL), role });
    started.add(texts.application, () => house.close());
    const said = role === 'worker' ? texts.working : texts.listening;
    process.stderr.write(`${said(role, settings.HOST, house.web?.port ?? 0)}\n`);
    return started.goesOn();
  }, 0);
}
