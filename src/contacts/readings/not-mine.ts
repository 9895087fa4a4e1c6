import { type Asked, bodyWithout } from '../../reader/asked';
import { isHanWord } from '../../reader/characters';
import { means, saysIn } from '../../reader/means';
import { isName } from '../../reader/names';

/**
 * 周岚昨天走访了…: another member is who acts. Where the speaker is known it is asked whose contact it is (for-others); where not,
 * nobody can be asked, and it is not the sender's.
 */
export function isOtherMembers(asked: Pick<Asked, 'document' | 'section' | 'body'>): boolean {
  const { document, body } = asked;
  if (document.context.speaker !== undefined || means({ body, document }, 'with_me')) return false;
  const name = memberFirst(asked);
  return name !== null && saysIn(name.rest, document, 'others_doing');
}

/** 周岚委员昨天走访了…, said by somebody known: whose contact it is can be asked. */
const isAskable = (asked: Pick<Asked, 'document' | 'section' | 'body'>): boolean =>
  asked.document.context.speaker !== undefined && memberFirst(asked) !== null;

/** The member a sentence begins with, days aside; where no members are known, what can be a name and is followed by a day. */
function memberFirst(asked: Pick<Asked, 'document' | 'section' | 'body'>): { name: string; rest: string } | null {
  const { document, section } = asked;
  const known = document.context.vocabulary?.members ?? [];
  if (known.length > 0) {
    const undated = bodyWithout({ ...asked, command: '', commanded: false, slash: false }, [...document.dates, ...document.times]);
    const said = undated.replace(document.lexicon.acts.that_day_first, '');
    const name = known.find((each) => said.startsWith(each));
    return name === undefined ? null : { name, rest: said.slice(name.length) };
  }
  const day = document.dates[0];
  const head = day ? document.text.slice(section.start, day.start) : '';
  const name = isHanWord(head, 2, 3) && isName(document, section.start, head) ? head : null;
  return name === null || !day ? null : { name, rest: document.text.slice(day.end, section.end) };
}

/**
 * An account without 记录 that is not the sender's own contact: somebody else's, a call upon everybody, a supposition, what
 * is about to be, or talk about its pictures. Nothing of it may be stored under the sender's name.
 * `body` is the normalised text without command and mention.
 */
export function isNotMine(asked: Pick<Asked, 'document' | 'section' | 'body'>): boolean {
  const { body } = asked;
  if (means(asked, 'says_record')) return false;
  const first = /^[^,。;!?]*/.exec(body)?.[0] ?? '';
  return (
    (saysIn(body, asked.document, 'others_act') &&
      !saysIn(first.replace(asked.document.lexicon.acts.of_our_family, ''), asked.document, 'with_me') &&
      !isAskable(asked)) ||
    means(asked, 'supposed') ||
    means(asked, 'about_to') ||
    means(asked, 'papers_of') ||
    means(asked, 'not_by_me')
  );
}
