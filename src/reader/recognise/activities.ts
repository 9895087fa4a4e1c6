import { hitsOf, within } from '../document';
import { membersIn } from '../members';
import { isPlan } from '../not-meant';
import type { Signs } from '../signs';
import { spotsIn } from '../where';
import type { Rule } from './rule';

const coming =
  /我(?:也|都|想|要|能|可以|一定|跟着|准时)*(?:去|来|参加)(?=$|[,。!吧啊的哈])|都去(?=$|[,。!])|报名|报上|报个名|算我|加我|我参加|我要?去(?![年世过了向处])|我也去(?![年过了])|占个?[坑位]|\+\d|接龙|我能去|能参加|我去(?![年世过了向处])|我报|我跟(?:一趟|着|去)|留个?[位名]|挂个?名|签个名|写上我|记上我|记我的?名|我跟(?=[,。]|$)|跟车|有我一?个|报(?:[一两三\d]个|[俩仨])|参加(?!率|人数|了)/;
const notComing =
  /(?<!可能|也许|万一|不一定|说不定|要是|如果|怕|没准)(?:去|来|到|参加|赶)不[成了上及]|取消报名|退出|不去了|不参加|退报名|名额[^,。]{0,3}(?:让|给|留|转|腾|空)|(?:让|留|转|腾)?给(?:别人|其他|其它|别的)|把[^,。]{1,10}(?:去掉|划[掉了去]|去了(?=[,。吧]|$)|删|拿掉|移除)|没法去|没法参加|(?<!能)不能(?:去|参加|来)|撤了?报名|撤销[^,。]{0,8}报名|报(?:的|了|过)[^。]{0,14}取消|(?:退[了掉]|[要想得]退)(?!休|伍|役|款|货|税)|不用[^,。]{0,4}[留等]|(?:^|[,。先就我])撤了?(?=[,。吧]|$)|[他她]不[去来](?=[A-Z,。了]|$)|(?:^|[,。]|麻烦|帮忙|请)划[掉去](?=[,。吧]|$)|报的?名[^,。]{0,4}不(?:算|作数|要)|(?<![进后撤倒衰减])退(?=[A-Z]\d)|不来了|不报(?=[,。了吧 A-Z]|名(?!的|单|者|人)|$)|报错|报名.{0,4}取消|没空去|走不开|别(?:算|报|给我[留报])|放弃|(?:位[子置]|座位?|坑)[^,。]{0,3}(?:让|空出|腾)|报名[^,。]{0,6}(?:撤|退|销)|^退(?=[ ,A-Z])|取消我|我(?:要|想|先|就|得)*取消(?![^,。]{0,4}[条次个笔]|[^,。]{0,4}记录)|(?:帮|给|替)[^,。]{0,6}取消/;
/** 我有空, 我准时到: yes, without a word of signing up. */
const willCome =
  /我(?:这边|那天|当天|也|都|会|一定|肯定|保证|到时候?)*(?:有空|有时间|没问题|可以(?=$|[,。!])|ok|能到|准时(?:到|来|去|参加)|按时(?:到|来|去|参加)|必[到来去]|到场)|我(?:大概|应该|可能|估计|多半|尽量|争取)[^,。]{0,2}(?:去|来|到|参加)(?![了过年世])/i;
/** 帮田小禾报上，我就不去了: others are put down, whatever the sender does. */
const putsDown = /(?:帮|替|给|代)(?!我(?:取|退))[^,。;取退]{2,16}报(?:上|个?名|一下)?了?(?=[,。; !]|[A-Z]\d|$)/;
const wasThere = /昨|前天|上周|刚才|刚刚|今天(?:上午|下午)?(?:组织|开展|举办)了/;
const moved =
  /延期|改到|改期|推迟|提早|推后|延后|顺延|推到|延到|改在|提前到|改为\d|取消(?!报名|我)|不办了|不搞了|不开了|不举行了|调整到|挪到|换到|改去|换[个一](?:地方|地点|时间|日子|场地|天)/;
const part = '(?:时间|地点|地方|地址|场地|集合|名额|人数|限额|截止|日期|主题|主讲|路线)';
/** 名额加到25个, 地点换成文化馆, 截止延到周五. */
const changed = new RegExp(
  `${part}[^,。]{0,8}(?:改|换|变|调|挪|移|加|增|扩|减|降|放宽|提前|推|延|缩)|(?:改|换|变更|调整|更改|加|增加|减少|放宽|扩大?|延长|延)[^,。]{0,4}${part}|^(?:变更|调整|更改|修改)`,
);
/** Said of an activity by its number, without oneself in it: 往后推一周, 改成线上, 再放10个名额. */
const alters =
  /改|换|变更|变动|调整|挪|往[前后]|推[迟后到]|延|提[前早]|错后|取消|增加|减少|[加减放扩缩]\d|再[加放]|扩[大到]|缩减|放宽|停办|不[办搞开]了|线上(?:开|办|举行|进行)/;
const joins =
  /我(?!们)[^,。]{0,6}(?:参加|去|来|报|补上)|我们[^,。]{0,6}(?:去|来|参加)|签上|挂个?[号名]|占着|名字[^,。]{0,3}[填写签]|加到|加上(?=[。!吧]|$)|排上|留个?[^,。]{0,6}名额|[他她](?:也|想|要|能)+(?:去|来|参加)|报着|报我|报名(?!人数|截止|时间|太|不足|少)|[帮替给代][^,。]{1,8}(?:报|登记)|算我|加我|\+|带(?!什么|啥|[没不])|[再多]报|候补(?!排|第|名单|几|有)|占个?[坑位]|留个?[位名]/;
const launching =
  /(?:开|发|建|弄|搞)个?(?:报名|接龙)|(?:发起|发布|组织|新建|创建|建|搞|办|开展|举办|召开|安排|通知|[发开]一?[个场次])(?:一?[个场次下])?[^,。]{0,16}(?:活动|座谈|调研|视察|义诊|宣讲|讲堂|培训|会|沙龙|参观|采风|讲座|植树|比赛|慰问)/;
const askedOfActivity =
  /报名?(?:了|上|成|没|名单)|名额|几点|什么时候|啥时候|在哪|哪里|哪儿|地点|候补|取消|改期|延期|推迟|照常|如期|还[办搞开]|定了?[没吗]|哪些活动|什么活动|啥活动|来着|是[^,。]{1,8}还是|集合|满员|满了?[没吗]|还能报|报满|够不够|缺几|缺多少|有哪些|还收人|位子|空位|座位|谁去|有谁|谁参加|有活动|活动安排|时间|哪天|谁报|几号|截止|结束了?[没吗]|开始|要不要|能不能|可不可以|多少人报|怎么去|还有几[场次个]/;

/** Activities: asked about, opened, changed, joined and left. */
export const activities: readonly Rule[] = [
  [
    'activity_query',
    (s) =>
      (s.question || /(?<!签到)名单(?!:)|还能/.test(s.body)) &&
      !/完成|进度|人次|次数|指标|(?:能不能|能|想|要|得|可以)请[病事个]*假/.test(s.body) &&
      !notComing.test(s.body) &&
      !/我(?:也|要|能|想)*(?:参加|报名|去)(?=[,。]|$)|(?:给|帮|替|把)我[^,。]{0,4}报(?:上|个?名|一下)?(?=[,。!吧]|$)|报上吧|先报(?:上|名|个)|我报(?:一?个|名)?(?=[,。!吧]|$)/.test(
        s.body,
      ) &&
      (s.id === 'A' ||
        ((/活动|报名|名额|集合|报上|报满|候补|满员|还能报|还收人|位子|空位|座位/.test(s.body) || activityWords.test(s.body)) &&
          askedOfActivity.test(s.body)) ||
        (!s.contact && /有(?:没有|啥|什么|哪些).{0,4}(?:调研|视察|义诊|座谈|活动|宣讲|采风|参观)/.test(s.body)) ||
        (!s.contact &&
          !/我(?:上一?[次回]|最近)/.test(s.body) &&
          !speaksForOthers(s) &&
          /什么时候|啥时候|几点(?!了)|在哪[里儿]?集合/.test(s.body))),
  ],
  ['activity_query', (s) => s.question && /报过|报没报|报名的活动|我报的/.test(s.body) && !/信息|社情|提案/.test(s.body)],
  [
    'activity_query',
    (s) =>
      (s.id === 'A' || isAboutActivity(s)) &&
      /报名(?:人数|情况|名单|进度|进展)[呢。? ]*$|(?<![不无]限)(?:人数|名单|情况)(?:如何|怎样|呢)?[。? ]*$/.test(s.body) &&
      !s.contact &&
      !/导|打印|汇总|完成|进度/.test(s.body),
  ],
  [
    'activity_query',
    (s) =>
      s.question &&
      !s.contact &&
      !speaksForOthers(s) &&
      /(?:可以|能|能够)(?:参加|报|报名)的?(?=[?。吗]|$)/.test(s.body) &&
      !/给我|报上|算我/.test(s.body) &&
      !/我(?:也|要)?参加/.test(s.body),
  ],
  ['activity_query', (s) => s.question && !s.contact && /有(?:没有|啥|什么|哪些)[^,。]{0,4}安排|安排(?:是|了)?(?:啥|什么)/.test(s.body)],
  [
    'activity_query',
    (s) =>
      !s.contact &&
      (s.id === 'A' || isAboutActivity(s)) &&
      /(?:地址|时间|地点|位置|通知|安排|名单|日程|路线|方案)[^,。]{0,6}(?:发|给|告诉|说)(?:一?[下份]|给?我)/.test(s.body),
  ],
  ['activity_query', (s) => !s.contact && /(?:近期|最近|[本这下]个?[月周])[^,。]{0,6}活动(?:安排|列表|预告)?$/.test(s.body)],
  [
    'activity_create',
    (s) => /名额|截止|限\d+人|前报名/.test(s.body) && hasMoment(s) && s.id === null && !s.question && !notComing.test(s.body),
  ],
  [
    'activity_create',
    (s) =>
      !member(s) &&
      /^(?:再|新|我们|帮我|想|准备)*(?:搞|办|开|组织|安排|来)(?:个|[一1]?[次场])/.test(s.body) &&
      hasMoment(s) &&
      !/了(?=[,。]|$)|昨|上周/.test(s.body),
  ],
  [
    'activity_create',
    (s) =>
      launching.test(s.body) &&
      /大家[^,。]{0,6}报名|欢迎[^,。]{0,4}报名|可以报名了?|开始报名/.test(s.body) &&
      s.id === null &&
      !wasThere.test(s.body),
  ],
  [
    'activity_create',
    (s) =>
      launching.test(s.body) &&
      !wasThere.test(s.body) &&
      (/^[^,。:]{0,6}(?:发起|发布|新建|创建|[发建搞办开]一?[个场]活动|[开发建]个?(?:报名|接龙))/.test(s.body) ||
        /名额|截止|前报名|限\d+人/.test(s.body) ||
        (!s.contact && /报名|[点时]|通知大家/.test(s.body) && !/了\s*[,。]?$/.test(s.body))),
  ],
  [
    'activity_attendance',
    (s) =>
      /^(?:[^,。:]{0,8}(?:签到|到会|出席|考勤)(?:情况|名单|记录)?|实到|到场)[:, ]/.test(s.body) ||
      (s.id === 'A' && /(?:来|到)了?\d+[个位名]?委员|委员[^,。]{0,4}(?:来|到)了?\d+/.test(s.body)),
  ],
  [
    'activity_attendance',
    (s) => /(?:来|到|出席|参加|到会)了?/.test(s.body) && /缺席|没来|没到|未到|请了?假/.test(s.body) && countsMembers(s),
  ],
  [
    'leave_request',
    (s) =>
      /请[病事产婚丧年公]?假|请个假|告个?假|(?<![申邀聘])请[^,。;请]{1,6}天假|请[^,。]{1,8}的假|(?<![休放])[病事公产婚丧]假/.test(s.body) &&
      !s.counted,
  ],
  ['signup_cancel', (s) => /^(?:取消|-1)[。! ]*$/.test(s.body)],
  [
    'signup_cancel',
    (s) =>
      /报(?:名|的|了|过)[^。]{0,12}(?:取消|撤销|撤了|撤掉|退[了掉]|作废)/.test(s.body) &&
      (member(s) || /我|帮|替|把/.test(s.body)) &&
      !s.counted &&
      !s.question,
  ],
  [
    'signup',
    (s) =>
      /我(?:也|都|要|能|准备|一定)*(?:参加|报名|报)(?=[,。!吧啊 ]|$)|算(?:上)?我(?:一?个)?(?=[,。!吧 ]|$)/.test(s.body) &&
      isAboutActivity(s) &&
      isAhead(s) &&
      !s.question,
  ],
  // 我去听听: doubled, the verb is of what is to come.
  [
    'signup',
    (s) =>
      /我(?:也|想|要)*去(?:听听|看看|学学|坐坐|凑个数|凑凑)(?=[,。!吧]|$)/.test(s.body) &&
      isAboutActivity(s) &&
      !s.counted &&
      !s.question &&
      !/[了过]/.test(s.body),
  ],
  ['signup_cancel', (s) => notComing.test(s.body) && !putsDown.test(s.body) && !s.counted && !wasThere.test(s.body)],
  [
    'signup_cancel',
    (s) =>
      s.id === 'A' &&
      s.body.includes('取消') &&
      (s.document.context.sender_role ?? 'member') === 'member' &&
      !/活动|[因由].{1,8}取消|通知/.test(s.body),
  ],
  ['activity_update', (s) => s.id === 'A' && (changed.test(s.body) || alters.test(s.body)) && !joins.test(s.body)],
  [
    'activity_update',
    (s) =>
      (s.id === 'A' ||
        /活动|会|沙龙/.test(s.body) ||
        activityWords.test(s.body) ||
        (s.document.context.sender_role ?? 'member') !== 'member') &&
      moved.test(s.body) &&
      (s.id === 'A' ||
        !(/昨|前天|上周/.test(s.body) || (/本来|原定|原本/.test(s.body) && (s.document.context.sender_role ?? 'member') === 'member'))) &&
      !/我.{0,3}(?:取消|不去|去不|来不)|报名|请假/.test(s.body) &&
      !s.counted,
  ],
  [
    'signup',
    (s) =>
      /报名|报上|报个名|记我的?名|算我|加我|\+\d|接龙|占个?[坑位]|留个?[位名]|挂个?名/.test(s.body) &&
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
    (s) =>
      /我(?:(?:也|想|要|能|可以|一定|跟着|准时)+(?:去|来)|(?:也|想|要|能|可以|一定|跟着|准时)*参加)(?=$|[,。!吧啊])/.test(s.body) &&
      !s.counted &&
      !wasThere.test(s.body),
  ],
  [
    'signup',
    (s) =>
      coming.test(s.body) &&
      !s.contact &&
      !s.body.includes('去了') &&
      (isAboutActivity(s) || !(isPlan(s.document, s.section) || spotsIn(s.document, s.section).length > 0)),
  ],
  [
    'signup',
    (s) =>
      /我报(?:名|一?个)?(?=[^,。]{2,16}$|[^,。]{2,16}[,。])(?![告道销案警了过给上到]|名[了过])/.test(s.body) &&
      !s.counted &&
      !s.question &&
      !wasThere.test(s.body) &&
      (s.id === 'A' || isAboutActivity(s)),
  ],
  [
    'signup',
    (s) =>
      /我带着?[^,。了过]{1,8}(?:过?[去来]|参加|一起|一道)(?=[,。吧]|$)/.test(s.body) &&
      !wasThere.test(s.body) &&
      isAboutActivity(s) &&
      (!hasDay(s) || /下(?:个?[月周]|礼拜|星期)|明天|后天/.test(s.body)),
  ],
  ['signup', (s) => /我(?:也|要|想|先)*报个?名(?![了过])/.test(s.body) && !wasThere.test(s.body)],
  [
    'signup',
    (s) => /我(?:也|都)?去(?=[,。!]|$)/.test(s.body) && activityWords.test(s.body) && !s.counted && !s.question && !/[了过]/.test(s.body),
  ],
  ['signup', (s) => willCome.test(s.body) && !s.counted && !s.question && !wasThere.test(s.body)],
  [
    'signup',
    (s) =>
      /[:,]我[、和跟]|[、和跟]我(?=[,。]|$)/.test(s.body) &&
      /(?:去|来|报|参加)[^,。了过]{0,3}[人个]/.test(s.body) &&
      isAboutActivity(s) &&
      !wasThere.test(s.body),
  ],
  [
    'signup',
    (s) => /[,。]我?也?(?:去|来|参加)[吧啊。! ]*$/.test(s.body) && hasDay(s) && !s.counted && !s.contact && !wasThere.test(s.body),
  ],
  ['signup', (s) => /算上?我|加上?我/.test(s.body) && isAboutActivity(s) && !wasThere.test(s.body)],
  ['signup', (s) => s.id === 'A' && !s.contact && (joins.test(s.body) || coming.test(s.body) || isBareCall(s))],
  // Said of an activity, and neither coming nor asking can be heard in it.
  [{ reason: 'unclear', between: ['signup', 'activity_query'] }, (s) => s.id === 'A' && !s.contact],
  ['signup', (s) => /报名|接龙|[ABD]\d/.test(s.quoted) && isNumberedList(s.body)],
];

/** The number alone, with names, courtesies or a maybe: A23 周岚, A23 谢谢. */
const isBareCall = (s: Signs): boolean =>
  s.body
    .split(/[\s,。!:、]+|和|跟/)
    .map((piece) => piece.replace(bareWords, ''))
    .every((piece) => piece === '' || membersOf(s).includes(piece));
const membersOf = ({ document, section, body }: Signs): string[] =>
  membersIn({ document, section, body, command: '', commanded: false, slash: false });
const bareWords = /[A-Z]-?\d+|谢谢|麻烦|小助手|辛苦|您|了|吧|我|委员/gi;

const hasDay = ({ document: { dates }, section }: Signs): boolean => dates.some((d) => d.kind !== 'vague' && within(d, section));

/** A day that is said lies ahead; read as of a record, a day of the month may be last year's. */
const isAhead = ({ document, section, body }: Signs): boolean =>
  document.dates.some((d) => within(d, section) && d.from !== undefined && d.from > document.today) ||
  /下(?:个?[月周]|礼拜|星期)|明天|后天|(?:这|本)周/.test(body);

const countsMembers = ({ document: { quantities }, section }: Signs): boolean =>
  quantities.some((q) => q.role === 'member' && within(q, section));

/** A day and a time of the clock. */
const hasMoment = ({ document: { dates, times }, section }: Signs): boolean =>
  dates.some((d) => within(d, section)) &&
  (times.some((t) => within(t, section)) || dates.some((d) => d.time !== undefined && within(d, section)));

const member = (s: Signs): boolean => (s.document.context.sender_role ?? 'member') === 'member';

/** 群众问医保什么时候能报: somebody's trouble, no question about an activity. */
const speaksForOthers = (s: Signs): boolean =>
  hitsOf(s.document, 'role', s.section).some((h) => h.code === 'constituent') &&
  hitsOf(s.document, 'problem', s.section).length > 0 &&
  !isAboutActivity(s);

/** 我去 alone may be a plan of one's own: 后天我去红柳社区看看. */
export const isAboutActivity = (s: Signs): boolean =>
  s.id === 'A' ||
  s.quoted !== '' ||
  activityWords.test(s.body) ||
  /报名|活动|会(?!议室)|接龙|名额|那[场次趟]|[这下]一?[场次趟]/.test(s.body);

/** 1.周岚 2.韩立舟 3.我: names under an announcement. */
export const isNumberedList = (body: string): boolean => (body.match(/(?:^|[\s\n,;:])\d{1,2}[.、)]/g) ?? []).length >= 2;

export const activityWords =
  /讲座|读书|下乡|进校园|植树|义演|慰问活动|协商会|学习会|全会|全体会|考察|茶叙|恳谈|研讨|夜校|助学|采摘|徒步|运动会|比赛|科普|进校园|进社区|关爱|联谊|健步|茶话|义诊|座谈|调研|视察|宣讲|讲堂|培训|读书会|论坛|演出|晚会|参观|采风|沙龙/;
