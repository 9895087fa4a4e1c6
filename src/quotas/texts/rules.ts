import { modeLabels } from '../../chat/labels';
import { measures } from '../../measures';
import type { ContactMode } from '../../reader/contact-mode';

/** The four parts of a body's rule sheet. */
export type Heading = 'object' | 'way' | 'content' | 'guarantee';

const headings: Readonly<Record<Heading, { name: string; asked: RegExp }>> = {
  object: { name: '联系对象', asked: /联系对象|联系谁|联系哪些人|跟谁联系/ },
  way: { name: '联系方式', asked: /联系方式|怎么联系|什么方式/ },
  content: { name: '联系内容', asked: /联系内容|联系什么|联系些什么|做什么内容/ },
  guarantee: { name: '保障措施', asked: /保障|考核|评优/ },
};

export const headingIn = (text: string): Heading | null =>
  (Object.keys(headings) as Heading[]).find((each) => headings[each].asked.test(text)) ?? null;

const modeWords: readonly [RegExp, ContactMode][] = [
  [/电话/, 'phone'],
  [/线上|微信|视频|网上|群里/, 'online'],
  [/谈心/, 'talk'],
  [/座谈|茶话会/, 'symposium'],
  [/走访|入户|慰问|看望/, 'visit'],
  [/接待|值班/, 'reception'],
  [/调研/, 'survey'],
  [/视察|监督/, 'inspection'],
  [/协商|议事/, 'consult_meeting'],
  [/宣讲|讲座/, 'lecture'],
  [/义诊|捐|服务/, 'service'],
  [/调解/, 'mediation'],
];

/** The way of contact a question names. */
export const modeIn = (text: string): ContactMode | null => modeWords.find(([pattern]) => pattern.test(text))?.[1] ?? null;

const from = (title: string): string => `（依据：本单位的联系要求“${title}”）`;

/** Every sentence about the body's own rules. */
export const ruleTexts = {
  help: '问规则，例如“打电话算不算”“联络员是谁”“召集人的职责是什么”',
  asksWho: /谁|哪位|哪个人|电话|联系方式|号码/,
  asksPhone: /电话|联系方式|号码/,
  noPhones: '电话我这里没有，请在通讯录里找。',
  asksCounting: /算|计入|计数|作数/,
  who: (role: string, sector: string | null, people: readonly { name: string; sector: string | null }[]): string => {
    const of = sector ?? '本单位';
    if (people.length === 0) return `名册里还没有登记${of}的${role}。可以问机关，或发“/建议 ……”请机关答复。`;
    const named = people.map((each) => (each.sector && each.sector !== sector ? `${each.name}（${each.sector}）` : each.name));
    return `${role}是${named.join('、')}。（依据：名册）`;
  },
  duty: (role: string, duty: string): string => `${role}：${duty}（依据：本单位的职责说明）`,
  counting: (mode: ContactMode, counts: { events: boolean | null; person_times: boolean | null }, title: string): string => {
    const way = modeLabels[mode];
    const times = counts.events === null ? '' : counts.events ? '次数算' : '要求的次数里不算';
    const people = counts.person_times === null ? '' : counts.person_times ? '人次算' : '人次不算';
    const said = [times, people].filter((each) => each !== '').join('，');
    return `${way}：${said === '' ? '联系要求里没有单独规定' : said}。都可以记下来。${from(title)}`;
  },
  whatCounts: (excepted: readonly string[], title: string): string => {
    const except = excepted.map((mode) => modeLabels[mode as ContactMode]);
    return `一次活动：${measures.events.meaning}${except.length > 0 ? `；算要求的次数时不含${except.join('、')}` : ''}。人次：${measures.person_times.meaning}。${from(title)}`;
  },
  required: (title: string, sheet: boolean): string =>
    `本单位的要求是：${title}。${sheet ? '还可以问“联系对象”“联系方式”“联系内容”“保障措施”。' : '还可以问“打电话算不算”“联络员是谁”。'}`,
  sheet: (heading: Heading, text: string, source: string): string => `${headings[heading].name}：${text}（依据：${source}）`,
  noSheet: (heading: Heading): string => `${headings[heading].name}的规定还没有录进来，我答不了，请问机关或界别联络员。`,
} as const;
