import { isPlan } from '../not-meant';
import type { Signs } from '../signs';
import { isAboutActivity } from './activities';
import type { Rule } from './rule';

const done = /完成|办[好妥成到结完]|兑现|履行|做[好到完]|落实|(?:好|完|到|齐|妥)了/;
const recordMeant = /(?:那|这|上|刚才?|前|最后)[^,。]{0,4}[条笔]|记录|记的/;
const lead = (s: Signs): boolean => (s.document.context.sender_role ?? 'member') !== 'member';

/**
 * What a sentence is about that no rule of acts knew: the thing it names, and whether it asks, says that it is done, or wants
 * it otherwise. Only for what is said to the bot; papers and pictures of a thing are not the thing.
 */
export const byObject: readonly Rule[] = (
  [
    ['record_query', (s) => s.id === 'R' && s.question],
    ['correct_record', (s) => s.id === 'R'],
    ['update_commitment', (s) => /承诺|答应/.test(s.body) && !s.question && done.test(s.body)],
    ['activity_query', (s) => /^(?:看看|查看?|近期|最近|本月|这个月|有)*的?活动[。! ]*$/.test(s.body)],
    ['submit_proposal_lead', (s) => s.body.includes('提案')],
    ['record_query', (s) => recordMeant.test(s.body) && (s.question || /查|看|找|翻|调|列/.test(s.body))],
    ['delete_record', (s) => recordMeant.test(s.body) && /删|重[了复]|不要|别要|撤|作废|去掉|取消/.test(s.body)],
    ['correct_record', (s) => recordMeant.test(s.body) && /改|补|错|漏|应该?是|不是|加上|少了|多了/.test(s.body)],
    ['query_progress', (s) => s.question && /我/.test(s.body) && /今年|季度|[本上这]个?月|年度|全年/.test(s.body)],
    ['activity_query', (s) => s.question && !s.contact && isAboutActivity(s)],
    ['activity_update', (s) => lead(s) && isAboutActivity(s) && /换|改|调整|推迟|移到|延|增加|减少/.test(s.body)],
  ] satisfies Rule[]
).map(([intent, applies]) => [intent, (s) => !papers.test(s.body) && !isPlan(s.document, s.section) && applies(s)] as const);

const papers = /照片|图片|视频|截图|链接|文件|通知|新闻|稿子|讲稿/;
