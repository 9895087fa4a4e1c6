import { type Asked, datesOf, idOf, without } from '../../reader/asked';

/** A demand by its number, said or quoted; without one by what it is called. */
export interface NamedCase {
  case: string | null;
  keyword: string | null;
}

export function caseOf(asked: Asked): NamedCase {
  const id = idOf(asked, 'C', true);
  return { case: id, keyword: id ? null : keywordOf(asked) };
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
