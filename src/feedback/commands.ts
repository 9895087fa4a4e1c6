import { type Command, type CommandContext, command, type PrivateMessage, type Reply } from '../chat/command';
import { inPrivate } from '../chat/in-private';
import { yearOf } from '../foundation/day';
import { type KeptText, pieceOf } from '../foundation/kept-text';
import { may } from '../organisation/may';
import type { OrganisationService } from '../organisation/service';
import { answerNotice, officeNotices } from './notices';
import {
  type AnswerFeedbackReading,
  answerFeedback,
  type FeedbackReading,
  giveFeedback,
  type QueryFeedbackReading,
  queryFeedback,
  rights,
} from './readings';
import type { FeedbackService, Said } from './service';
import { feedbackTexts as texts } from './texts';

interface FeedbackTools {
  feedback: FeedbackService;
  organisation: OrganisationService;
}

/** What can be said about the organisation's own work, and what the office answers. */
export function feedbackCommands(tools: FeedbackTools): Command[] {
  return [
    command(giveFeedback, { may: rights.give, help: texts.help.give, handle: (context, reading) => give(tools, context, reading) }),
    command(queryFeedback, {
      may: rights.see,
      help: [
        { say: texts.help.mine, may: rights.give },
        { say: texts.help.open, may: rights.list, first: ['staff'] },
      ],
      handle: (context, reading) => query(tools, context, reading),
    }),
    command(answerFeedback, {
      may: rights.answer,
      denied: texts.onlyOffice,
      handle: (context, reading) => answer(tools, context, reading),
    }),
  ];
}

const saidIn = ({ body, speaker, now, today, eventKey }: CommandContext): Said => ({ body, speaker, now, today, source: eventKey });

/** As typed: the reader cuts and tidies what it reads. */
const wordsOf = ({ text }: CommandContext, { spans }: { spans?: FeedbackReading['spans'] }): KeptText =>
  pieceOf(text, (all) => (spans?.['text'] ? all.slice(spans['text'][0]) : ''));

async function give({ feedback, organisation }: FeedbackTools, context: CommandContext, reading: FeedbackReading): Promise<Reply> {
  const given = await feedback.give(saidIn(context), reading.kind, wordsOf(context, reading));
  if (given.kind === 'fault') return { text: texts.faults[given.fault] };
  return { text: texts.given(given.feedback), private: await officeNotices(organisation, given.feedback, context.speaker.name) };
}

async function query({ feedback }: FeedbackTools, context: CommandContext, reading: QueryFeedbackReading): Promise<Reply> {
  const { body, speaker, today } = context;
  const year = yearOf(today);
  if (reading.feedback !== null) {
    const found = await feedback.see(body, speaker, reading.feedback);
    return found ? inPrivate(context, 'feedback', texts.one(found, year)) : { text: texts.none(reading.feedback) };
  }
  if (reading.scope === 'self') return inPrivate(context, 'feedback', texts.mine(await feedback.mine(body, speaker.memberId), year));
  if (!may(rights.list, speaker)) return { text: texts.listOnlyOffice };
  const { first, all } = await feedback.open(body);
  return inPrivate(context, 'feedback', texts.open(first, all, year));
}

async function answer({ feedback, organisation }: FeedbackTools, context: CommandContext, reading: AnswerFeedbackReading): Promise<Reply> {
  const { feedback: id } = reading;
  if (id === null) return { text: texts.whichOne };
  const result = await feedback.answer(saidIn(context), id, wordsOf(context, reading));
  if (result.kind === 'none') return { text: texts.none(id) };
  if (result.kind === 'denied') return { text: texts.onlyOffice };
  if (result.kind === 'fault') return { text: result.fault === 'empty' ? texts.answerEmpty(id) : texts.faults[result.fault] };
  const member = await organisation.member(context.body, result.feedback.memberId);
  const notice: PrivateMessage | null = answerNotice(result.feedback, context.eventKey);
  return { text: texts.answered(result.feedback, member?.name ?? id, result.again), private: notice ? [notice] : [] };
}
