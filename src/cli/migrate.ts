import { loadSettings } from '../../config/load';
import { systemClock } from '../foundation/clock';
import { createLogger } from '../foundation/logger';
import { startHouse } from './house';
import { findServices } from './services';
import { Started } from './until-stopped';

/** Makes the indexes and ends. The application makes them at its start as well; this is for a careful upgrade beforehand. */
export async function migrate(): Promise<number> {
  const settings = loadSettings();
  const started = new Started();
  try {
    const addresses = await findServices(settings, started);
    const house = await startHouse({ settings, ...addresses, clock: systemClock, logger: createLogger('warn'), role: 'none' });
    started.add('the application', () => house.close());
    process.stdout.write('indexes are present\n');
    return 0;
  } finally {
    await started.closeAll();
  }
}
