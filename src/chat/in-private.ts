import type { CommandContext, Reply } from './command';
import { commonTexts } from './texts';

/** Numbers and names of one person: said at once where nobody else reads, else sent to the speaker, and the group hears so. */
export function inPrivate({ chat, speaker, eventKey }: CommandContext, what: string, text: string): Reply {
  if (chat.kind === 'private') return { text };
  const message = { memberId: speaker.memberId, key: `${what}:${eventKey}`, purpose: 'private_reply', text };
  return { text: commonTexts.sentPrivately, private: [message] };
}
