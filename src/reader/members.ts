import { type Asked, bodyWithout } from './asked';
import { isHanWord, mark, marksFor } from './characters';
import { matchesOf } from './match';
import { isName, namesIn, namesOfList, startsLikeAWord } from './names';
import type { Hit } from './trie';

/** Members named in the line: with 委员 after, in a list, or known to the organisation. */
export function membersIn(asked: Asked): string[] {
  const { document, section } = asked;
  const titled = namesIn(document, section)
    .filter((n) => n.kind === 'companion')
    .map((n) => n.name);
  const bare = bodyWithout(asked, asked.document.dates).replace(document.lexicon.besideNames, (word) => ' '.repeat(word.length));
  const listed = matchesOf(/[\u4e00-\u9fff]{2,4}(?:[、及,][\u4e00-\u9fff]{2,4}){0,12}/g, bare).flatMap((match) =>
    namesOfList(document, match[0], section.start + match.index).map((n) => n.name),
  );
  const short = [...titled, ...listed, ...longNamesIn(asked)].map((name) => name.replace(/委员$/, ''));
  return [...new Set(wholeNames(asked.body, short))].filter((name) => name.length > 1);
}

/** 桑吉卓玛 holds two that overlap: it is one name of four. */
function wholeNames(body: string, names: readonly string[]): readonly string[] {
  const whole = body
    .split(/[\s,。;:、]+/)
    .filter((word) => isHanWord(word, 4, 4) && [0, 1].every((at) => names.includes(word.slice(at, at + 3))));
  return names.map((name) => whole.find((word) => word.includes(name)) ?? name);
}

/** Names of three characters inside a sentence (查查韩立舟这个季度), where nothing else can be meant. */
function longNamesIn({ document, section }: Asked): string[] {
  const names: string[] = [];
  const known = marksFor(document.text);
  for (const part of [...document.dates, ...document.times, ...document.words.all.filter(isWord)]) mark(known, part, 1);
  for (let at = section.start; at + 3 <= section.end; at++) {
    if (known[at] || known[at + 1] || known[at + 2]) continue;
    const word = document.text.slice(at, at + 3);
    if (isHanWord(word, 3, 3) && !particles.test(word) && !startsLikeAWord(word) && isName(document, at, word)) names.push(word);
  }
  return names;
}

const isWord = (h: Hit): boolean => h.kind !== 'member_name' && h.kind !== 'not_place' && h.end - h.start > 1;

const particles =
  /[我你他她它们这那哪谁吗呢吧了的是不没有在和与跟把给帮替要去来到上下个条次几多少一二三四五六七八九十月日号周年季度人名位些都也还再又很太真好怎么什样查看记]/;

/** A name that stands at `index` of the body. */
export const isNameAt = (asked: Asked, index: number, word: string): boolean => isName(asked.document, asked.section.start + index, word);
