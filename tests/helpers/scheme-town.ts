import { afterEach } from '@jest/globals';
import { body } from './roster';
import { startTown, type Town } from './town';

/** Opens towns that run `scheme` (config/schemes), closed after each test. */
export function townsOf(scheme: string): (now: string) => Promise<Town> {
  let town: Town | undefined;
  afterEach(async () => {
    await town?.close();
    town = undefined;
  });
  return async (now) => {
    town = await startTown(now);
    if (scheme !== body.scheme) await town.house.app.features.organisation.service.saveBody({ ...body, scheme });
    return town;
  };
}

/** Texts of reminders that reached a member. */
export const remindersOf = (town: Town, name: string): string[] => town.inbox(name).filter((text) => text.startsWith('温馨提示'));
