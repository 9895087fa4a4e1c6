import type { AppCallbacks } from './app-callbacks';
import { innerXml, sealedXml } from './callback-xml';
import type { ContactsSettings, SimulatorClock } from './options';
import type { WebhookClient } from './webhook-client';

interface Parts {
  corpId: string;
  clock: SimulatorClock;
  webhook: WebhookClient;
  app: AppCallbacks;
  /** Without it nobody uses the contact-sync helper. */
  contacts?: ContactsSettings;
  fault: (line: string) => void;
}

/** How WeCom tells of its people: an app of its visible range, the contact-sync helper of everything. */
export class CompanyEvents {
  constructor(private readonly parts: Parts) {}

  /** To the app's own address. */
  visible(event: 'subscribe' | 'unsubscribe', userId: string): Promise<void> {
    return this.parts.app.event(event, userId);
  }

  /** To the address of the contact-sync helper. */
  async changed(changeType: string, userId: string, fields: Record<string, string> = {}): Promise<void> {
    const { contacts, corpId, clock, webhook, fault } = this.parts;
    if (!contacts) return;
    const told = { MsgType: 'event', Event: 'change_contact', ChangeType: changeType, UserID: userId, ...fields };
    const inner = innerXml({ corpId, from: 'sys', at: clock.now() }, told);
    const keys = { ...contacts, receiver: corpId };
    const { status } = await webhook.deliver(() => sealedXml({ path: '/wecom/contacts' }, keys, inner, clock.now()));
    if (status !== 200) fault(`contacts callback refused with HTTP ${status}`);
  }
}
