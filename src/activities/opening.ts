import type { CommandContext, Reply } from '../chat/command';
import { type AnswerLine, question } from '../chat/question';
import { type ActivityTools, openOrAsk } from './create-activity';
import { type Kept, kept, type Opening } from './draft';
import { createActivity, updateActivity } from './readings';
import { amends, isYes, activityTexts as texts } from './texts';

/** What is missing or odd in an activity before it is announced: 确认 announces it, a correcting line amends it. */
export function openingQuestion(tools: ActivityTools): Opening {
  const opening: Opening = question('activity', kept, {
    // 地点改成文化馆 would be a change of something announced; here nothing is.
    also: ['activity_update', 'correct_record', 'activity_create'],
    resume: (context, asked, line) => resume(tools, opening, { context, asked, line }),
    remind: () => texts.createUnheard,
    dropped: () => texts.createDropped,
  });
  return opening;
}

interface Resumed {
  context: CommandContext;
  asked: Kept;
  line: AnswerLine;
}

async function resume(tools: ActivityTools, opening: Opening, { context, asked, line }: Resumed): Promise<Reply | null> {
  if (isYes.test(line.text)) return openOrAsk(tools, opening, context, { ...asked, doubts: [], turn: asked.turn + 1 });
  const amended = amendedBy(asked, line);
  return amended && openOrAsk(tools, opening, context, { ...amended, turn: asked.turn + 1 });
}

/** The draft with what the line says; a doubt it settles is one no more. Null when it says nothing of it. */
function amendedBy({ draft: before, doubts }: Kept, line: AnswerLine): Omit<Kept, 'turn'> | null {
  // Opened anew, or said of one that is announced: a line of its own.
  if (/^[/／]|发起|发布/.test(line.text)) return null;
  const change = line.as(updateActivity);
  if (/^[A-Z]\d/.test(change.activity ?? '')) return null;
  const said = line.as(createActivity);
  const start = change.start ?? said.start ?? (change.time && before.start ? `${before.start.slice(0, 10)}T${change.time}` : null);
  const place = change.place ?? said.place;
  const capacity = change.capacity === undefined ? said.capacity : change.capacity;
  const deadline = change.deadline ?? said.deadline;
  const named = change.title ?? ((before.title === null || doubts.includes('title')) && !amends.test(line.text) ? said.title : null);
  const some = [start, place, deadline, named].some((each) => each !== null) || capacity !== null || change.capacity === null;
  if (!some) return null;
  const after = {
    ...before,
    title: named ?? before.title,
    start: start === null ? before.start : withHour(start, before.start),
    place: place ?? before.place,
    capacity: capacity ?? (change.capacity === null ? null : before.capacity),
    deadline: deadline ?? before.deadline,
  };
  const settled = (doubt: Kept['doubts'][number]): boolean => (doubt === 'title' ? named !== null : doubt !== 'series' && start !== null);
  return {
    draft: after,
    doubts: [
      ...doubts.filter((each) => !settled(each)),
      ...(said.doubts ?? []).filter((each) => each === 'weekday' || each === 'next_year'),
    ],
  };
}

/** A new day keeps the hour that was said before. */
const withHour = (start: string, before: string | null): string =>
  start.length === 10 && before && before.length > 10 ? `${start}${before.slice(10)}` : start;
