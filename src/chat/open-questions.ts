import { type KeptText, pieceOf } from '../foundation/kept-text';
import { isNone, type ReadContext, type Reader, type Reading } from '../reader';
import { withoutMentions } from './bare-text';
import type { CommandContext, Reply } from './command';
import type { Dialogue } from './dialogue';
import type { AnswerLine, AnyQuestion } from './question';
import { dropWords, commonTexts as texts } from './texts';

interface Parts {
  reader: Reader;
  questions: readonly AnyQuestion[];
  dialogue: Dialogue;
  mentions: (body: string) => readonly string[];
}

/** What the bot has asked and somebody may be answering: any feature's question, found again by its name. */
export class OpenQuestions {
  private readonly byName: ReadonlyMap<string, AnyQuestion>;
  /** Of all questions: no other line costs a look into the database. */
  private readonly amending: ReadonlySet<string>;

  constructor(private readonly parts: Parts) {
    this.byName = new Map(parts.questions.map((each) => [each.name, each]));
    this.amending = new Set(parts.questions.flatMap(({ also }) => also));
  }

  /**
   * The answer to a line that goes on with an open question; null when it is a line of its own. Only a line that means
   * nothing by itself, or that the question is also about, can be an answer. Taking it back (算了) ends the question and touches nothing else.
   */
  async continue(context: CommandContext, reading: Reading, scene: ReadContext): Promise<Reply | null> {
    const text = pieceOf(context.text, (all) => withoutMentions(all, this.parts.mentions(context.body)));
    const drops = dropWords.test(text);
    if (!drops && !isNone(reading) && !this.amending.has(reading.intent)) return null;
    const { dialogue } = this.parts;
    const where = whereOf(context);
    const pending = await dialogue.pending(where);
    const asked = pending ? this.byName.get(pending.question) : undefined;
    if (!pending || !asked) return null;
    if (!drops && !isNone(reading) && !asked.also.includes(reading.intent)) return null;
    if (drops) {
      await dialogue.answered(where);
      return { text: await asked.dropped(pending.kept, context) };
    }
    const reply = await asked.resume({ ...context, text }, pending.kept, this.line(text, scene));
    if (reply) await dialogue.answered(where);
    return reply ?? (isNone(reading) && !isAnswered(reading.reason) ? this.reminded(asked, pending.kept, context) : null);
  }

  /** What there is nothing more to ask about (the record was withdrawn meanwhile) is over, and nothing is said of it. */
  private async reminded(asked: AnyQuestion, kept: unknown, context: CommandContext): Promise<Reply | null> {
    const text = await asked.remind(kept, context);
    if (text === null) await this.parts.dialogue.answered(whereOf(context));
    return text === null ? null : { text };
  }

  private line(text: KeptText, scene: ReadContext): AnswerLine {
    return { text, as: (intent) => this.parts.reader.readAs(intent, text, { ...scene, mentioned: true }) };
  }
}

/** Reasons that have a sentence of their own: thanks are no failed answer. */
const isAnswered = (reason: string): boolean => reason in texts.unheard;

/** One open question per member and chat. */
export const whereOf = (context: CommandContext) => ({
  body: context.body,
  memberId: context.speaker.memberId,
  chatId: context.chat.id,
  eventKey: context.eventKey,
  now: context.now,
});
