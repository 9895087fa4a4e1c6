import { type Document, hitsOf, type Section, within } from './document';
import { namesIn } from './names';
import { bareRecordsIn, numberedIn } from './numbered';
import type { Act } from './vocabulary';
import { spotsIn } from './where';

/** What a sentence said to the bot shows, looked up once for the rules below. */
export interface Signs {
  body: string;
  document: Document;
  section: Section;
  question: boolean;
  /** The letter before an id: A activity, C case, M opinion, R record. */
  id: string | null;
  quoted: string;
  contact: boolean;
  /** Constituents are counted. */
  counted: boolean;
}

const asks =
  /[?]|[吗么]\s*[,。!]?\s*$|呢\s*[,。!?]?\s*$|没有?\s*[。!?]?\s*$|多少|(?:有|是|报了|完成了?|走访了?|联系了?|差|记了?|剩|缺|做了?|去了?|来了?|开了?|跑了?|走了?|见了?|第|我|度|年|月|共|过|采用了?|采纳了?|录用了?)几[次个人家条篇场回位]|几[号点](?![楼线院])|(?<!不管|无论)谁|哪[些个位条里儿天一次场篇件年级家样]|来着|[^,。不]不\s*[?]?$|怎么(?:处理|办|弄|解决|修)的|(?:怎么|咋|为[啥何]|为什么)[还就]?[没不]|(?<!不确定|不知道|不晓得|看看?)(?:能不能(?![去来到参赶全])|([去要会可行好想够缺])不\1(?!得))|第几|怎么(?:走|去|坐车|乘车|到)(?!的)|几[楼层天]|怎么样|咋样|怎样|在哪|到哪|去了?哪|(?<!没|无|没有)什么|(?<![没无])啥|有没有|了没(?!人|法|处|办|地|多|几)|是不是|查一?下|查查|查询|看一?下|看看|帮我?查|怎么[回说答定][^,。]{0,2}的|进展如何|如何了|到哪了/;
/** Looks once for what the rules of a sentence ask about. */
export function signsOf(document: Document, section: Section): Signs {
  const body = document.text.slice(section.start, section.end);
  const quoted = document.context.quoted ?? '';
  const id = kindOfThing(numberedIn(body, 'A-Z')[0]?.id[0]) ?? (bareRecordsIn(body).length > 0 ? 'R' : null);
  const counted = isCounted(document, section);
  const signs: Signs = { body, document, section, question: asks.test(body), id, quoted, counted, contact: false };
  signs.contact = isContact(signs);
  return signs;
}

/** Whether one of the words of a class stands in the sentence. */
export const means = ({ body, document }: Pick<Signs, 'body' | 'document'>, act: Act): boolean => document.lexicon.acts[act].test(body);

/** Which kind of thing a letter numbers; letters that have none of their own number activities. */
const kindOfThing = (letter: string | undefined): string | null => (letter === undefined ? null : 'CMR'.includes(letter) ? letter : 'A');

const isCounted = (document: Document, section: Section): boolean =>
  document.quantities.some((q) => within(q, section) && (q.kind === 'person' || q.kind === 'personTimes') && q.role !== 'member');

/** A contact that took place: a mode or a visit, with a day, a place or a count, and no question. */
function isContact(s: Omit<Signs, 'contact'>): boolean {
  const { document, section, counted } = s;
  const mode = hitsOf(document, 'mode', section).length > 0;
  const hint = hitsOf(document, 'hint', section).length > 0;
  const past = [
    ...document.dates.filter((d) => d.kind !== 'period'),
    ...document.times.filter((t) => !/[半深]夜|凌晨/.test(document.text.slice(t.start, t.end))),
  ].some((d) => within(d, section));
  const person = (): boolean =>
    hitsOf(document, 'role', section).length > 0 ||
    hitsOf(document, 'neighbour', section).length > 0 ||
    namesIn(document, section).some((n) => n.kind === 'contact');
  const spot = (): boolean => spotsIn(document, section).length > 0;
  const households = document.quantities.some((q) => within(q, section) && q.kind === 'household');
  const done = /了|过|完|刚|去[看]?|到|[碰遇]见/.test(s.body);
  if (s.question && (!(counted && mode && (past || spot())) || /(?:[记录补][了上过]*|能算|算不算|算数)[吗没么]?\s*[?]?$/.test(s.body)))
    return false;
  if (past && spot() && /(?:^|[,。我])没(?:能)?[去见找碰联走开]/.test(s.body) && hitsOf(document, 'negation', section).length > 0)
    return true;
  if (mode) return counted || (past && (done || spot() || person() || households)) || (done && spot());
  if (past && /[跟和与同](?!我)[^,。]{2,16}(?:聊|谈|唠|拉呱|拉家常|吃[^,。]{0,4}[饭餐]|工作餐)/.test(s.body)) return true;
  if (hint && done && person() && (past || /[跟和与同找给陪]/.test(s.body))) return true;
  return (counted && (hint || past || (done && spot()))) || (hint && past && spot());
}
