import type { Day } from '../foundation/day';
import type { KeptText } from '../foundation/kept-text';
import { type Actor, may } from '../organisation/may';
import type { Feedback } from './feedback';
import { type FeedbackKind, rights } from './readings';
import { fit, type TextFault } from './rules';
import type { FeedbackStore } from './store';

export type { Feedback } from './feedback';
export { officeNotices } from './notices';

/** Who says something, when, and by which message. */
export interface Said {
  body: string;
  speaker: Actor;
  now: Date;
  today: Day;
  /** Key of the message or form: the same one again changes nothing and gives the same result. */
  source: string;
}

type Given = { kind: 'given'; feedback: Feedback } | { kind: 'fault'; fault: TextFault };
type Answered =
  | { kind: 'answered'; feedback: Feedback; again: boolean }
  | { kind: 'fault'; fault: TextFault }
  | { kind: 'none' }
  | { kind: 'denied' };

const shown = 10;

/** Suggestions, complaints and questions: taken, numbered, answered, never lost. */
export class FeedbackService {
  constructor(private readonly store: FeedbackStore) {}

  async give({ body, speaker, now, today, source }: Said, kind: FeedbackKind, words: KeptText): Promise<Given> {
    const said = fit(words);
    if ('fault' in said) return { kind: 'fault', ...said };
    const made = { body, kind, memberId: speaker.memberId, text: said.text, at: now, day: today, source };
    const feedback = await this.store.insert({ ...made, status: 'open', answers: [] });
    return { kind: 'given', feedback };
  }

  /** A second answer is added to the first. */
  async answer({ body, speaker, now, source }: Said, id: string, words: KeptText): Promise<Answered> {
    const found = await this.store.byId(body, id);
    if (!found) return { kind: 'none' };
    if (!may(rights.answer, speaker, { memberId: found.memberId })) return { kind: 'denied' };
    const said = fit(words);
    if ('fault' in said) return { kind: 'fault', ...said };
    const feedback = await this.store.answer(body, id, { by: speaker.memberId, at: now, text: said.text, source });
    return feedback
      ? { kind: 'answered', feedback, again: feedback.answers.findIndex((each) => each.source === source) > 0 }
      : { kind: 'none' };
  }

  /** One of them, for whoever may see it; null for everybody else as well, so that a number tells nothing. */
  async see(body: string, viewer: Actor, id: string): Promise<Feedback | null> {
    const found = await this.store.byId(body, id);
    return found && may(rights.see, viewer, { memberId: found.memberId }) ? found : null;
  }

  mine(body: string, memberId: string): Promise<Feedback[]> {
    return this.store.of(body, memberId, shown);
  }

  /** What waits for an answer, oldest first, and how much there is in all. Callers have asked `may(rights.list)`. */
  async open(body: string, limit = shown): Promise<{ first: Feedback[]; all: number }> {
    const [first, all] = await Promise.all([this.store.open(body, limit), this.store.countOpen(body)]);
    return { first, all };
  }

  /** How much waits for an answer of this person; none for whoever may not give one. */
  async waitingFor(body: string, viewer: Actor): Promise<number> {
    return may(rights.answer, viewer) && may(rights.list, viewer) ? this.store.countOpen(body) : 0;
  }

  /** Answered ones, newest first. */
  answered(body: string, limit: number): Promise<Feedback[]> {
    return this.store.answered(body, limit);
  }
}
