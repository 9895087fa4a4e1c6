import type { Contacts } from '../contacts/service';
import type { Clock } from '../foundation/clock';
import type { Logger } from '../foundation/logger';
import type { OrganisationService, Platform } from '../organisation/service';
import type { Quotas } from '../quotas/service';
import type { SignInWay } from '../transports/sign-in-way';
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
  quotas: Pick<Quotas, 'progress'>;
  contacts: Pick<Contacts, 'recentOf'>;
  clock: Clock;
  logger: Logger;
}

export interface Console extends ConsoleParts {
  jars: { attempt: CookieJar; session: CookieJar };
  assets: ConsoleAssets;
}
