import type { PrivateMessage } from '../chat/command';
import { may } from '../organisation/may';
import type { OrganisationService } from '../organisation/service';
import type { Feedback } from './feedback';
import { rights } from './readings';
import { feedbackTexts as texts } from './texts';

/** So many people of the office hear of each; more of them would hear of it from these. */
const mostTold = 10;

/** Tells those who may answer it; once each, whoever asks twice. */
export async function officeNotices(organisation: OrganisationService, feedback: Feedback, from: string): Promise<PrivateMessage[]> {
  const notices: PrivateMessage[] = [];
  for await (const { id, sector, roles } of organisation.members(feedback.body)) {
    if (notices.length >= mostTold) break;
    if (id === feedback.memberId || !may(rights.answer, { memberId: id, sector, roles }, { memberId: feedback.memberId })) continue;
    const key = `feedback_received:${feedback.id}:${id}`;
    notices.push({ memberId: id, key, purpose: 'feedback_received', text: texts.toOffice(feedback, from) });
  }
  return notices;
}

/** Tells who asked what was answered by the message or form `source`; null when that answered nothing. */
export function answerNotice(feedback: Feedback, source: string): PrivateMessage | null {
  const at = feedback.answers.findIndex((each) => each.source === source);
  const answer = feedback.answers[at];
  if (!answer) return null;
  const key = `feedback_answered:${feedback.id}:${at + 1}`;
  return { memberId: feedback.memberId, key, purpose: 'feedback_answered', text: texts.answerFor(feedback, answer.text) };
}
