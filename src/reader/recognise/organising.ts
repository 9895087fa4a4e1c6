import { within } from '../document';
import { membersIn } from '../members';
import { means, type Signs } from '../signs';
import { activityWords, isAboutActivity } from './activities';
import type { Rule } from './rule';

/** Who runs activities, or the office: what they say of one is never a contact of their own. */
export const leads = (s: Signs): boolean => (s.document.context.sender_role ?? 'member') !== 'member';

/** 建个活动 … 名额12: it is opened, not changed. */
const opens = /前报名|(?:发起|发布|新建|创建|组织|[建搞办开]个)/;

/** What only activities have. */
const seats =
  /名额|限额|上限|截止|集合|报名(?:时间|期限)?(?=延|推|放|提前|再|(?:增?加|扩大?|减少?|缩减?)到\d)|再[给放加][^,。]{1,4}(?:位子|座位?)/;
const differs =
  /[加增减扩缩降]|放(?:宽|到|[\d一二三四五六七八九十两]|出)|改|换|调|往[前后]|推[迟后到]|延|提前|变更|多开|再[给放开加]|[写弄搞填发报]错|错了|不对/;
const givenAway = /(?:让|留|转|腾|空)(?:给|出)|我(?:的)?名额|占|要[\d一两]?个?名额|给我/;

/** 刚发起的活动时间写错了: the activity just spoken of. */
const theActivity =
  /(?:那|这)(?:[个场次]|一场)?的?[^,。]{0,6}活动|刚才?[^,。]{0,4}(?:发起|发布|通知|建|开)的|活动(?:的)?(?:时间|地点|名额|标题|名称|主题)/;
const amends = /错|改|换|调|应该?是|不是|变|推|延|提前|加到|减到/;

/** 地点改到…: said by who runs activities and keeps records as well, it may be either. */
const bareChange = /^(?:地点|时间|地方|日期)[^,。]{0,4}(?:改|换|调|变)/;

const minutesHead = /^[^:。]{0,20}(?:纪要|小结)(?:[:,。\s]|如下)|^(?:[A-Z]\d+)?[^,。:]{0,12}会议记录[:]/;
const came = /到(?=[,。 ]|$)|(?:到|来|参加)(?:了|会)?[共总]?\d|(?:都|全)(?:到|来)[了齐]|\d+[位名个人][^,。]{0,4}(?:到会|到场|出席)/;

/** A name stands beside the word for being away, or in a list of who was there. */
const namesSomebody = ({ document, section, body }: Signs): boolean =>
  membersIn({ document, section, body, command: '', commanded: false, slash: false }).length > 0;

const ofActivity = (s: Signs): boolean => s.id === 'A' || activityWords.test(s.body) || /活动|会/.test(s.body);

const hasDate = ({ document, section }: Signs): boolean => document.dates.some((d) => within(d, section));

/** A23纪要, A23签到情况, A23到了几人: what was kept of it is asked for. */
const readBack =
  /^(?:请|麻烦|帮我|给我|我要|想要?|看看?|查一?[查下]|发一?下)*[A-Z]-?\d{1,6}(?:号|活动)*的?(?:会议|活动)?(?:纪要|小结|会议记录|签到|出席|到会|到场|考勤)(?:情况|名单|记录|人数)?(?:呢|发一?下|发?给?我|看一?下|看看|有吗|有没有|是什么|怎么样|如何|多少)*[吗呢?。! ]*$|^[A-Z]-?\d{1,6}[^,。\d]{0,6}[来到]了?(?:几|多少)[个位名]?(?:人|委员)?[了?。 ]*$|^[A-Z]-?\d{1,6}[^,。\d]{0,4}谁(?:都|没)?[来到]了?[吗?。 ]*$/;

/** 名单发我, 谁报名了: said by who runs activities, of the one just spoken of. */
const listWanted =
  /^(?:报名)?名单[呢?。! ]*$|^报了?(?:几|多少)[个位名]?(?:人)?(?:了)?[?。 ]*$|^(?:那|把|请)*(?:报名)?(?:的)?名单(?:呢|发一?下|发?给?我|看看|看一?下)+[吧呢?。! ]*$|^(?:都)?(?:有)?谁(?:都)?报(?:了)?名?了?[吗?。 ]*$/;

/** 名额20人吧: nothing but how many seats. */
const seatsAlone = /^(?:那|就)*名额(?:就|先|定|设|限|按|算|为|到|[: ])*\d{1,4}[个人位]*(?:吧|好了|就行|就够|够了|左右|算了)*[。! ]*$/;

/** Under an answer about an activity. */
const ofQuoted = /^(?:地点|时间|地方|日期|人数|名额)[^,。]{0,4}(?:改|换|调|变|加|减)/;

/** What is said of an activity as a whole by who runs it; asked before anything is taken for a record. */
export const organising: readonly Rule[] = [
  ['activity_query', (s) => (s.id === 'A' && readBack.test(s.body)) || (leads(s) && s.id === null && listWanted.test(s.body))],
  [
    'activity_update',
    (s) => leads(s) && s.id === null && seatsAlone.test(s.body) && !s.question && !s.document.dates.some((d) => within(d, s.section)),
  ],
  // Under an activity just spoken of 时间改4点 is about it.
  ['activity_update', (s) => leads(s) && /^[^A-Z]*A\d/.test(s.quoted) && s.id === null && ofQuoted.test(s.body) && !s.question],
  ['activity_attendance', (s) => leads(s) && s.id === 'A' && /(?:全|都|全部|全员)(?:到|来)[了齐]*[。! ]*$/.test(s.body)],
  // #接龙 with an activity and a list of names: the numbers in it count nobody met.
  ['signup', (s) => /^#? ?接龙/.test(s.body) && !s.question],
  [
    'activity_create',
    (s) => means(s, 'announced') && means(s, 'held') && hasDate(s) && s.id === null && !s.question && !/[了过](?=[,。]|$)/.test(s.body),
  ],
  ['activity_create', (s) => /^关于(?:召开|举办|举行|开展|组织)[^,。]{2,40}的?通知/.test(s.body) && hasDate(s) && s.id === null],
  [
    { reason: 'unclear', between: ['activity_update', 'activity_query'] },
    (s) => /(?:暂停|停止|关闭|重开|恢复)报名/.test(s.body) && !s.question,
  ],
  [{ reason: 'unchanged' }, (s) => means(s, 'unchanged') && ofActivity(s) && !/改|换|调整/.test(s.body) && !s.question && !s.counted],
  ['activity_minutes', (s) => minutesHead.test(s.body) && !s.question && !/(?:发|写|要|给|出|整理)[^,。:]{0,6}(?:纪要|小结)/.test(s.body)],
  [
    'activity_minutes',
    (s) => means(s, 'finished') && (s.id === 'A' || leads(s)) && ofActivity(s) && !s.question && !/我的|诉求|承诺|件/.test(s.body),
  ],
  [
    'activity_attendance',
    (s) =>
      (s.id === 'A' || leads(s) || /[实应]到/.test(s.body)) &&
      ofActivity(s) &&
      means(s, 'away') &&
      (means(s, 'attended') || came.test(s.body) || /[实应]到/.test(s.body)) &&
      !s.question,
  ],
  [
    'activity_attendance',
    (s) =>
      (s.id === 'A' || leads(s)) &&
      means(s, 'attended') &&
      ofActivity(s) &&
      !s.question &&
      !/请|务必|准时|按时/.test(s.body) &&
      (namesSomebody(s) || /\d/.test(s.body.replace(/[A-Z]\d+/g, ''))),
  ],
  [
    'activity_update',
    (s) =>
      seats.test(s.body) &&
      differs.test(s.body.replace(/增?加(?!到|[\d一二两三四五六七八九十])/g, '')) &&
      ofSeats(s) &&
      !opens.test(s.body) &&
      !s.question,
  ],
  [
    'activity_update',
    (s) => theActivity.test(s.body) && amends.test(s.body) && s.id !== 'R' && !s.question && !/我的?报名|不参加|去不/.test(s.body),
  ],
  [
    { reason: 'unclear', between: ['correct_record', 'activity_update'] },
    (s) => leads(s) && s.quoted === '' && s.id === null && bareChange.test(s.body) && !/那条|这条|上一?条|记录/.test(s.body),
  ],
];

/** 名额 of an activity, not a seat somebody takes or gives away, nor 招生名额 in a constituent's mouth. */
const ofSeats = (s: Signs): boolean =>
  !givenAway.test(s.body) && (s.id === 'A' || isAboutActivity(s) || leads(s) || /^(?:报名)?(?:名额|截止|集合)/.test(s.body));
