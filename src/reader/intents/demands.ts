import { toIso } from '../calendar';
import { topicsOf } from '../content';
import { companionsIn, namesIn } from '../names';
import type { Reading } from '../reading';
import { spotsIn, whereOf } from '../where';
import { type Asked, datesOf, idOf, without } from './asked';

/** A demand handed in: where, by whom, what, how urgent (domain.md 0.4). */
export function readCase(asked: Asked): Reading {
  const { document, section, body } = asked;
  const where = whereOf(document, section, spotsIn(document, section));
  const names = namesIn(document, section).filter((n) => n.kind === 'contact');
  const emergency = document.words.all.some(
    (h) =>
      h.kind === 'emergency' &&
      h.start >= section.start &&
      h.end <= section.end &&
      !/(?:着|心|应|不)$/.test(document.text.slice(Math.max(0, h.start - 1), h.start)),
  );
  const labelled = /(?:联系人|联系电话|电话|反映人)[: ]*([\u4e00-\u9fff]{2,4})/.exec(body)?.[1];
  const place = [where.place, where.organisation].filter((n) => n !== null).join('');
  const pii = document.pii.filter((p) => p.start >= section.start && p.end <= section.end).map((p) => p.written);
  return {
    intent: 'add_case',
    place: place || null,
    contact: names[0]?.name ?? labelled ?? null,
    problem: problemOf(asked, place),
    urgency: emergency ? 'emergency' : 'normal',
    topics: topicsOf(document, section),
    ...(pii.length > 0 && { pii }),
  };
}

/** The demand without the greeting and the place, as it was said. */
function problemOf(asked: Asked, place: string): string {
  const rest = without(
    asked.body.replace(place, ' '),
    /^(?:急|紧急)[!,。 ]*/,
    /(?:请|麻烦)?(?:帮忙|帮我|帮着)?(?:登记|记|转|反映|上报)(?:一[下个条]|[个条])?(?:诉求)?/,
    /1[3-9]\d{9}/,
  );
  return rest.replace(/^[,。!:;、\s]+|[,。!:;、\s]+$/g, '') || asked.body;
}

const statuses: readonly [RegExp, string][] = [
  [/重新办理|重办|重新打开|再办/, 'reopened'],
  [/不予受理|不受理/, 'declined'],
  [/退回|打回/, 'returned'],
  [/暂缓|条件受限|暂时办不了|缓办|办不了|搁置/, 'deferred'],
  [/12345|应急|119|110/, 'redirected'],
  [/未办结|没办结|没办完|办理中|正在办|在办|处理中|施工中|正在|开工|进行中/, 'in_progress'],
  [
    /办结|解决了|修好|已解决|办完|完成|结案|已加装|已修|装好|换好|搞定|处理好|清理完|已清理|落实了|恢复|已装|处理完|(?:弄|修|装|换|办|补|安|治|铺|清|疏通|处理)(?:好|妥|完|通|上)了/,
    'resolved',
  ],
  [/反馈给(?:群众|居民|当事人|反映人|他|她)|已反馈|已答复|回复了(?:群众|居民)/, 'fed_back'],
  [/归档/, 'archived'],
  [/当场答复/, 'answered_on_spot'],
  [/交办|转办|转给|转交|交给|派给|分给|移交|转到|派单|由[\u4e00-\u9fff]{2,8}(?:办|处理|牵头)/, 'assigned'],
  [/受理/, 'accepted'],
];
const handlerWord =
  /(?:转给|转交给?|交给|派给|交办给?|转办给?|移交给?|转到|分给|改由|由|交由|交办|转办|承办单位:?|让)[ :]*([\u4e00-\u9fff]{1,12}?(?:局|委|办|街道|社区|部门|公司|中心|物业|所|队|科|站|镇|乡|村|院|会|集团|办事处|委员|支队|大队|热线))(?:办|处理|负责|牵头|了|去|来|$|[,。;\s])/;

/** What has become of a demand. */
export function readCaseUpdate(asked: Asked): Reading {
  const said = `${asked.command} ${asked.body}`;
  const command = statuses.find(([pattern]) => pattern.test(asked.command))?.[1];
  const status = command ?? statuses.find(([pattern]) => pattern.test(said))?.[1] ?? null;
  const id = idOf(asked, 'C', true);
  const handler =
    handlerWord.exec(`${asked.body} `)?.[1] ??
    (status === 'assigned' ? (/([\u4e00-\u9fff]{2,8}(?:局|委|办|街道|社区|公司|中心|物业|所|队))/.exec(asked.body)?.[1] ?? null) : null);
  return { intent: 'update_case', case: id, keyword: id ? null : keywordOf(asked), status, handler };
}

export function readCaseQuery(asked: Asked): Reading {
  const id = idOf(asked, 'C', true);
  return { intent: 'case_query', case: id, keyword: id ? null : keywordOf(asked) };
}

/** 满意, 基本满意, 不满意; 不满意 with 重新办 reopens. */
export function readFeedback(asked: Asked): Reading {
  const said = `${asked.command} ${asked.body}`;
  const id = idOf(asked, 'C', true);
  const unsatisfied =
    /不满意|不太满意|没解决|没修好|还是|又坏|不认可|意见很大|没改善|不行|没好|没弄好|依旧|依然|又漏|没真正|不高兴|差评/.test(said);
  const basically = /基本满意|还算满意|比较满意|大体满意|还行|还可以|凑合/.test(said);
  const satisfied = /满意|感谢|认可|高兴|挺好|很好|点赞|好评|表扬/.test(said);
  const satisfaction = basically ? 'basically' : unsatisfied ? 'unsatisfied' : satisfied ? 'satisfied' : null;
  const reopen =
    /重新办|重办|再办|返工|重新处理|重新打开|重新修|再修|继续办|再处理|退回重|再去|重新派|要求重|再跟进|重启/.test(said) &&
    satisfaction !== 'satisfied';
  return { intent: 'case_feedback', case: id, ...(id ? {} : { keyword: keywordOf(asked) }), satisfaction, ...(reopen && { reopen: true }) };
}

/** What the demand is called when it has no number. */
export function keywordOf(asked: Asked): string | null {
  const dates = datesOf(asked).reduce((out, d) => out.replace(asked.document.text.slice(d.start, d.end), ' '), asked.body);
  const rest = without(
    dates,
    /(?:那个|这个|那件|这件|那)?(?:事情?|问题|诉求|案子|案件|件)?(?:现在)?(?:办到|办得|处理得|进展|到)?(?:哪一?步|怎么样|怎样|咋样|如何|什么情况|啥情况|有没有(?:结果|进展|下文|回音)|结果|进展|进度)+了?[吗呢]?|办[好完结]?[了没吗]+|解决[了没吗]+|[?!。,]/g,
    /^(?:请问|问一?下|查一?下?|帮我?查?|我(?:上次|之前)?(?:反映|提|报|交)的|关于|看看|上次|之前|那个|的|我)+/,
  ).trim();
  const piece = rest.split(' ').find((p) => p.length >= 2);
  return piece?.replace(/(?<=..)(?:的|那|这)?(?:个|件)?(?:事|问题|诉求)(?:情)?(?:有|已|现|都|还|到|$).*$/, '') ?? null;
}

/** A promise: to whom, what, until when. */
export function readCommitment(asked: Asked): Reading {
  const { document, section, body } = asked;
  const due = datesOf(asked)
    .filter((d) => d.from !== undefined)
    .at(-1);
  const named = [...namesIn(document, section), ...companionsIn(document, section)];
  const where = whereOf(document, section, spotsIn(document, section));
  const said =
    /(?:答应|承诺|向|给|对)了?([\u4e00-\u9fff]{2,12}?)(?:的?(?:居民|村民|商户|群众|老人|职工|业主|家长)?(?=说|,|在|于|下|\d|本|这|明|后|帮|要|尽|把|去|协调|解决|答复|承诺|:| ))/.exec(
      body,
    )?.[1];
  const to = named[0]?.name ?? said ?? where.place ?? where.organisation;
  const day = due?.to ?? due?.from;
  const content = due ? without(body.replace(document.text.slice(due.start, due.end), ' ')) : body;
  return {
    intent: 'add_commitment',
    to: to ?? null,
    content: content.replace(/^[,。:\s]+/, '').replace(/(?<=^| )(?:之前|以前|前|底前|内)(?=[\u4e00-\u9fff])/, ''),
    due: day === undefined ? null : toIso(day),
    missing: day === undefined ? ['due'] : [],
  };
}

export function readCommitmentUpdate(asked: Asked): Reading {
  const broken = /没兑现|未兑现|兑现不了|办不到|没做到|延期|推迟/.test(asked.body);
  return { intent: 'update_commitment', commitment: idOf(asked, 'A-Z'), keyword: keywordOf(asked), status: broken ? 'pending' : 'kept' };
}
