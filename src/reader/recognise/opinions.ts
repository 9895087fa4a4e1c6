import type { Rule } from './rule';

/** Opinion reports and proposal leads. */
export const opinions: readonly Rule[] = [
  [
    'opinion_update',
    (s) =>
      (s.id === 'M' || /社情民意|信息|那篇|微建议/.test(s.body) || (!s.contact && /《[^》]+》|建议/.test(s.body))) &&
      /采用了?|采纳|批示|录用|签批|圈阅|(?:书记|[省市县区]长|主席|领导)[^,。]{0,3}批了/.test(s.body) &&
      !s.question &&
      !/争取|希望能|能否|(?:采用|批示|采纳)(?:情况|结果|进展)/.test(s.body),
  ],
  [
    'opinion_query',
    (s) =>
      s.id === 'M' ||
      (s.question &&
        /社情民意|那篇|微建议|(?:我|上)(?:.{0,6})(?:报|写|提|交)(?:.{0,8})信息|信息[^,。]{0,4}(?:报|交|提|送|写)|采用|批示|提案/.test(
          s.body,
        ) &&
        !/(?<![那这])几[条篇]|多少[条篇]/.test(s.body)),
  ],
  ['opinion_query', (s) => /(?:社情民意|微建议|提案|信息)[^,。]{0,3}(?:进展|进度|结果|下文)[?。 ]*$/.test(s.body) && !s.contact],
  [
    'submit_proposal_lead',
    (s) =>
      /提案(?:的)?(?:线索|素材|想法|点子|方向|题目|选题|设想|意向|思路)|作为提案|(?:写|提|报|做|形成|当)[^,。]{0,6}提案|提案建议/.test(
        s.body,
      ) &&
      !s.contact &&
      !s.question,
  ],
  [
    'submit_opinion',
    (s) =>
      /社情民意|民意信息|微建议|(?:写|报|交|提|编|送)(?:了|一|上)*[条篇份]信息/.test(s.body) &&
      (!s.contact || /^我?(?:想|要|来|再|帮我)*(?:提|报|写|交|反映|上报|提交)[^,。]{0,6}(?:社情民意|微建议)/.test(s.body)) &&
      !s.question &&
      !/进度|完成/.test(s.body),
  ],
];
