import type { OwnPart, Page } from '../feature';
import type { Clock } from '../foundation/clock';
import type { Logger } from '../foundation/logger';
import type { OrganisationService, Platform } from '../organisation/service';
import type { SignInWay } from '../transports/sign-in-way';
import type { Attempts } from './attempts';
import type { ConsoleAssets } from './console-assets';
import type { CookieJar } from './cookies';
import type { SessionStore } from './session-store';

export interface ConsoleParts {
  body: string;
  /** As browsers reach us, e.g. https://lxq.example.gov.cn; its host stands in the platforms' consoles as trusted. */
  publicUrl: string;
  ways: Partial<Record<Platform, SignInWay>>;
  sessions: SessionStore;
  organisation: OrganisationService;
  /** What the features show, each to whom it is open. */
  pages: readonly Page[];
  /** The parts of the member's own page. */
  mine: readonly OwnPart[];
  clock: Clock;
  logger: Logger;
}

export interface Console extends ConsoleParts {
  jars: { attempt: CookieJar; session: CookieJar };
  assets: ConsoleAssets;
  limits: {
    /** Codes that led to nobody, by address. */
    failedSignIns: Attempts;
    /** Codes shown under one state. */
    codesOfState: Attempts;
    /** Requests of one address, and of one session. */
    ofAddress: Attempts;
    ofSession: Attempts;
  };
}

/** Where everybody who has signed in finds the own work. */
export const home = '/me';
