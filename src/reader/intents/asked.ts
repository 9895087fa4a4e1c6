import { toIso } from '../calendar';
import { mark, marksFor } from '../characters';
import type { DateToken } from '../date-grammar';
import { type Document, type Section, within } from '../document';
import { matchesOf } from '../match';
import { isName, namesIn, namesOfList, startsLikeAWord } from '../names';
import type { Hit } from '../trie';
import { spotsIn } from '../where';

/** A line to be read as a given intent: its document and the part after mention and command. */
export interface Asked {
  document: Document;
  section: Section;
  /** The words of that part. */
  body: string;
  /** The slash command as typed, '' in a sentence. */
  command: string;
}

const idPatterns = new Map<string, RegExp>();

function idPattern(letters: string): RegExp {
  let pattern = idPatterns.get(letters);
  if (!pattern) idPatterns.set(letters, (pattern = new RegExp(`(?<![A-Za-z])([${letters}${letters.toLowerCase()}])-?(\\d{1,6})(?!\\d)`)));
  return pattern;
}

/** An id such as A23 (activity), C12 (case), M07 (opinion), R1024 (record); also in the quoted message when `quoted`. */
export function idOf(asked: Asked, letters: string, quoted = false): string | null {
  const pattern = idPattern(letters);
  const match = pattern.exec(asked.body) ?? (quoted ? pattern.exec(asked.document.context.quoted ?? '') : null);
  return match ? `${match[1]?.toUpperCase()}${match[2]}` : null;
}

/** The dates said; a festival inside a name (重阳关爱) is none. */
export const datesOf = (asked: Asked): DateToken[] =>
  asked.document.dates.filter((d) => within(d, asked.section) && !(d.holiday && inName(asked.document.text, d)));

const inName = (text: string, { end }: DateToken): boolean =>
  /^[\u4e00-\u9fff]/.test(text[end] ?? '') && !/^[的在去我那当期有办搞]/.test(text[end] ?? '');

export const dayOf = (token: DateToken | undefined): string | null =>
  token?.from !== undefined && (token.kind === 'day' || token.kind === 'range') ? toIso(token.from) : null;

/** '2026-09-26T09:00', or the day alone when no time is said. */
export function momentOf(asked: Asked, token: DateToken | undefined): string | null {
  const day = dayOf(token);
  if (day === null || !token) return null;
  const near = asked.document.times.find((t) => t.time && t.start >= token.end && t.start - token.end <= 3);
  const time = token.time ?? near?.time;
  return time ? `${day}T${time}` : day;
}

const separators =
  /[\s,。;!?、:()[\]]|报名|报上|报了|参加|算|我们|我|想|要去|去不成|去不了|来不了|那个|这个|那场|这场|的|还能|还有|能|吗|了|没|有|给|帮|请假|取消|名额|几个|什么|时候|在哪|哪里|几点|多少|人|下|周|不|一下|先|想|为|把|到|是|地点|时间|查|看|啊|呀|呢|吧|嘛/;
const activityWord =
  /活动|会$|会议|班$|课$|营$|赛$|讲堂|论坛|沙龙|座谈|调研|视察|义诊|培训|走访|慰问|采风|参观|考察|协商|讲座|宣讲|联谊|学习|研讨|义演|捐赠|捐书|植树|监督|接待|读书|关爱|送[\u4e00-\u9fff]|日$|行$|展$|体检|健步|运动|进(?:校园|社区|企业|乡村|机关|村|万家|基层|军营)|科普|讲解|研学|夜校|茶话|恳谈|音乐|书画/;

/** The activity by its id, else by the words that name it; null if nothing does. */
export function activityOf(asked: Asked): string | null {
  // With its command any letter names an activity.
  const id = idOf(asked, asked.command === '' ? 'ABD-LN-QS-Z' : 'A-Z', true);
  if (id) return id;
  const title = /[《"]([^》"]{2,30})[》"]/.exec(asked.body)?.[1];
  if (title) return title;
  return keywordOf(asked, activityWord) ?? quotedActivity(asked) ?? activityAt(asked) ?? sectorActivity(asked);
}

/** 养老院那个活动: called by where it is. */
const activityAt = ({ document, section }: Asked): string | null =>
  spotsIn(document, section).find(({ end }) => /^的?[那这]?[个场次]?的?(?:活动|那[个场次])/.test(document.text.slice(end, end + 6)))
    ?.name ?? null;

/** 界别活动 is a name where nothing better is said. */
const sectorActivity = (asked: Asked): string | null => /界别活动/.exec(asked.body)?.[0] ?? null;

function quotedActivity(asked: Asked): string | null {
  const quoted = asked.document.context.quoted;
  return quoted
    ? (/[《"“【]([^》"”】]{2,30})[》"”】]/.exec(quoted)?.[1] ??
        quoted.split(/[\s,，。:：]/).find((piece) => activityWord.test(piece)) ??
        null)
    : null;
}

/** The first run of words that fits `wanted`, without dates and particles. */
export function keywordOf(asked: Asked, wanted: RegExp): string | null {
  const text = bodyWithout(asked, [...asked.document.dates.filter((d) => !d.holiday), ...asked.document.times]);
  const pieces = text.split(separators).map((piece) => piece.replace(tailOfName, ''));
  return pieces.find((piece) => piece.length >= 2 && !unnamed.test(piece) && wanted.test(piece)) ?? null;
}

/** The body with blanks in place of `taken`. */
export function bodyWithout({ document, section }: Asked, taken: readonly Section[]): string {
  const out: string[] = [];
  let from = section.start;
  for (const { start, end } of [...taken].sort((a, b) => a.start - b.start)) {
    if (end <= from || start >= section.end) continue;
    const until = Math.min(end, section.end);
    out.push(document.text.slice(from, Math.max(from, start)), ' '.repeat(until - Math.max(from, start)));
    from = until;
  }
  return [...out, document.text.slice(from, section.end)].join('');
}

const tailOfName = /(?:改|推迟|延期|延|取消|因|顺延|安排|举行|开始|结束|满员|满|还|可以|实到|报上|已|我|要|算).*$/;
/** 哪些活动, 最近活动: asked about, not named. */
const unnamed = /^(?:哪些|哪个|什么|啥|有|最近|近期|都|这|那|本|可以|所有|全部|一|次|场)*(?:活动|会|会议)$/;

const actions =
  /报名|报上|报个名|去掉|查一?[查下]|看看|看一?下|报|从|里|参加|请[个了]?假|取消|退出|帮忙|帮|替|代|给|都|也|委员们?|一起|同志|缺席|未到|没来|没到|出席|实到|因[病事公]|的|去|来|要|想|我|和|与|把|记|算|请|向|为|由|那[条个次]|这[条个次]|不是|是|三季度|季度|完成|今年|进度|情况|怎么样/g;

/** Members named in the line: with 委员 after, in a list, or known to the organisation. */
export function membersIn(asked: Asked): string[] {
  const { document, section } = asked;
  const titled = namesIn(document, section)
    .filter((n) => n.kind === 'companion')
    .map((n) => n.name);
  const bare = asked.body.replace(actions, (word) => ' '.repeat(word.length));
  const listed = matchesOf(/[\u4e00-\u9fff]{2,4}(?:[、及,][\u4e00-\u9fff]{2,4}){0,12}/g, bare).flatMap((match) =>
    namesOfList(document, match[0], section.start + match.index).map((n) => n.name),
  );
  return [...new Set([...titled, ...listed, ...longNamesIn(asked)].map((name) => name.replace(/委员$/, '')))].filter(
    (name) => name.length > 1,
  );
}

/** Names of three characters inside a sentence (查查韩立舟这个季度), where nothing else can be meant. */
function longNamesIn({ document, section }: Asked): string[] {
  const names: string[] = [];
  const known = marksFor(document.text);
  for (const part of [...document.dates, ...document.times, ...document.words.all.filter(isWord)]) mark(known, part, 1);
  for (let at = section.start; at + 3 <= section.end; at++) {
    if (known[at] || known[at + 1] || known[at + 2]) continue;
    const word = document.text.slice(at, at + 3);
    if (/^[\u4e00-\u9fff]{3}$/.test(word) && !particles.test(word) && !startsLikeAWord(word) && isName(document, at, word))
      names.push(word);
  }
  return names;
}

const isWord = (h: Hit): boolean => h.kind !== 'member_name' && h.kind !== 'not_place' && h.end - h.start > 1;

const particles =
  /[我你他她它们这那哪谁吗呢吧了的是不没有在和与跟把给帮替要去来到上下个条次几多少一二三四五六七八九十月日号周年季度人名位些都也还再又很太真好怎么什样查看记]/;

/** A name that stands at `index` of the body. */
export const isNameAt = (asked: Asked, index: number, word: string): boolean => isName(asked.document, asked.section.start + index, word);

export const without = (text: string, ...patterns: RegExp[]): string =>
  patterns
    .reduce((out, pattern) => out.replace(pattern, ' '), text)
    .replace(/\s+/g, ' ')
    .trim();
