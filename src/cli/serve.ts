import { loadSettings } from '../../config/load';
import { systemClock } from '../foundation/clock';
import { createLogger } from '../foundation/logger';
import { startHouse } from './house';
import { findServices } from './services';
import { Started, untilStopped } from './until-stopped';

/** The real thing: settings from the environment, MongoDB and Redis as configured (development may use the built-in ones). */
export async function serve(role: 'web' | 'worker' | 'both'): Promise<number> {
  const settings = loadSettings();
  const started = new Started();
  try {
    const addresses = await findServices(settings, started);
    const house = await startHouse({ settings, ...addresses, clock: systemClock, logger: createLogger(settings.LOG_LEVEL), role });
    started.add('the application', () => house.close());
    process.stderr.write(`lianxinqiao ${role}: ${house.web ? `listening on ${settings.HOST}:${house.web.port}` : 'working'}\n`);
    await untilStopped();
    return 0;
  } finally {
    await started.closeAll();
  }
}
