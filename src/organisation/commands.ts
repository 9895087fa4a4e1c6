import { type Command, type CommandContext, command, type Reply } from '../chat/command';
import type { ChatGroups } from './chat-group';
import { may } from './may';
import type { CppccBody, OrganisationService, Platform } from './member';
import { type BindReading, bindGroup, groupInfo, rights, unbindGroup } from './readings';
import { sectorNamed } from './sector-names';
import { everybodyWords, organisationTexts as texts } from './texts';

interface BindingTools {
  organisation: Pick<OrganisationService, 'body'>;
  chatGroups: ChatGroups;
  /** Whether a group can be written to without having been asked. */
  reachesGroup(body: string, platform: Platform, chatId: string): boolean;
}

/** /绑定, /解绑 and /群信息: which sectors a work group belongs to, and how an operator names it. */
export function groupCommands(tools: BindingTools): Command[] {
  return [
    command(bindGroup, { may: rights.seeBinding, handle: (context, reading) => bind(tools, context, reading) }),
    command(unbindGroup, { may: rights.seeBinding, handle: (context) => unbind(tools, context) }),
    command(groupInfo, {
      may: rights.seeGroupId,
      denied: texts.mayNotSeeId,
      help: texts.help.groupInfo,
      handle: (context) => inform(tools, context),
    }),
  ];
}

async function bind(tools: BindingTools, context: CommandContext, { scopes }: BindReading): Promise<Reply> {
  const { body, platform, chat, speaker } = context;
  if (chat.kind === 'private') return { text: texts.bindInGroup };
  const organisation = await tools.organisation.body(body);
  const now = await tools.chatGroups.binding(body, platform, chat.id);
  const namesOf = (codes: readonly string[]): string[] => codes.map((code) => nameOf(organisation, code));
  if (scopes.length === 0) return { text: now ? texts.bindingIs(namesOf(now.sectors)) : texts.notBound };
  const asked = sectorsIn(organisation, scopes);
  if ('unknown' in asked) return { text: texts.noSuchSector(asked.unknown) };
  const { sectors } = asked;
  if (!sectorsOrBody(sectors).every((scope) => may(rights.bindGroup, speaker, scope)) || !mayChange(context, now))
    return { text: texts.mayNotBind };
  if (now && sameScope(now.sectors, sectors)) return { text: texts.boundAlready(namesOf(sectors)) };
  await tools.chatGroups.bind(body, { platform, chatId: chat.id, sectors }, { by: speaker.memberId, at: context.now });
  return { text: texts.bound(namesOf(sectors), tools.reachesGroup(body, platform, chat.id)) };
}

async function inform(tools: BindingTools, { body, platform, chat }: CommandContext): Promise<Reply> {
  if (chat.kind === 'private') return { text: texts.idInGroup };
  const [organisation, now] = [await tools.organisation.body(body), await tools.chatGroups.binding(body, platform, chat.id)];
  const sectors = now && now.sectors.map((code) => nameOf(organisation, code));
  return { text: texts.groupInfo(platform, chat.id, sectors) };
}

async function unbind({ chatGroups }: BindingTools, context: CommandContext): Promise<Reply> {
  const { body, platform, chat, speaker, now: at } = context;
  if (chat.kind === 'private') return { text: texts.bindInGroup };
  const now = await chatGroups.binding(body, platform, chat.id);
  if (!now) return { text: texts.notBound };
  if (!mayChange(context, now)) return { text: texts.mayNotBind };
  await chatGroups.unbind(body, platform, chat.id, { by: speaker.memberId, at });
  return { text: texts.unbound };
}

/** A group that is bound already is changed only by somebody who looks after what it is bound to. */
function mayChange({ speaker }: CommandContext, now: { sectors: string[] } | null): boolean {
  return !now || sectorsOrBody(now.sectors).some((scope) => may(rights.bindGroup, speaker, scope));
}

/** The group of the whole body is nobody's sector: only a right over the body covers it. */
const sectorsOrBody = (sectors: readonly string[]): { sector: string | null }[] =>
  sectors.length > 0 ? sectors.map((sector) => ({ sector })) : [{ sector: null }];

function sectorsIn({ sectors }: CppccBody, spoken: readonly string[]): { sectors: string[] } | { unknown: string } {
  if (spoken.every((name) => everybodyWords.includes(name))) return { sectors: [] };
  const codes = new Set<string>();
  for (const name of spoken) {
    const found = sectorNamed(sectors, name);
    if (!found) return { unknown: name };
    codes.add(found.code);
  }
  return { sectors: [...codes] };
}

const nameOf = ({ sectors }: CppccBody, code: string): string => sectors.find((sector) => sector.code === code)?.name ?? code;
const sameScope = (a: readonly string[], b: readonly string[]): boolean => a.length === b.length && a.every((each) => b.includes(each));
