import { type Asked, bodyWithout } from '../../reader/asked';
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

/** The member a sentence begins with, days aside; where no members are known, what can be a name and is followed by a day. */
function memberFirst(asked: Pick<Asked, 'document' | 'section' | 'body'>): { name: string; rest: string } | null {
  const { document, section } = asked;
  const known = document.context.vocabulary?.members ?? [];
  if (known.length > 0) {
    const undated = bodyWithout({ ...asked, command: '', commanded: false, slash: false }, [...document.dates, ...document.times]);
    const said = undated.replace(/^[\s,。:]*(?:那天|今天)?/, '');
    const name = known.find((each) => said.startsWith(each));
    return name === undefined ? null : { name, rest: said.slice(name.length) };
  }
  const day = document.dates[0];
  const head = day ? document.text.slice(section.start, day.start) : '';
  const name = /^[\u4e00-\u9fff]{2,3}$/.test(head) && isName(document, section.start, head) ? head : null;
  return name === null || !day ? null : { name, rest: document.text.slice(day.end, section.end) };
}

/** Who acts when it is not the sender: others by pronoun, by title, the sender's family, an office that comes to a place. */
const others =
  /^(?:(?:他|她)们?|人家|对方|别人|有人|别的[\u4e00-\u9fff]{1,4}|其他[\u4e00-\u9fff]{1,4}|[\u4e00-\u9fff]{1,3}(?:主任|书记|主席|局长|市长|区长|县长|镇长|乡长|校长|院长|所长|科长|处长|部长|会长|经理|老师|同志|委员)们?|[老小][\u4e00-\u9fff](?![\u4e00-\u9fff]?[区镇村乡街师校院])|我们?家?的?(?:爱人|老伴|老公|老婆|丈夫|妻子|孩子|儿子|女儿|爸|妈|父亲|母亲|同事|朋友|邻居|领导|单位的?人)|[\u4e00-\u9fff]{1,8}(?:局|委|办|政府|法院|检察院|街道办?)(?=[^,。]{0,8}(?:到|来|去|组织|开展|下来)))(?=(?:说)?[,，]?(?:\d|[上下本这昨今前大去早晚周星礼]|在|去|到|走访|来|已经|刚|也|都|又|就|,))/;

/**
 * An account without 记录 that is not the sender's own contact: somebody else's, a call upon everybody, a supposition, what
 * is about to be, or talk about its pictures. Nothing of it may be stored under the sender's name.
 * `body` is the normalised text without command and mention.
 */
export function isNotMine(asked: Pick<Asked, 'document' | 'body'>): boolean {
  const { body } = asked;
  if (means(asked, 'says_record')) return false;
  const first = /^[^,。;!?]*/.exec(body)?.[0] ?? '';
  return (
    (others.test(body) && !saysIn(first.replace(/^我们?家?的?/, ''), asked.document, 'with_me')) ||
    means(asked, 'supposed') ||
    means(asked, 'about_to') ||
    means(asked, 'papers_of') ||
    means(asked, 'not_by_me')
  );
}
