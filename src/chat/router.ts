import type { MessageHandler } from '../delivery/inbox';
import type { LastSaid } from '../delivery/inbox-store';
import type { Incoming, Received, Said } from '../delivery/incoming';
import type { Clock } from '../foundation/clock';
import { dayOf } from '../foundation/day';
import { may } from '../organisation/may';
import type { Member, OrganisationService } from '../organisation/member';
import { isNone, type NoneReading, type ReadContext, type Reader, type Reading } from '../reader';
import { withoutMentions } from './bare-text';
import type { Command, CommandContext, Reply } from './command';
import type { Dialogue } from './dialogue';
import { helpFor } from './help';
import { OpenQuestions, whereOf } from './open-questions';
import type { OutgoingMessages } from './outgoing-messages';
import type { AnyQuestion } from './question';
import { help, seenAs } from './readings';
import { smallTalk } from './small-talk';
import { speaksOfOne, speaksOfSomething } from './spoken-of';
import { commonTexts as texts } from './texts';
import { createVocabularies } from './vocabularies';
import { whichMeant } from './which-meant';

interface RouterOptions {
  reader: Reader;
  organisation: OrganisationService;
  commands: readonly Command[];
  questions: readonly AnyQuestion[];
  dialogue: Dialogue;
  privately: OutgoingMessages;
  /** Each may add one sentence to the answer in a group. */
  afterwords: readonly ((context: CommandContext, reading: Reading) => Promise<string | null>)[];
  /** Display names of a body's bots, without '@'. */
  mentions: (body: string) => readonly string[];
  /** What was said last to a person in a chat that fits, not longer ago than `sinceMs`; null for nothing. */
  lastSaid: (where: LastSaid, fits: (said: string) => boolean) => Promise<string | null>;
  clock: Clock;
}

interface Heard {
  context: CommandContext;
  reading: Reading;
}

/** Finds the command of a line's intent, asks whether the sender may, and says at least one sentence to everything addressed. */
export class Router implements MessageHandler {
  private readonly byIntent: ReadonlyMap<string, Command>;
  private readonly open: OpenQuestions;
  private readonly vocabularyOf: ReturnType<typeof createVocabularies>;

  constructor(private readonly options: RouterOptions) {
    this.byIntent = new Map(options.commands.map((command) => [command.intent.name, command]));
    this.open = new OpenQuestions(options);
    this.vocabularyOf = createVocabularies(options.organisation, options.mentions);
  }

  addressed(incoming: Incoming): boolean {
    const { reader, mentions } = this.options;
    const { text, chat, body, ...said } = incoming;
    return reader.isAddressed(text, { chat: chat.kind, vocabulary: { mentions: mentions(body) }, ...howSaid(said) });
  }

  async handle(incoming: Received, key: string): Promise<Said> {
    const { organisation, privately, dialogue } = this.options;
    const member = await organisation.memberByUserId(incoming.body, incoming.platform, incoming.senderId);
    if (!member) return { text: texts.unknownSender };
    await organisation.heardFrom(incoming.body, incoming.platform, incoming.senderId, member);
    const context = await this.contextOf(incoming, key, member);
    const answer = await this.answer(context, incoming.senderId);
    if (answer.groups) await privately.planForGroups(context.body, answer.groups);
    const handedOver = answer.private ? await privately.plan(context.body, answer.private, incoming.platform) : true;
    if (answer.ask) await dialogue.remember(whereOf(context), answer.ask);
    // Said only of what the platform has.
    const text = handedOver ? answer.text : answer.text.replace(texts.sentPrivately, texts.sendingPrivately);
    return { text, ...(answer.card ? { card: answer.card } : {}) };
  }

  private async withAfterword(context: CommandContext, reading: Reading, answer: Reply): Promise<Reply> {
    if (context.chat.kind !== 'group') return answer;
    const said = await Promise.all(this.options.afterwords.map((afterword) => afterword(context, reading)));
    return { ...answer, text: [answer.text, ...said.filter((each) => each !== null)].join('\n') };
  }

  private async contextOf(incoming: Received, key: string, member: Member): Promise<CommandContext> {
    const { zone } = await this.options.organisation.body(incoming.body);
    const now = this.options.clock.now();
    const speaker = { memberId: member.id, name: member.name, sector: member.sector, roles: member.roles };
    const { body, platform, chat, text } = incoming;
    return { body, zone, speaker, platform, chat, eventKey: key, now, today: dayOf(now, zone), text, ...howSaid(incoming) };
  }

  private async answer(context: CommandContext, senderId: string): Promise<Reply> {
    const vocabulary = await this.vocabularyOf(context.body);
    const { today, chat, speaker } = context;
    const scene = { today, sender_role: seenAs(speaker), speaker: speaker.name, chat: chat.kind, vocabulary, ...howSaid(context) };
    const reading = this.options.reader.read(context.text, scene);
    const continued = await this.open.continue(context, reading, scene);
    if (continued) return this.withAfterword(context, reading, continued);
    const meant = await this.spokenOf({ context, reading }, senderId, scene);
    return this.withAfterword(context, meant.reading, await this.obey(meant.context, meant.reading));
  }

  /**
   * 刚才那个写错了 names nothing: it is about what was spoken of last in this chat, as if that answer were quoted. What it is decides what
   * the line means: an activity just opened is no record.
   */
  private async spokenOf({ context, reading }: Heard, senderId: string, scene: ReadContext): Promise<Heard> {
    if (context.quoted !== undefined || !pointsBack(reading)) return { context, reading };
    const { body, platform, chat } = context;
    const where = { body, platform, senderId, chatId: chat.id, after: new Date(context.now.getTime() - spokenOfMs) };
    const lastSaid = await this.options.lastSaid(where, speaksOfSomething);
    const kinds = reading.intent === 'signup_cancel' ? 'ABR' : 'AB';
    if (lastSaid === null || (isUnnamed(reading) && !speaksOfOne(lastSaid, kinds))) return { context, reading };
    return { context: { ...context, lastSaid }, reading: this.options.reader.read(context.text, { ...scene, quoted: lastSaid }) };
  }

  private unheard(context: CommandContext, { reason, between }: NoneReading): Reply {
    const { reader, mentions } = this.options;
    if (!between) return { text: texts.unheard[reason] ?? texts.notUnderstood };
    return whichMeant([reader.wordOf(between[0]), reader.wordOf(between[1])], withoutMentions(context.text, mentions(context.body)));
  }

  private async obey(context: CommandContext, reading: Reading): Promise<Reply> {
    const polite = isNone(reading) || help.is(reading) ? smallTalk(context.text) : null;
    if (polite !== null) return { text: polite };
    if (isNone(reading)) return this.unheard(context, reading);
    if (help.is(reading)) return helpFor(this.options.commands, context.speaker, reading.everything);
    const command = this.byIntent.get(reading.intent);
    if (!command) return { text: texts.notYet };
    if (!may(command.may, context.speaker)) return { text: command.denied ?? texts.notAllowed };
    return command.handle(context, reading);
  }
}

/** So long ago is not 刚才. */
const spokenOfMs = 30 * 60_000;

/** Nothing is named: what was spoken of last decides what is meant, also between two meanings. */
const pointsBack = (reading: Reading): boolean =>
  ('target' in reading && reading.target === 'last') || isUnnamed(reading) || (isNone(reading) && reading.between !== undefined);

/** 改到12月12日上午, 名单发我: of the one thing that was spoken of; of a list nobody knows which. */
const isUnnamed = (reading: Reading): boolean => 'unnamed' in reading && reading.unnamed === true;

interface HowSaid<Quoted> {
  mentioned?: boolean;
  quoted?: Quoted;
}

const howSaid = <Quoted extends string>({ mentioned, quoted }: HowSaid<Quoted>): HowSaid<Quoted> => ({
  ...(mentioned ? { mentioned } : {}),
  ...(quoted ? { quoted } : {}),
});
