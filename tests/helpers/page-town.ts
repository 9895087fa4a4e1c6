import type { Simulator } from '../../packages/chat-simulator';
import { freePort } from '../../src/cli/free-port';
import type { House } from '../../src/cli/house';
import { ShiftableClock } from '../../src/foundation/clock';
import { closeHouse, openHouse } from './open-house';
import { body } from './roster';
import { secrets, townSimulator } from './town';

export interface PageTown {
  simulator: Simulator;
  house: House;
  /** What a real client would not have accepted. */
  faults: string[];
  /** Address of a page of the product. */
  at(path: string): string;
  close(): Promise<void>;
}

/** WeCom as `apiBase` plays it, signing in included, for a product whose pages stand at `pages`. */
export const pagesOnWecom = (apiBase: string, pages: string) => ({
  PUBLIC_URL: pages,
  WECOM_API_BASE: apiBase,
  WECOM_OPEN_BASE: apiBase,
  WECOM_LOGIN_BASE: apiBase,
});

/**
 * The whole product with the simulator's chat page and its own pages, for a browser: what `npm start` starts, but smaller.
 * `works`: with its worker, and the scheduled jobs ring when the page moves the time.
 */
export async function startPageTown(now: string, { works = false } = {}): Promise<PageTown> {
  const clock = new ShiftableClock();
  clock.moveTo(new Date(`${now}+08:00`));
  const faults: string[] = [];
  const running: { house?: House } = {};
  const ringing = {
    now: () => clock.now(),
    moveTo: (instant: Date): void => {
      clock.moveTo(instant);
      for (const { runner } of running.house?.app.bodies.all ?? []) runner.ringScheduled();
    },
  };
  const port = await freePort();
  const pages = `http://127.0.0.1:${port}`;
  const simulator = await townSimulator(works ? ringing : clock, () => pages, { faults, page: { pages, title: body.name } });
  const house = await openHouse(
    { settings: { ...secrets, ...pagesOnWecom(simulator.apiBase, pages), PORT: String(port) }, clock },
    works ? { role: 'both', sweepMs: 200 } : {},
  );
  running.house = house;
  return {
    simulator,
    house,
    faults,
    at: (path) => `${pages}${path}`,
    async close() {
      await closeHouse(house);
      await simulator.close();
    },
  };
}
