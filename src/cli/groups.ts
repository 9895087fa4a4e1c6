import { loadSettings } from '../../config/load';
import { systemClock } from '../foundation/clock';
import { createLogger } from '../foundation/logger';
import { startHouse } from './house';
import { findServices } from './services';
import { cliTexts as texts } from './texts';
import { withStarted } from './until-stopped';

/** `groups`: the ids of the work groups the bot has been spoken to in, and what each is bound to. */
export async function groups(): Promise<number> {
  const settings = loadSettings();
  return withStarted(async (started) => {
    const addresses = await findServices(settings, started);
    const house = await startHouse({ settings, ...addresses, clock: systemClock, logger: createLogger('warn'), role: 'none' });
    started.add(texts.application, () => house.close());
    const { chatGroups, service } = house.app.features.organisation;
    const known = await chatGroups.known(settings.BODY_ID);
    const sectors = known.length > 0 ? (await service.body(settings.BODY_ID)).sectors : [];
    const nameOf = (code: string): string => sectors.find((sector) => sector.code === code)?.name ?? code;
    const scope = (codes: string[] | null): string =>
      codes === null ? texts.unbound : codes.length === 0 ? texts.everybody : codes.map(nameOf).join('、');
    const lines = known.map((group) => texts.group(group.platform, group.chatId, scope(group.sectors)));
    process.stdout.write(`${(lines.length > 0 ? [texts.groups, ...lines] : [texts.noGroups]).join('\n')}\n`);
    return 0;
  });
}
