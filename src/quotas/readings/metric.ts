/** What a question counts. */
export type Metric =
  | 'ranking'
  | 'behind_list'
  | 'remaining'
  | 'distinct_enterprises'
  | 'distinct_places'
  | 'households'
  | 'demands'
  | 'remarks'
  | 'person_times'
  | 'opinions'
  | 'proposals'
  | 'activities_attended'
  | 'sector_activities'
  | 'events';

const howMany = '(?:多少|几)';

const metrics: readonly [RegExp, Metric][] = [
  [
    /排名|排行|排个[名队]|名次|第几|谁.{0,8}最[多少高低]|最多的|最少的|倒数|垫底|前三(?!个?季|个?月|[年天周次])|前十(?!个?月|[年天周次])|榜|比一比|第一名|前几名|冠军|谁第一|排一下|排序|(?:从|由)[高多]到[低少]|谁做得最/,
    'ranking',
  ],
  [
    /谁(?:还)?[没未]|没完成|未完成|没达标|未达标|哪些人.{0,4}[没未]|落后|谁.{0,6}没|待提醒|差得多|谁差|差谁|还没动|没动静|哪[些几]位?.{0,6}[没未]|尚待|谁需要|掉队|谁还差|没记/,
    'behind_list',
  ],
  [/还差|差多少|差几|还剩|还要|还需|剩多少|缺多少/, 'remaining'],
  [
    new RegExp(`${howMany}[家个](?:民营|小微|重点|规上|中小)?(?:企业|公司|工厂|厂|单位)|企业数|(?:企业|公司)[^,。]{0,6}${howMany}[家个]`),
    'distinct_enterprises',
  ],
  [new RegExp(`${howMany}[个家](?:社区|村子?|小区|地方|地点|乡镇?|镇|街道)|(?:社区|小区|村)[^,。]{0,6}${howMany}个`), 'distinct_places'],
  [new RegExp(`${howMany}户|户数`), 'households'],
  [new RegExp(`${howMany}[条个件]?(?:诉求|困难)|${howMany}[条个件]问题|(?:诉求|问题)[^,。]{0,6}${howMany}[条个件]`), 'demands'],
  [new RegExp(`${howMany}[条个件]?(?:意见|建议|实事)|(?:意见|实事)[^,。]{0,6}${howMany}[条个件]`), 'remarks'],
  [/人次|多少人|多少(?:位|名|个)?(?:群众|居民|村民|老人|老乡)|几[个位名]人|几[位名](?:群众|居民)|多少个人|见了多少|群众数/, 'person_times'],
  [/社情民意|微建议|多少篇|几篇|民意信息|(?:多少|几)[条个]信息/, 'opinions'],
  [/提案/, 'proposals'],
  [
    /(?:参加|出席)[了过]?(?:几|多少)[次场个回]|(?:参加|出席)[了过]?[^,。]{0,6}活动[^,。]{0,3}(?:几|多少)|活动(?:参加|出席)[了过]?(?:几|多少)|(?:几|多少)[次场个]活动[^,。]{0,3}(?:是)?(?:我)?(?:参加|出席)/,
    'activities_attended',
  ],
  [/界别活动|(?:多少|几)场/, 'sector_activities'],
  [/几次|多少次|次数|几回|多少回|多少条|几条|几趟|多少趟/, 'events'],
];

/** What is counted; null when a question is about the quota as a whole. */
export const metricOf = (said: string): Metric | null => metrics.find(([pattern]) => pattern.test(said))?.[1] ?? null;
