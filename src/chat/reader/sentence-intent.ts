import { type Document, hitsOf, type Section } from './document';
import { isPlan } from './not-meant';
import type { Intent } from './reading';
import { type Signs, signsOf } from './signs';
import { spotsIn } from './where';

type Rule = readonly [Intent, (signs: Signs) => boolean];

const recordWord =
  /^(?:请|麻烦|帮忙?|帮我|给我|我|来|再|那个|嗯|呃|,|。| )*(?:记录|补录|补记|记一?[下条笔个]|记上|登记一?[下条]|录一?[下条]|补[一二两三四五六\d]+[条个次]|补一?[下条个]|帮记|记个|报一条|记)/;
const recordTail =
  /(?:帮我?|给我?|请|麻烦|劳驾)?(?:你)?(?:记一?[下条笔]|记录一?下|记上|登记一?下|录一?下|记到系统|补录一?下|补记一?下)[吧啊哈谢!。,了 ]*$/;

/** 补录咋弄 */
const howTo = /^.{2,10}(?:怎么|咋|如何)(?:使?用|记|填|弄|操作|写|补|录|搞|整)[啊呀呢的? ]*$/;
const otherThing = /^[^,。:]{0,10}(?:社情民意|民意信息|微建议|提案线索|提案|诉求|承诺|活动)/;

const explicitRecord = ({ body }: Signs): boolean =>
  (!otherThing.test(body) && recordWord.test(body) && !howTo.test(body) && !/^.{0,6}(?:记错|记得|记了|记录(?:了|有|的|错))/.test(body)) ||
  recordTail.test(body) ||
  /(?:代|帮|替)(?![忙我着助])[\u4e00-\u9fff]{2,4}(?:委员)?(?:补?记|补录|录)/.test(body);

const pointsBack =
  /(?<![比跟和较同与])上一?[条个次](?!街)|上面那?条|刚才?(?:那|这|的|记|发|录|报|填|说)(?:的|了)?(?:那|这)?一?[条个次笔]?|那[条次笔]|这[条笔]|刚刚(?:那|这|的|记|发)|刚才?(?:少|多|漏)[记报写算]|最近一条|最后一条|上回|前一条|第一条|第二条|记的那|记录(?:写|填|弄|搞)?错|昨天的?记录|才那条|前面那/;
const changes =
  /不是|不对|改|错|实际|(?:日期|时间|人数|地点|方式)[是为]|更正|应该是|应为|加\d|再加|多加|多算|少算|多报|少报|多写|少写|加上|少了|多了|少记|多记|漏|算(?!了)|减|换成|变成|补充|补上|修正|纠正|其实是|去掉|记到|记在|名下|挂到|归[\u4e00-\u9fff]{2,3}/;

/** Corrections and withdrawals point back at a record. */
const corrections: readonly Rule[] = [
  [
    'delete_record',
    (s) =>
      /删|撤回|撤销|撤了|撤掉|作废|不要了|不算了|取消那条|清掉|去掉(?:那|上|刚|这)条/.test(s.body) &&
      !/报名|活动|[A-Z]\d/.test(s.body.replace(/R\d+/, '')) &&
      (pointsBack.test(s.body) || s.id === 'R' || /记录|重复|[条个笔]|记的|^(?:请|帮我?|麻烦)?(?:撤回|删[了掉除]?|撤销)/.test(s.body)),
  ],
  ['correct_record', (s) => s.id === 'R' && changes.test(s.body)],
  [
    'correct_record',
    (s) => (pointsBack.test(s.body) || quotedRecord(s)) && changes.test(s.body) && !/[ABCM]\d/.test(s.body) && !s.question,
  ],
  [
    'correct_record',
    (s) =>
      /^(?:嗯|呃|哎|哦|啊|,|。|!| )*(?:不对|错了|说错了?|记错|写错|更正|改一下|改成|改为|纠正|订正|再加\d|再加[一二两三四五六七八九十几]|再补\d|少记了|多记了|漏了|漏记|不是[^,。]{1,14}[,而 ]{0,2}(?:是|应|算|改|该)|算(?:电话|走访|座谈|线上|接待|调研|视察|宣讲|谈心)|应该是|[日时]期|人数|地点|方式)[^?]*$/.test(
        s.body,
      ) &&
      !s.contact &&
      (changes.test(s.body) || /写错|记错|说错/.test(s.body)),
  ],
];

const quotedRecord = (s: Signs): boolean => /已.{0,4}记录|记录[:：]|走访|座谈|人次/.test(s.quoted);

const helps: readonly Rule[] = [
  [
    'help',
    (s) =>
      /(?:怎么|咋|如何|怎样)(?:使?用|记|填|报名?|弄|操作|玩|整|录|搞|补|请假|取消|导出|查|写|改|撤|使|发|说|登记|建)|咋用|怎么个用法|使用说明|使用方法|使用帮助|用法|教教我|教我|你能(?:干|做)(?:什么|啥|些)|有(?:什么|啥|哪些)(?:功能|用|指令|命令)|格式[^,。]{0,6}(?:什么|啥|怎么|咋|怎样)|(?:什么|啥|哪种)格式|(?:这样|这么|这种)(?:写|发|记|填|报)[^,。]{0,4}(?:对|行|可以|好)[^,。]{0,2}[吗么?]|能帮我?(?:干|做)(?:什么|啥)|(?<![他她机们])不会(?:用|弄|操作)|^帮助|^help|怎么开始|教一?下|教程|命令有|指令|操作手册|说明书|你(?:都|还)?(?:会|能)(?:干|做)?(?:什么|啥)|能(?:干|做)[点些]?(?:啥|什么|嘛)|干嘛用|干啥的|做什么的|看不懂/i.test(
        s.body,
      ) && !s.contact,
  ],
];

const opinions: readonly Rule[] = [
  [
    'opinion_update',
    (s) =>
      (s.id === 'M' || /社情民意|信息|那篇|微建议/.test(s.body) || (!s.contact && /《[^》]+》|建议/.test(s.body))) &&
      /采用了?|采纳|批示|录用|签批|圈阅/.test(s.body) &&
      !s.question &&
      !/争取|希望能|能否|(?:采用|批示|采纳)(?:情况|结果|进展)/.test(s.body),
  ],
  [
    'opinion_query',
    (s) =>
      s.id === 'M' ||
      (s.question &&
        /社情民意|那篇|微建议|(?:我|上)(?:.{0,6})(?:报|写|提|交)(?:.{0,8})信息|采用|批示|提案/.test(s.body) &&
        !/几[条篇]|多少[条篇]/.test(s.body)),
  ],
  [
    'submit_proposal_lead',
    (s) => /提案线索|提案素材|作为提案|(?:写|提|报|做|形成|当)[^,。]{0,6}提案|提案建议/.test(s.body) && !s.contact && !s.question,
  ],
  ['submit_opinion', (s) => /社情民意|民意信息|微建议/.test(s.body) && !s.contact && !s.question && !/进度|完成/.test(s.body)],
];

const cases: readonly Rule[] = [
  [
    'case_feedback',
    (s) =>
      (s.id === 'C' ||
        aboutCase(s) ||
        (/(?:修|办|弄|装|处理|解决|恢复|疏通|清理)(?:好|完|通)?了/.test(s.body) && !/昨|前天|上周|今天/.test(s.body))) &&
      /满意|回访|(?:说|表示|都)(?:很|非常|特别)?(?:感谢|谢谢)|(?:群众|居民|老人|村民|业主|商户).{0,4}(?:很好|挺好|谢|高兴)|重新办|重办|返工|又坏|没修好|没解决|认可|又漏|差评|好评/.test(
        s.body,
      ) &&
      !s.question &&
      !(s.contact && s.id !== 'C'),
  ],
  [
    'case_query',
    (s) =>
      s.question &&
      (s.id === 'C' ||
        (/办到|办得|进展|结果|解决|修好|弄好|处理|办了|办好|到哪|哪一?步|下文|回音|回信|有信|说法|怎么样|咋样|落实|管了|谁在?[管办]|谁负责|回复|动静|答复/.test(
          s.body,
        ) &&
          !/履职|进度|活动|报名|怎么办|几[次人]|多少|完成|季度|委员|任务|指标/.test(s.body))),
  ],
  ['update_case', (s) => s.id === 'C'],
  [
    'update_case',
    (s) =>
      aboutCase(s) &&
      !/承诺|答应/.test(s.body) &&
      !s.contact &&
      !s.question &&
      /办结|已办|修好了|解决了|转给|交办|转办|受理|正在办|办理中|已经?(?:修|装|换|解决|处理|办|清|转|交|恢复)|搞定|装好|换好/.test(s.body),
  ],
];

const aboutCase = (s: Signs): boolean =>
  /那件?事|那个事|那个问题|诉求|那件|(?:那|这)个|那边的|的事/.test(s.body) || /诉求|C\d/.test(s.quoted);

const promises: readonly Rule[] = [
  [
    'update_commitment',
    (s) =>
      /承诺|答应/.test(s.body) &&
      /兑现|(?:做|办|送|捐|给|交|发|找|修|装|配|补|联系|安排|落实|完成|到位)(?:好|到|完|成|上|去|过去|到位)?了|承诺(?:已|都)?完成|履行|已经办/.test(
        s.body,
      ) &&
      !/(?:前|内|底|之内)[^,。]{0,2}(?:完成|办|落实|解决|送|修|做|找)/.test(s.body) &&
      !s.question,
  ],
  [
    'add_commitment',
    (s) =>
      /我(?:们)?(?:已经?|就|也|今天|刚才?|当场)?(?:向|给|对|跟)?[^,。]{0,10}(?:承诺|答应|保证)|^[向给对跟][^,。]{1,10}(?:承诺|答应|保证)|(?:记|登记|加|添)[^,。]{0,4}(?:个|条|一个|一条|一下)?(?:我的)?承诺|^(?:已经?|当场|今天|刚才?)?(?:承诺|答应)/.test(
        s.body,
      ) &&
      (!s.contact ||
        ((!s.counted || hitsOf(s.document, 'mode', s.section).length === 0) &&
          /^(?:我们?|咱)?(?:已经?|今天|刚才?|当场|就|也)*(?:[向给对跟].{1,10})?(?:承诺|答应|保证)/.test(s.body))) &&
      !s.question,
  ],
];

const coming =
  /我(?:也|都|想|要|能|可以|一定|跟着|准时)*(?:去|来|参加)(?=$|[,。!吧啊的哈])|都去(?=$|[,。!])|报名|报上|报个名|算我|加我|我参加|我要?去|我也去|占个?[坑位]|\+\d|接龙|我能去|能参加|我去|我报|留个?[位名]|参加(?!率|人数|了)/;
const notComing =
  /(?<!可能|也许|万一|不一定|说不定|要是|如果|怕|没准)去不[成了]|来不[成了]|取消报名|退出|不去了|不参加|参加不了|退报名|名额(?:让|给|留)|把[^,。]{1,10}(?:去掉|划掉|删|拿掉|移除)|去不上|没法去|没法参加|(?<!能)不能(?:去|参加|来)|撤了?报名|撤销[^,。]{0,8}报名|退[了掉](?!休|伍|役|款|货|税)|不用[^,。]{0,4}留|不来了|报名.{0,4}取消|没空去|取消我|(?:帮|给|替)[^,。]{0,6}取消|赶不上/;
/** 帮田小禾报上，我就不去了: others are put down, whatever the sender does. */
const putsDown = /(?:帮|替|给|代)(?!我(?:取|退))[^,。;取退]{2,16}报(?:上|个?名|一下)?了?(?=[,。; !]|$)/;
const wasThere = /昨|前天|上周|刚才|刚刚|今天(?:上午|下午)?(?:组织|开展|举办)了/;
const moved = /延期|改到|改期|推迟|顺延|推到|延到|改在|提前到|改为\d|取消(?!报名|我)|不办了|不搞了|不开了|不举行了|调整到|挪到|换到/;
const launching =
  /(?:发起|发布|组织|新建|创建|建|搞|办|开展|举办|召开|安排|通知|[发开]一?[个场次])(?:一?[个场次下])?[^,。]{0,16}(?:活动|座谈|调研|视察|义诊|宣讲|讲堂|培训|会|沙龙|参观|采风)/;
const askedOfActivity =
  /报名?(?:了|上|成|没|名单)|名额|几点|什么时候|啥时候|在哪|哪里|哪儿|地点|哪些活动|什么活动|啥活动|集合|满员|满了?[没吗]|还能报|报满|有哪些|还收人|位子|空位|座位|谁去|有谁|谁参加|有活动|活动安排|时间|哪天|谁报|几号|多少人报|怎么去/;

const activities: readonly Rule[] = [
  [
    'activity_query',
    (s) =>
      (s.question || s.body.includes('名单')) &&
      !/完成|进度|人次|次数|指标/.test(s.body) &&
      !notComing.test(s.body) &&
      !/我(?:也|要|能)?(?:参加|报名)(?=[,。])/.test(s.body) &&
      (s.id === 'A' ||
        ((/活动|报名|名额|集合|报上|报满|满员|还能报|还收人|位子|空位|座位/.test(s.body) || activityWords.test(s.body)) &&
          askedOfActivity.test(s.body)) ||
        (!s.contact && /有(?:没有|啥|什么|哪些).{0,4}(?:调研|视察|义诊|座谈|活动|宣讲|采风|参观)/.test(s.body)) ||
        (!s.contact && /什么时候|啥时候|几点(?!了)|在哪[里儿]?集合/.test(s.body))),
  ],
  ['activity_query', (s) => !s.contact && /(?:近期|最近|[本这下]个?[月周])[^,。]{0,6}活动(?:安排|列表|预告)?$/.test(s.body)],
  [
    'activity_create',
    (s) =>
      launching.test(s.body) &&
      !wasThere.test(s.body) &&
      (/^[^,。:]{0,6}(?:发起|发布|新建|创建|[发建搞办开]一?个活动)/.test(s.body) ||
        /名额|截止|前报名|限\d+人/.test(s.body) ||
        (!s.contact && /报名|[点时]|通知大家/.test(s.body) && !/了\s*[,。]?$/.test(s.body))),
  ],
  [
    'activity_attendance',
    (s) =>
      /实到|到会|出席|缺席|签到|到场|未到|考勤|来了\d+位?委员|没到/.test(s.body) &&
      (s.id === 'A' || (/委员|活动|会/.test(s.body) && !s.contact)),
  ],
  [
    'activity_attendance',
    (s) => /(?:来了|实到|到了|到会|出席|签到)的?(?:\d+[位名个]?委员|委员\d+)/.test(s.body) && /没来|缺席|请了?假|没到|未到/.test(s.body),
  ],
  ['leave_request', (s) => /请[病事产婚丧年公]?假|请个假|告假|请一?天假|请[^,。]{1,8}的假/.test(s.body) && !s.counted],
  ['signup_cancel', (s) => /^取消[。! ]*$/.test(s.body)],
  ['signup_cancel', (s) => notComing.test(s.body) && !putsDown.test(s.body) && !s.counted && !wasThere.test(s.body)],
  [
    'signup_cancel',
    (s) =>
      s.id === 'A' &&
      s.body.includes('取消') &&
      (s.document.context.sender_role ?? 'member') === 'member' &&
      !/活动|[因由].{1,8}取消|通知/.test(s.body),
  ],
  [
    'activity_update',
    (s) =>
      (s.id === 'A' ||
        /活动|会|沙龙/.test(s.body) ||
        activityWords.test(s.body) ||
        (s.document.context.sender_role ?? 'member') !== 'member') &&
      moved.test(s.body) &&
      (s.id === 'A' || !/昨|前天|上周|本来|原定|原本/.test(s.body)) &&
      !/我.{0,3}(?:取消|不去|去不|来不)|报名|请假/.test(s.body) &&
      !s.counted,
  ],
  [
    'signup',
    (s) =>
      /报名|报上|报个名|算我|加我|\+\d|接龙|占个?[坑位]|留个?[位名]/.test(s.body) &&
      !s.counted &&
      !s.body.includes('去了') &&
      !wasThere.test(s.body),
  ],
  [
    'signup',
    (s) =>
      /留(?:[一二两三\d]?个|俩|仨|两)?(?:位|座|名额)/.test(s.body) && !wasThere.test(s.body) && spotsIn(s.document, s.section).length === 0,
  ],
  [
    'signup',
    (s) => /我(?:也|想|要|能|可以|一定|跟着|准时)+(?:去|来|参加)(?=$|[,。!吧啊])/.test(s.body) && !s.counted && !wasThere.test(s.body),
  ],
  [
    'signup',
    (s) =>
      coming.test(s.body) &&
      !s.contact &&
      !s.body.includes('去了') &&
      (isAboutActivity(s) || !(isPlan(s.document, s.section) || spotsIn(s.document, s.section).length > 0)),
  ],
  ['signup', (s) => /我(?:也|要|想|先)*报个?名(?![了过])/.test(s.body) && !wasThere.test(s.body)],
  ['signup', (s) => /算上?我|加上?我/.test(s.body) && isAboutActivity(s) && !wasThere.test(s.body)],
  ['signup', (s) => s.id === 'A' && !s.contact],
  ['signup', (s) => /报名|接龙|[ABD]\d/.test(s.quoted) && isNumberedList(s.body)],
];

/** 我去 alone may be a plan of one's own: 后天我去红柳社区看看. */
const isAboutActivity = (s: Signs): boolean =>
  s.id === 'A' || s.quoted !== '' || activityWords.test(s.body) || /报名|活动|会(?!议室)|接龙|名额/.test(s.body);

/** 1.周岚 2.韩立舟 3.我: names under an announcement. */
export const isNumberedList = (body: string): boolean => (body.match(/(?:^|[\s\n,;:])\d{1,2}[.、)]/g) ?? []).length >= 2;

const activityWords = /科普|进校园|进社区|关爱|联谊|健步|茶话|义诊|座谈|调研|视察|宣讲|讲堂|培训|读书会|论坛|参观|采风|沙龙/;

const figures: readonly Rule[] = [
  ['query_progress', (s) => /(?:季度|今年|[本上这]个?月|\d月).{0,6}(?:做|完成|走访|动|记)了?[没吗]/.test(s.body) && !s.counted],
  ['query_progress', (s) => /[没未]完成的.{0,6}(?:委员|名单|人)|前[三五十\d]+名|次数前/.test(s.body)],
  ['query_progress', (s) => /谁.{0,3}[没未]|哪[些几].{0,4}[没未]|排名|排行|排个|名次/.test(s.body) && !s.counted],
  [
    'report_export',
    (s) =>
      /导[出成]|报表|反馈表|成绩单|台账|(?:出|导|生成|做|打印|下载|发|要|给|整理|汇总|弄)(?:我|一下|个|我个|我一|给我|成)?(?:一)?[份个张]?[^,。]{0,16}(?:报告|表|汇总|清单|总结|档案|名单|季报|年报|excel|Excel)/.test(
        s.body,
      ) &&
      !/报名|代表$/.test(s.body) &&
      !s.contact,
  ],
  [
    'report_export',
    (s) =>
      /(?:报告|表|台账|清单|名单|汇总|档案|总结|材料)[^,。]{0,4}(?:发我|发给我|给我|发一?下|发一?份|导一?下|要一份|打印)/.test(s.body) &&
      !s.contact,
  ],
  [
    'record_query',
    (s) => s.question && /(?:走访|去|跑|联系|慰问|见)[了过](?:哪些|哪几|什么)[个家位]?(?:地方|单位|企业|社区|村|人)/.test(s.body),
  ],
  [
    'record_query',
    (s) =>
      (s.question || /(?:查|看)[^,。]{0,14}记|记录[^,。]{0,4}[调翻找]出来/.test(s.body)) &&
      /记了?(?:哪|什么|几条|啥|没|上)|记录(?:了|有|里|是|呢|在|都|一下有)?(?:哪|什么|啥|几条|多少条|没|吗)|(?:查|看)[^,。]{0,12}记(?:录|的$)|记的(?:是|什么|啥|哪)|记上[了没]|我的记录|录了(?:哪|什么|没|几)|记过(?:哪|什么|啥|几)|记录[^,。]{0,4}(?:调出来|翻出来|找出来)|[录记]进去|存了|都记了|有没有记/.test(
        s.body,
      ) &&
      !/怎么/.test(s.body),
  ],
  [
    'query_progress',
    (s) =>
      /进度|完成(?:情况|率|了|没|多少|得)|没完成|未完成|还差|差多少|差几|达标|任务|指标|排名|排行|排个|名次|多少次|几次|多少人次|几回|第几|履职情况|待提醒|落后|还剩|够不够|够没够|够了?\d+|够数|够了[吗没]|达没达|合不合格|第一名|前几名|倒数|统计|谁还没|谁没|走访了?多少|联系了?多少|见了?多少|几个人|多少人|多少群众|谁最多|谁最积极|比一比|总人次|积分|最多|最少|榜|多少场|几场|几篇|多少篇|几条|多少条|哪些委员|谁(?:第一|做得|还)|任务量|要求/.test(
        s.body,
      ) && !(s.contact && !s.question),
  ],
];

/** The intent of a sentence without slash command; null when nothing is recognised. */
export function intentOfSentence(document: Document, section: Section): Intent | null {
  const signs = signsOf(document, section);
  for (const [intent, applies] of explicitRecord(signs) && !signs.id ? recordRules : allRules) if (applies(signs)) return intent;
  return troubled(signs) ? 'add_case' : null;
}

const recordRule: Rule = ['record_contact', (s) => s.contact || explicitRecord(s)];
const recordRules: readonly Rule[] = [...corrections, recordRule];
const allRules: readonly Rule[] = [...corrections, ...helps, ...opinions, ...cases, ...promises, ...activities, ...figures, recordRule];

/** 王大姐说…，请帮着问问: somebody's trouble, told with a plea to help. */
const pleads =
  /(?:大姐|大哥|大爷|大妈|大娘|大叔|阿姨|师傅|老人家?|奶奶|爷爷|[叔婶伯]|女士|先生|老乡|街坊)[^,。]{0,3}(?:说|讲|问|求|找|托)[^。]*(?:帮(?:忙|着|他|她|我|一?下)?(?:问|看|查|协调|解决|联系|反映|想)|能不能|该找谁|谁管|怎么办)/;

const troubled = (s: Signs): boolean =>
  hitsOf(s.document, 'emergency', s.section).length > 0 ||
  pleads.test(s.body) ||
  /^(?:有?(?:群众|居民|村民|老人|业主))?(?:求助|求救|投诉)[:,]/.test(s.body) ||
  (hitsOf(s.document, 'problem', s.section).some((h) => !s.document.text.slice(h.start, h.end).startsWith('想')) &&
    hitsOf(s.document, 'plan', s.section).length === 0 &&
    hitsOf(s.document, 'negation', s.section).length === 0 &&
    (spotsIn(s.document, s.section).length > 0 || /诉求|反映|居民|群众|村民|帮忙|老百姓|商户|业主|投诉|求助/.test(s.body)));
