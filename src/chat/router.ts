import type { MessageHandler } from '../delivery/inbox';
import type { Incoming, Said } from '../delivery/incoming';
import type { Clock } from '../foundation/clock';
import { dayOf } from '../foundation/day';
import type { Member, OrganisationService } from '../organisation/member';
import type { OrganisationVocabulary, ReadContext, Reading, RecordReading, SenderContext } from '../reader/reading';
import type { Command, CommandContext, PendingQuestion, Reply, WordCommand } from './command';
import type { Dialogue } from './dialogue';
import type { OutgoingMessages } from './outgoing-messages';
import { commonTexts as texts } from './texts';
import { type SpokenWord, wordCommandIn } from './word-commands';

export interface RouterOptions {
  reader: {
    read(text: string, context: ReadContext): Reading;
    isAddressed(text: string, context: Pick<SenderContext, 'chat' | 'mentioned' | 'quoted' | 'vocabulary'>): boolean;
  };
  organisation: OrganisationService;
  commands: readonly Command[];
  /** Commands for those who run things; tried before a line is read. */
  wordCommands: readonly WordCommand[];
  dialogue: Dialogue;
  privately: OutgoingMessages;
  /** Fills what was missing in a stored record from the answer to a question. */
  completeRecord(context: CommandContext, question: PendingQuestion, reading: RecordReading): Promise<Reply | null>;
  /** One sentence added to the answer where a group should be told something once. */
  hint(context: CommandContext): Promise<string | null>;
  /** Display names of the bot, without '@'. */
  mentions: readonly string[];
  clock: Clock;
}

/** Finds the command of a line's intent, checks the sender's right, and says at least one sentence to everything addressed. */
export class Router implements MessageHandler {
  private readonly byIntent: ReadonlyMap<string, Command>;
  private readonly help: string;
  /** By the body as the organisation remembers it: what the reader has made ready of the same words, it finds by the same object. */
  private readonly vocabularies = new WeakMap<object, OrganisationVocabulary>();

  constructor(private readonly options: RouterOptions) {
    this.byIntent = new Map(options.commands.map((command) => [command.intent, command]));
    this.help = texts.help(options.commands.flatMap((command) => command.help ?? []));
  }

  addressed(incoming: Incoming): boolean {
    const { reader, mentions } = this.options;
    const { text, chat, ...said } = incoming;
    if (this.wordCommand(incoming)) return true;
    return reader.isAddressed(text, { chat: chat.kind, vocabulary: { mentions }, ...howSaid(said) });
  }

  async handle(incoming: Incoming, key: string): Promise<Said> {
    const { organisation } = this.options;
    const member = await organisation.memberByUserId(incoming.body, incoming.platform, incoming.senderId);
    if (!member) return { text: texts.unknownSender };
    await organisation.heardFrom(incoming.body, incoming.platform, incoming.senderId, member);
    const context = await this.contextOf(incoming, key, member);
    const spoken = this.wordCommand(incoming);
    const answer = spoken ? await spoken.command.handle(context, spoken.rest) : await this.withHint(context, this.answer(context, member));
    if (answer.groups) await this.options.privately.planForGroups(context.body, answer.groups);
    if (answer.private) await this.options.privately.plan(context.body, answer.private, incoming.platform);
    if (answer.ask) await this.options.dialogue.remember(whereOf(context), answer.ask);
    return { text: answer.text, ...(answer.card ? { card: answer.card } : {}) };
  }

  private wordCommand({ text, chat, mentioned, quoted }: Incoming): SpokenWord | null {
    const { wordCommands, mentions } = this.options;
    const heard = chat.kind === 'private' || mentioned === true || quoted !== undefined;
    return wordCommandIn(text, wordCommands, { mentions, heard });
  }

  private async withHint(context: CommandContext, answering: Promise<Reply>): Promise<Reply> {
    const answer = await answering;
    const hint = context.chat.kind === 'group' ? await this.options.hint(context) : null;
    return hint ? { ...answer, text: `${answer.text}\n${hint}` } : answer;
  }

  private async contextOf(incoming: Incoming, key: string, member: Member): Promise<CommandContext> {
    const { zone } = await this.options.organisation.body(incoming.body);
    const now = this.options.clock.now();
    const speaker = { memberId: member.id, name: member.name, sector: member.sector, roles: member.roles };
    const { body, platform, chat, text } = incoming;
    return { body, zone, speaker, platform, chat, eventKey: key, now, today: dayOf(now, zone), text, ...howSaid(incoming) };
  }

  private async answer(context: CommandContext, member: Member): Promise<Reply> {
    const vocabulary = await this.vocabulary(context.body);
    const { today, chat } = context;
    const reading = this.options.reader.read(context.text, {
      today,
      sender_role: senderRole(member),
      chat: chat.kind,
      vocabulary,
      ...howSaid(context),
    });
    const question = reading.intent === 'none' ? await this.options.dialogue.pending(whereOf(context)) : null;
    const answered = question && (await this.answerToQuestion(context, question, vocabulary));
    return answered ?? this.obey(context, reading, question);
  }

  private async obey(context: CommandContext, reading: Reading, question: PendingQuestion | null): Promise<Reply> {
    if (reading.intent === 'help') return { text: this.help };
    if (reading.intent === 'none') return { text: nothingToDo(reading.reason, question) };
    const command = this.byIntent.get(reading.intent);
    if (!command) return { text: texts.notYet };
    if (command.allowed && !command.allowed.some((role) => context.speaker.roles.includes(role))) return { text: texts.notAllowed };
    return command.handle(context, reading as never);
  }

  /** A line that means nothing by itself may be the answer to what the bot has just asked. */
  private async answerToQuestion(
    context: CommandContext,
    question: PendingQuestion,
    vocabulary: OrganisationVocabulary,
  ): Promise<Reply | null> {
    const { dialogue, reader, mentions } = this.options;
    const bare = mentions.reduce((text, name) => text.replace(new RegExp(`[@＠]${escape(name)}`, 'gu'), ' '), context.text).trim();
    const reading = reader.read(texts.asRecord(bare), { today: context.today, chat: context.chat.kind, vocabulary });
    if (reading.intent !== 'record_contact') return null;
    const answer = await this.options.completeRecord({ ...context, text: bare }, question, reading);
    if (answer) await dialogue.answered(whereOf(context));
    return answer;
  }

  private async vocabulary(body: string): Promise<OrganisationVocabulary> {
    const found = await this.options.organisation.body(body);
    const known = this.vocabularies.get(found);
    if (known) return known;
    const { places, organisations, sectors } = found;
    const aliases = sectors.flatMap((sector) => [sector.name, ...sector.aliases].map((alias) => [alias, sector.name] as const));
    const vocabulary = { places, organisations, sectors: Object.fromEntries(aliases), mentions: this.options.mentions };
    this.vocabularies.set(found, vocabulary);
    return vocabulary;
  }
}

const howSaid = ({ mentioned, quoted }: Pick<SenderContext, 'mentioned' | 'quoted'>): Pick<SenderContext, 'mentioned' | 'quoted'> => ({
  ...(mentioned ? { mentioned } : {}),
  ...(quoted ? { quoted } : {}),
});

const escape = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
const whereOf = (context: CommandContext) => ({
  body: context.body,
  memberId: context.speaker.memberId,
  chatId: context.chat.id,
  eventKey: context.eventKey,
  now: context.now,
});

function senderRole(member: Member): NonNullable<SenderContext['sender_role']> {
  if (member.roles.includes('staff') || member.roles.includes('administrator')) return 'staff';
  return member.roles.includes('convener') ? 'convener' : 'member';
}

/** `question`: what the bot has asked before; the record it is about is kept, and is never said not to be. */
function nothingToDo(reason: string, question: PendingQuestion | null): string {
  const known: Record<string, string> = { chatter: texts.chatter, template: texts.template, plan: texts.plan };
  return (
    known[reason] ?? (question ? texts.answerNotUnderstood(question.recordId, question.asks.includes('duplicate')) : texts.notUnderstood)
  );
}
