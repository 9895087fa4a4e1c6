import type { ComponentChildren, VNode } from 'preact';
import { dayText } from '../chat/labels';
import type { OutgoingMessages } from '../chat/outgoing-messages';
import type { Page, Visit } from '../feature';
import { yearOf } from '../foundation/day';
import { randomId } from '../foundation/ids';
import type { KeptText } from '../foundation/kept-text';
import type { OrganisationService } from '../organisation/service';
import type { Feedback } from './feedback';
import { answerNotice } from './notices';
import { rights } from './readings';
import type { FeedbackService } from './service';
import { feedbackTexts, kindText } from './texts';

const texts = feedbackTexts.page;
const path = '/feedback';
const openShown = 50;
const answeredShown = 20;

interface Tools {
  feedback: FeedbackService;
  organisation: OrganisationService;
  messages: OutgoingMessages;
}

/** The office's list: what waits for an answer, each with a form to answer it, and what was answered last. */
export function feedbackPage(tools: Tools): Page {
  return {
    path,
    title: texts.title,
    may: rights.list,
    render: (visit) => render(tools, visit),
    forms: { answer: { may: rights.answer, submit: (visit, fields) => submit(tools, visit, fields) } },
  };
}

async function submit({ feedback, messages }: Tools, visit: Visit, fields: Readonly<Record<string, KeptText>>) {
  const { body, visitor, now, today } = visit;
  const { id = '', text, once = '' } = fields;
  if (text === undefined) return { say: feedbackTexts.faults.empty };
  const source = `page:${visitor.memberId}:${once}`;
  const result = await feedback.answer({ body, speaker: visitor, now, today, source }, id, text);
  if (result.kind === 'none' || result.kind === 'denied') return { say: feedbackTexts.none(id) };
  if (result.kind === 'fault') return { say: feedbackTexts.faults[result.fault] };
  const notice = answerNotice(result.feedback, source);
  if (notice) await messages.plan(body, [notice]);
  return { goTo: path };
}

async function render({ feedback, organisation }: Tools, { body, today }: Visit): Promise<VNode> {
  const [{ first, all }, answered] = await Promise.all([feedback.open(body, openShown), feedback.answered(body, answeredShown)]);
  const ids = [...new Set([...first, ...answered].map(({ memberId }) => memberId))];
  const people = await Promise.all(ids.map(async (id) => [id, (await organisation.member(body, id))?.name ?? id] as const));
  const from = { names: new Map(people), year: yearOf(today) };
  return (
    <>
      <h2>{texts.open(all)}</h2>
      <ul class="records">
        {first.map((each) => (
          <Card key={each.id} feedback={each} {...from}>
            <AnswerForm id={each.id} />
          </Card>
        ))}
      </ul>
      {all > first.length && <p class="say">{texts.more(all - first.length)}</p>}
      {answered.length > 0 && <h2>{texts.answered}</h2>}
      <ul class="records">
        {answered.map((each) => (
          <Card key={each.id} feedback={each} {...from}>
            {each.answers.map(({ source, text }) => (
              <p class="answer" key={source}>
                {texts.answerOf(text)}
              </p>
            ))}
          </Card>
        ))}
      </ul>
      <p class="say">{texts.note}</p>
    </>
  );
}

interface CardProps {
  feedback: Feedback;
  names: ReadonlyMap<string, string>;
  year: string;
  children: ComponentChildren;
}

function Card({ feedback: { id, kind, memberId, day, text }, names, year, children }: CardProps): VNode {
  return (
    <li class="card">
      <span class="number">{`${id} ${kindText[kind]}`}</span>
      <p class="from">{texts.from(names.get(memberId) ?? '', dayText(day, year))}</p>
      <p>{text}</p>
      {children}
    </li>
  );
}

/** `once`: a form that is sent twice answers once. */
function AnswerForm({ id }: { id: string }): VNode {
  return (
    <form class="inline" method="post" action={`${path}/answer`}>
      <input type="hidden" name="id" value={id} />
      <input type="hidden" name="once" value={randomId(8)} />
      <label>
        <span class="label">{`${texts.answer} ${id}`}</span>
        <textarea name="text" rows={3} maxLength={1_000} required />
      </label>
      <button class="button" type="submit">
        {texts.send}
      </button>
    </form>
  );
}
