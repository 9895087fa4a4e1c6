import { loadSettings } from '../../config/load';
import { systemClock } from '../foundation/clock';
import { createLogger } from '../foundation/logger';
import { startHouse } from './house';
import { findServices } from './services';
import { cliTexts as texts } from './texts';
import { withStarted } from './until-stopped';

/** Makes the indexes and ends. The application makes them at its start as well; this is for a careful upgrade beforehand. */
export async function migrate(): Promise<number> {
  const settings = loadSettings();
  return withStarted(async (started) => {
    const addresses = await findServices(settings, started);
    const house = await startHouse({ settings, ...addresses, clock: systemClock, logger: createLogger('warn'), role: 'none' });
    started.add(texts.application, () => house.close());
    process.stdout.write(`${texts.indexesPresent}\n`);
    return 0;
  });
}
