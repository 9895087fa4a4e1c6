import type { PersonName } from '../found';
import { namesIn } from '../names';
import { numberedIn } from '../numbered';
import { means, type Signs } from '../signs';
import type { Rule } from './rule';

const recordWord =
  /^(?:请|麻烦|帮忙?|帮我|给我|我|来|再|那个|嗯|呃|,|。| )*(?:记录|补录|补记|记一?[下条笔个]|记上|登记一?[下条]|录一?[下条]|补[一二两三四五六\d]+[条个次]|补一?[下条个]|帮记|记个|报一条|记)/;
const recordTail =
  /(?:帮我?|给我?|请|麻烦|劳驾)?(?:你)?(?:记一?[下条笔]|记录一?下|记上|登记一?下|录一?下|记到系统|补录一?下|补记一?下)[吧啊哈谢!。,了 ]*$/;

/** 补录咋弄 */
const howTo = /^.{2,10}(?:怎么|咋|如何|[在从去到]哪里?)(?:使?用|记|填|弄|操作|写|补|录|搞|整)[啊呀呢的? ]*$/;
const otherThing =
  /^[^,。:]{0,10}(?:社情民意|民意信息|微建议|提案线索|提案|诉求|承诺|活动)|承诺[^,。]{0,4}记[上下]|^[^,。:]{0,8}[,:]?我(?:们|向|给|对|跟|答应|已经?|[^,。]{1,8}){0,2}(?:承诺|答应)/;

/** The line says that something is to be recorded. */
export const explicitRecord = ({ body }: Signs): boolean =>
  (!otherThing.test(body) &&
    recordWord.test(body) &&
    !howTo.test(body) &&
    !/^.{0,6}(?:记[错得了过]|[记录]+(?:的?格式|模板|样例)|记录(?:了|有|的|错))/.test(body)) ||
  (recordTail.test(body) && !otherThing.test(body) && !/承诺[^,。]{0,4}记[上下]|有没有|是不是/.test(body)) ||
  /(?:代|帮|替)(?![忙我着助])[\u4e00-\u9fff]{2,4}(?:委员)?(?:补?记|补录|录)/.test(body);

const pointsBack =
  /(?<![比跟和较同与])上一?[条个次](?!街)|上面那?条|刚才?(?:那|这|的|记|发|录|报|填|说|写)(?:的|了)?(?:那|这)?一?[条个次笔]?|那[两几]?[条次笔]|这[两几]?[条笔]|刚刚(?:那|这|的|记|发)|刚才?(?:少|多|漏)[记报写算]|最近一条|最后一条|上回|前一条|第一条|第二条|记的那|记录(?:写|填|弄|搞)?错|昨天的?记录|才那条|前面那|那[个条]记录/;
const changes =
  /不是|不对|改|错|实际|(?:日期|时间|人数|地点|方式)[是为]|更正|应该是|应为|加\d|再[加添补]|添\d|多加|多算|少算|多报|少报|多写|少写|多打|少打|打错|打成|加上|少了|多了|挪|往[前后]|少记|多记|漏|[记写填][早晚]|算(?!了)|减|换成|变成|补充|补(?:[个一上了条]|结果|内容|人数|地点|时间)|修正|纠正|其实是|去掉|记到|记在|名下|挂到|归[\u4e00-\u9fff]{2,3}/;

/** 不是我, R1060不是我去的, 异议: the whole line; a longer one corrects (不是我的，是郑委员的). */
const objection =
  /^(?:R ?\d+ ?)?(?:[那这]?一?[条个次])?(?:记录)?(?:不是我(?:本人)?(?:去|做|联系|走访|参加|记|办)?过?的?|我?有?异议)(?: ?R ?\d+)?[吧啊呀了。! ]*$/i;

/** Of a record: its number, 那条, 记录, or that it was withdrawn. */
const ofRecord = (s: Signs): boolean =>
  s.id === 'R' || (s.id === null && (pointsBack.test(s.body) || /记录|[条笔]|记的|撤|删/.test(s.body) || quotedRecord(s)));

/** Corrections and withdrawals point back at a record. */
export const corrections: readonly Rule[] = [
  ['object_record', (s) => objection.test(s.body)],
  ['restore_record', (s) => means(s, 'restore') && ofRecord(s) && !s.contact && !/[吗么?] *$/.test(s.body)],
  ['delete_record', (s) => (means(s, 'withdraw') || means(s, 'withhold')) && (s.id === 'R' || (s.id === null && quotedRecord(s)))],
  // Which of two alike is to go is asked by the intent.
  ['delete_record', (s) => numberedIn(s.body, 'R').length > 1 && /重[复了]/.test(s.body)],
  ['delete_record', (s) => means(s, 'withdraw') && means(s, 'everything') && ofRecord(s) && !s.contact && !/活动|报名/.test(s.body)],
  ['delete_record', (s) => means(s, 'withhold') && s.id === null && /撤|删|作废/.test(s.body) && !s.contact],

  ['correct_record', (s) => /(?:写|记|填|录|发)错了?[,。 ]?[^。]{0,16}改/.test(s.body) && !s.contact && !s.question && !s.id],
  ['correct_record', (s) => /\d+(?:写|打|记|录|输|填)成了?\d+/.test(s.body) && !s.contact],
  ['correct_record', (s) => saidOtherwise.test(s.body) && (pointsBack.test(s.body) || s.id === 'R') && !s.question],
  [
    'delete_record',
    (s) =>
      /删|撤回|撤销|撤了|撤掉|作废|不要了|别要了?|不作数|不算数|不算了|别[算记]|当没[记发]|重了|取消(?:[那上这刚昨前][^,。]{0,4}[条次个笔]|[^,。]{0,6}记录)|清掉|去掉(?:那|上|刚|这|一|1|其中一)条|记重了?/.test(
        s.body,
      ) &&
      !/报的?名|活动|[A-Z]\d/.test(s.body.replace(/R\d+/g, '')) &&
      (pointsBack.test(s.body) ||
        s.id === 'R' ||
        /记录|重复|[条个笔]|记的|测试|[发按点]错|手滑|手误|误[发点触]|^(?:请|帮我?|麻烦)?(?:撤回|删[了掉除]?|撤销)/.test(s.body)),
  ],
  [
    'delete_record',
    (s) => pointsBack.test(s.body) && !/[把里中]|去掉[^吧了。! ]/.test(s.body) && /(?:去掉|拿掉|清除)[吧了。! ]*$/.test(s.body),
  ],
  ['correct_record', (s) => s.id === 'R' && changes.test(s.body)],
  [
    'correct_record',
    (s) =>
      stayedAway.test(s.body) &&
      // The whole line may be that: 许知夏没去.
      (pointsBack.test(s.body) || quotedRecord(s) || s.body.trim().length <= 8) &&
      namesIn(s.document, s.section).some(isMember) &&
      !s.question,
  ],
  [
    'correct_record',
    (s) =>
      (pointsBack.test(s.body) || quotedRecord(s)) &&
      changes.test(s.body) &&
      !/[ABCM]\d/.test(s.body) &&
      !s.question &&
      !(s.contact && s.counted && /补(?:一下|录|记)/.test(s.body)),
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

/** 写成了15人，应该12人; 填成了30，其实13. */
const saidOtherwise = /(?:写|打|记|录|输|填|报|算|发)成了?[^。]{1,16}(?:应该|应当|其实|实际|正确|本来|准确)/;

/** 那条夏澍予没去: a member who did not come along. */
const stayedAway =
  /(?:委员|她|他|[\u4e00-\u9fff]{2})(?:其实|并|根本|实际)?(?:没有?|未)(?:一起|跟着)?(?:去|来|参加|到)(?=[,。!了过的吧 ]|$)/;

const isMember = ({ kind }: PersonName): boolean => kind === 'companion';

const quotedRecord = (s: Signs): boolean => /^[^A-Z]*R\d/.test(s.quoted) || /已.{0,4}记录|记录[:：]|走访|座谈|人次/.test(s.quoted);
