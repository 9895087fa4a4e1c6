import { hitsOf } from '../document';
import { namesIn } from '../names';
import { means, type Signs } from '../signs';
import type { Rule } from './rule';

/** 家里老人病重: the sender's own family is no constituent. */
const family = /(?:家里|我家?|俺)的?$/;

/** Somebody else is spoken of: constituents, or who has not finished. */
const ofOthers = (s: Signs): boolean =>
  s.contact ||
  hitsOf(s.document, 'role', s.section).some((h) => !family.test(s.document.text.slice(s.section.start, h.start))) ||
  /谁|哪些|大家|界别/.test(s.body);

const asksWhy = /为什么|为啥|为何|凭什么|干嘛|怎么(?:又|还|老|总|不)?|什么时候|啥时候|多久|几次|还会|哪些/;
const resumes = /(?:恢复|重新|继续|打开|开启)[^,。]{0,4}提醒|提醒[^,。]{0,4}(?:恢复|重新|打开|开启)/;
const saysStop = /别|不要|不用|不想|停|关[掉了]|取消|勿|少[发来]|免/;
const toMe = /我|还会|^(?:能不能|可以|请|麻烦)?(?:把|将)?(?:提醒|催)|提醒(?:我|[关停]|了?[吧。!]*$)|发提醒/;

/** 提醒大家带伞 is a thing to be done, not a question about reminders. */
const remindsOthers = /(?:提醒|催|通知)(?:一下|下)?(?:大家|各位|居民|群众|他|她|委员|村民|业主)/;

const stillOpen =
  /(?:手上|手头|手里|名下)[^,。]{0,6}(?:还有|有|剩)|还有[^,。]{0,4}(?:什么|啥|哪些)[^,。]{0,4}(?:事|没[办做完]|要[办做]|该[办做])|没办完的|待办|(?:还有|还剩)(?:什么|啥|哪些)(?:没|要|$)/;

const counts =
  /算不算|能不?能?算|算(?:是|作|数|进|到|在|得上)|也?算[^,。]{0,8}[吗么]|(?:什么|啥|怎么?样?|哪些|如何)(?:才|就|样)*(?:能)?算|[算认][吗么]|怎么算|算几[次个条场]/;
const whose = /谁|哪位|哪个|电话|怎么联系|联系方式|号码|职责|干什么|管什么|做什么|负责什么|干啥/;
const demanded =
  /(?:每|一)(?:个)?(?:年|季度?|月)[^,。]{0,8}(?:要|得|该|至少|最少|需要|规定)[^,。]{0,10}(?:几|多少)|(?:几|多少)[次个人][^,。]{0,6}(?:才)?(?:算)?(?:达标|合格|完成任务)/;

const voices = /(?:我要?|想|来|给[^,。]{0,6})?(?:投诉|提(?:个|点|条|一?些)?(?:意见|建议))|^建议|有意见|希望你们|能不能加/;

const ofQuarter = /季度|一年|全年|任务|考核|指标|履职|延期|缓|[本这下]个?月|今年|半年/;

/** 帮郑怀远延期, 潘榆函因病休养免了吧: another member's quarter. */
const ofMember = (s: Signs): boolean => namesIn(s.document, s.section).some(({ kind }) => kind === 'companion');

/** What somebody says of an own quarter, of reminders, of rules and of the assistant itself. */
export const ownQuarter: readonly Rule[] = [
  [
    'deferral_request',
    (s) => means(s, 'mute') && (means(s, 'own_duty') || /免|[月年]底|[月周年]/.test(s.body)) && !ofOthers(s) && !asksWhy.test(s.body),
  ],
  [
    'deferral_request',
    (s) =>
      (means(s, 'excuse') || (means(s, 'cannot') && ofMember(s))) &&
      (ofQuarter.test(s.body) || (ofMember(s) && means(s, 'unable'))) &&
      s.id === null &&
      !s.contact &&
      !s.question &&
      !hitsOf(s.document, 'role', s.section).some(({ code }) => code === 'constituent') &&
      !/活动|报名|[场次]|义诊|座谈|费|税|学|租/.test(s.body),
  ],
  ['deferral_request', (s) => means(s, 'explain') && (means(s, 'own_duty') || means(s, 'unable')) && !ofOthers(s) && s.id === null],
  [
    'deferral_request',
    (s) =>
      means(s, 'cannot') &&
      means(s, 'own_duty') &&
      s.id === null &&
      !ofOthers(s) &&
      !/活动|报名|[场次]|义诊|座谈会/.test(s.body.replace(/[一几]次/, '')),
  ],
  [
    'reminder_query',
    (s) =>
      means(s, 'reminding') &&
      (resumes.test(s.body) || ((asksWhy.test(s.body) || saysStop.test(s.body)) && toMe.test(s.body))) &&
      !s.contact &&
      !remindsOthers.test(s.body) &&
      !/忘了|没记/.test(s.body),
  ],
  [
    'todo_query',
    (s) =>
      stillOpen.test(s.body) &&
      !s.contact &&
      hitsOf(s.document, 'role', s.section).length === 0 &&
      !/活动|名额|几|多少|诉求|位子/.test(s.body),
  ],
  [
    'ask_rule',
    (s) =>
      counts.test(s.body) &&
      (s.question || /算不算|怎么算|算几/.test(s.body)) &&
      !/[A-Z]\d|刚|上一?条|昨天|记录了/.test(s.body) &&
      !s.counted,
  ],
  ['ask_rule', (s) => means(s, 'offices') && whose.test(s.body) && !s.contact && !/诉求|没完成|进度/.test(s.body)],
  ['ask_rule', (s) => demanded.test(s.body) && s.question && !/我(?!们)/.test(s.body)],
  [
    'feedback',
    (s) =>
      (voices.test(s.body) || means(s, 'complain')) &&
      means(s, 'assistant') &&
      !s.contact &&
      hitsOf(s.document, 'role', s.section).length === 0 &&
      !/社情民意|提案/.test(s.body),
  ],
  // 还有哪些反馈没回: what waits for an answer, not who is behind.
  ['feedback_query', (s) => /(?:反馈|建议|投诉)[^,。]{0,4}(?:[没未]有?|待)(?:答复|回复?|处理)/.test(s.body) && s.question && !s.contact],
  ['feedback', (s) => /^(?:我)?(?:要|想)?(?:投诉|提(?:个|点|条)?(?:意见|建议))[吧。! ]*$/.test(s.body)],
];
