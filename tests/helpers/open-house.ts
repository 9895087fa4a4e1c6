import { loadSettings } from '../../config/load';
import { type House, startHouse } from '../../src/cli/house';
import type { Clock } from '../../src/foundation/clock';
import { createLogger } from '../../src/foundation/logger';
import type { Member } from '../../src/organisation/member';
import { nothingExpires } from './nothing-expires';
import { body, roster } from './roster';
import { addressOf, freshDatabase, freshPrefix } from './services';
import { unhurried } from './tempo';

interface HouseOfTest {
  /** What the platforms of this test need; port, prefix and log level are set here. */
  settings: Record<string, string>;
  clock: Clock;
  members?: readonly Member[];
}

type Further = Omit<Partial<Parameters<typeof startHouse>[0]>, 'settings' | 'clock' | 'logger'>;

/** The product in this process with a database of its own, and in it the body of the tests and its members. */
export async function openHouse({ settings, clock, members = roster }: HouseOfTest, further: Further = {}): Promise<House> {
  const house = await startHouse({
    settings: loadSettings({ PORT: '0', REDIS_PREFIX: freshPrefix(), LOG_LEVEL: 'silent', ...settings }),
    mongodbUri: freshDatabase(),
    redisUrl: addressOf('REDIS_URL'),
    clock,
    logger: createLogger(process.env['TEST_LOG'] ?? 'silent'),
    role: 'web',
    tempo: unhurried,
    ...further,
  });
  await nothingExpires(house.connection);
  await house.app.features.organisation.service.saveBody(body);
  await house.app.features.organisation.service.saveMembers(body.id, [...members]);
  return house;
}

export async function closeHouse(house: House): Promise<void> {
  await house.close();
  // Its client too: nothing that a test opened may keep the process alive.
  await house.connection.getClient().close();
}
