import { hitsOf } from '../document';
import type { Signs } from '../signs';
import { spotsIn } from '../where';
import { asksHow } from './help';
import type { Rule } from './rule';

/** What has become of a demand, or is asked of it. */
export const cases: readonly Rule[] = [
  ['case_query', (s) => s.question && /诉求/.test(s.body) && !s.contact && !/几[条个次]|多少/.test(s.body) && !asksHow(s)],
  [
    'case_feedback',
    (s) =>
      (s.id === 'C' ||
        aboutCase(s) ||
        /回访|重办|返工|满意/.test(s.body) ||
        (/(?:修|办|弄|装|处理|解决|恢复|疏通|清理)(?:好|完|通)?了/.test(s.body) && !/昨|前天|上周|今天/.test(s.body))) &&
      /满意|回访|(?:说|表示|都)(?:很|非常|特别)?(?:感谢|谢谢)|[,。](?:谢谢|感谢)(?:大家|你们|帮忙|帮助|了|啦)|(?:群众|居民|老人|村民|业主|商户).{0,4}(?:很好|挺好|谢|高兴)|重新办|重办|返工|又坏|不买账|根本没|不认账|有意见|没修好|没解决|认可|又漏|差评|好评|(?:反馈|评价|反响|感觉)[^,。]{0,3}(?:不错|好|一般|差|可以)|称赞|点赞|说(?:很|挺|非常|还)?(?:好|不错|可以|行)(?=[,。了吧]|$)/.test(
        s.body,
      ) &&
      !s.question &&
      !(s.contact && s.id !== 'C'),
  ],
  ['case_query', (s) => /诉求[^,。]{0,3}(?:进展|进度|情况|结果)[?。 ]*$/.test(s.body) && !s.contact && !asksHow(s)],
  ['case_query', (s) => s.question && /(?:件|诉求)[^,。]{0,8}[没未]?办结|转的[^,。]{0,3}件/.test(s.body)],
  [
    'case_query',
    (s) =>
      s.question &&
      s.id !== 'A' &&
      (s.id === 'C' ||
        (/办到|办得|进展|结果|解决|修好|弄好|处理|办了|办好|到哪|哪一?步|下文|什么情况|啥情况|回音|回信|有信|说法|怎么样|咋样|落实|管了|有人[管办问理]|(?:修|装|换|通|清|拆|治|批)[好完掉]?了?[没吗]|怎么(?:回|说|答复|定|办)的|谁在?[管办]|谁负责|回复|动静|答复|[回答动来批看][了过]?[没吗]|(?:事|问题)[^,。]{0,10}[没吗]/.test(
          s.body,
        ) &&
          !/履职|进度|活动|报名|界别?(?:里|内)?的?(?:情况|进展)|怎么办|几[次人]|多少|完成|季度|委员|任务|指标/.test(s.body))),
  ],
  ['case_query', (s) => s.id === 'C' && /^(?:查一?[查下]?|看看|进展|进度|状态|情况)|(?:进展|进度|状态|情况)[ 。]*$/.test(s.body)],
  ['update_case', (s) => s.id === 'C'],
  [
    'update_case',
    (s) =>
      aboutCase(s) &&
      !/承诺|答应|名额|报名/.test(s.body) &&
      !s.contact &&
      !s.question &&
      /办结|已办|修好了|解决了|转给|交办|转办|受理|正在办|办理中|已经?(?:修|装|换|解决|处理|办|清|转|交|恢复)|搞定|(?:弄|修|装|换|办|补|安|治|铺|清理|疏通|处理|解决)(?:好|妥|完|通|上)了/.test(
        s.body,
      ),
  ],
];

const aboutCase = (s: Signs): boolean =>
  /那件?事|那个事|那个问题|诉求|那件|(?:那|这)个|那边的|的事/.test(s.body) || /诉求|C\d/.test(s.quoted);

/** What a member has promised. */
export const promises: readonly Rule[] = [
  [
    'update_commitment',
    (s) =>
      /承诺|答应|(?:^|[,。])(?:已经?|都|全)?兑现了?[。! ]*$/.test(s.body) &&
      /兑现|(?:做|办|送|捐|给|交|发|找|修|装|配|补|联系|安排|落实|完成|到位)(?:好|到|完|成|妥|结|上|去|过去|到位)?了|承诺[^,。]{0,4}(?:已经?|都|全)?[^,。]{0,2}完成|履行|已经办/.test(
        s.body,
      ) &&
      !/(?:前|内|底|之内)[^,。]{0,2}(?:完成|办|落实|解决|送|修|做|找)/.test(s.body) &&
      !s.question,
  ],
  [
    'add_commitment',
    (s) =>
      /我(?:们)?(?:已经?|就|也|今天|刚才?|当场)?(?:向|给|对|跟)?[^,。]{0,10}(?:承诺|答应|保证)|认领|许诺|^[向给对跟][^,。]{1,10}(?:承诺|答应|保证)|算[^,。]{0,4}承诺|(?:记|登记|加|添)[^,。]{0,4}(?:个|条|一个|一条|一下)?(?:我的)?承诺|^(?:已经?|当场|今天|刚才?)?(?:承诺|答应)/.test(
        s.body,
      ) &&
      (!s.contact ||
        /算[^,。]{0,4}承诺|^(?:帮我?|请|给我)?(?:记|登记|加|添)[^,。:]{0,4}承诺/.test(s.body) ||
        ((!s.counted || hitsOf(s.document, 'mode', s.section).length === 0) &&
          /^(?:[^,。:]{0,6}[,:]|[^,。:]{0,10}(?:时|时候|中|期间))?(?:我们?|咱)?(?:已经?|今天|刚才?|当场|就|也)*(?:[向给对跟].{1,10})?(?:承诺|答应|保证)/.test(
            s.body,
          ))) &&
      !s.question,
  ],
];

/** 王大姐说…，请帮着问问: somebody's trouble, told with a plea to help. */
const pleads =
  /(?:大姐|大哥|大爷|大妈|大娘|大叔|阿姨|师傅|老人家?|奶奶|爷爷|[叔婶伯]|女士|先生|老乡|街坊)[^,。]{0,3}(?:说|讲|问|求|找|托|反映)[^。]*(?:帮(?:忙|着|他|她|我|一?下)?(?:问|看|查|协调|解决|联系|反映|想)|能不能|该找谁|谁管|怎么办)/;

/** 电梯里困了三个人: danger told, and no way in which somebody was met. */
const inDanger = (s: Signs): boolean =>
  hitsOf(s.document, 'emergency', s.section).some((h) => h.end - h.start > 1 && !mild.test(h.code)) &&
  hitsOf(s.document, 'mode', s.section).length === 0 &&
  !/昨|前天|上周|已经?(?:送|救|处理|没事)|看望|慰问/.test(s.body);
const mild = /危险|赶紧|紧急|出事|受伤|马上要/;

/** A plea told on the spot, without a day, a count or a way it was heard: nobody's visit. */
export const pleas: readonly Rule[] = [
  ['add_case', (s) => inDanger(s) && !s.question],
  [
    'add_case',
    (s) =>
      pleads.test(s.body) &&
      !s.counted &&
      hitsOf(s.document, 'mode', s.section).length === 0 &&
      !s.document.dates.some((d) => d.kind === 'day' || d.kind === 'range'),
  ],
];

/** 有位单亲妈妈想申请助学金，不知道找谁. */
const atALoss =
  /(?:有[位个名]?|一[位个名])[^,。]{2,14}(?:想|要|需要|申请|办|求)[^。]*(?:不知道?|不晓得|找不到|该找谁|找谁|怎么办|没人管|没门路|一直没|迟迟|请[^,。]{0,6}(?:协调|帮忙|帮着))/;

/** A demand told without the word: trouble, with a place or a person. */
export const troubled = (s: Signs): boolean =>
  hitsOf(s.document, 'emergency', s.section).length > 0 ||
  pleads.test(s.body) ||
  atALoss.test(s.body) ||
  /^(?:有?(?:群众|居民|村民|老人|业主))?(?:求助|求救|投诉)[:,]/.test(s.body) ||
  (hitsOf(s.document, 'problem', s.section).some((h) => !s.document.text.slice(h.start, h.end).startsWith('想')) &&
    hitsOf(s.document, 'plan', s.section).length === 0 &&
    hitsOf(s.document, 'negation', s.section).length === 0 &&
    (spotsIn(s.document, s.section).length > 0 || /诉求|反映|居民|群众|村民|帮忙|老百姓|商户|业主|投诉|求助/.test(s.body)));
