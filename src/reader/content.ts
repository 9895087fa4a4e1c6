import { flagsOf } from './characters';
import type { ContactMode } from './contact-mode';
import { type Document, hitsOf, overlap, type Section, within } from './document';
import { saysIn } from './means';
import { namesIn } from './names';
import { tidy } from './own-words';
import type { Hit } from './trie';
import { spotsIn } from './where';

function codesOf(hits: readonly Hit[]): string[] {
  const codes: string[] = [];
  for (const { code } of hits) if (!codes.includes(code)) codes.push(code);
  return codes;
}

/** What was talked about. A name (红柳社区, 绿源合作社) says so only by the kind of institution it ends with. */
export function topicsOf(document: Document, section: Section): string[] {
  const spots = spotsIn(document, section);
  const told = hitsOf(document, 'topic', section).filter((topic) => {
    if (topic.end - topic.start === 1 && isPartOfWord(document, topic)) return false;
    const spot = spotOver(spots, topic.start) ?? spotOver(spots, topic.end - 1);
    if (!spot) return true;
    const kind = within(topic, spot) ? kindOf(document, spot) : null;
    if (!kind) return false;
    return topic.end <= kind.start ? topic.end - topic.start > 1 : topic.start === kind.start || topic.end === kind.end;
  });
  return codesOf(told);
}

/** 茶话会 is about no tea, 结果 about no fruit. */
const isPartOfWord = ({ words }: Document, topic: Section): boolean =>
  words.of('not_topic').some((h) => h.start <= topic.start && topic.end <= h.end);

const spotOver = (spots: readonly Section[], at: number): Section | undefined => spots.findLast((s) => s.start <= at && at < s.end);

/** What the name ends with (合作社, 敬老院); null when that could be about anything (社区, 公司). */
function kindOf(document: Document, spot: Section): Section | null {
  let kind: Section | null = null;
  for (let at = spot.start; at < spot.end; at++)
    for (const h of document.words.at(at))
      if ((h.kind === 'place' || h.kind === 'organisation') && h.end <= spot.end && (!kind || h.end > kind.end)) kind = h;
  return kind && !document.lexicon.anyTopic.test(document.text.slice(kind.start, kind.end)) ? kind : null;
}

/** Which of the six services it was, by the words said, by the mode, and because somebody had a problem. */
export function servicesOf(document: Document, section: Section, mode: ContactMode | null, troubled: boolean): string[] {
  const byMode = mode ? (document.lexicon.vocabulary.services.by_mode[mode] ?? []) : [];
  const codes = codesOf(hitsOf(document, 'service', section).filter((h) => h.code !== 'reflect_demands' || !saysWho(document, h)));
  for (const code of troubled ? [...byMode, 'reflect_demands'] : byMode) if (!codes.includes(code)) codes.push(code);
  return codes;
}

/** 困难户, 困难家庭, 困难职工: who they are, not what they complain of. */
function saysWho({ words }: Document, hit: Section): boolean {
  const longer = (h: Hit): boolean => within(hit, h) && h.end - h.start > hit.end - hit.start;
  return (
    words.of('role').some((h) => longer(h) || (h.code === 'constituent' && h.start === hit.end)) || words.of('counted_as').some(longer)
  );
}

/** What came of it. A demand to solve something is no solution. */
export function resultsOf(document: Document, section: Section): string[] {
  const { text } = document;
  const hits = hitsOf(document, 'result', section).filter((h) => !asked(document, h) && !isContacting(document, section, h));
  const codes = codesOf(hits);
  if (codes.includes('forwarded')) return codes;
  const handed = document.lexicon.acts.handed_over_to.exec(text.slice(section.start, section.end));
  const told = saysIn(text.slice(section.start, section.end), document, 'handed_to_office');
  // 我跟城管说过了
  const spoken = saysIn(text.slice(section.start, section.end), document, 'handed_over');
  if (told || spoken) codes.push('forwarded');
  else if (handed && saysIn(handed[0], document, 'passes_on') && !saysIn(handed[0], document, 'passes_nothing_on')) codes.push('forwarded');
  return codes;
}

/** 约了6位企业家, 联系了王师傅: those met, and no office called upon for somebody with a problem. */
function isContacting(document: Document, section: Section, hit: Hit): boolean {
  const { text, lexicon, words } = document;
  if (!lexicon.contacting.has(text.slice(hit.start, hit.end))) return false;
  const clause = /^[^,。;\n]{0,10}/.exec(text.slice(hit.end, section.end))?.[0].length ?? 0;
  const behind = { start: hit.end, end: hit.end + clause };
  const roles = hitsOf(document, 'role', behind);
  const met = roles.filter((h) => h.code === 'constituent');
  const office = [...hitsOf(document, 'organisation', behind), ...roles.filter((h) => h.code === 'staff')].some(
    (h) => !met.some((m) => m.start <= h.start),
  );
  return !office && !words.of('problem').some((h) => h.start >= section.start && h.end <= hit.start);
}

function asked({ text, lexicon }: Document, hit: Hit): boolean {
  const before = text.slice(Math.max(0, hit.start - 6), hit.start);
  return saysIn(before, { lexicon }, 'hoped_for') && hit.code !== 'to_opinion' && hit.code !== 'to_proposal';
}

interface Told {
  /** What was read as date, place, people or mode. */
  used: readonly Section[];
  /** What is left that says something (own-words.ts). */
  about: readonly Section[];
}

/** The clauses in which somebody has a problem, and those that go on from them: what must survive for the case and the answer. */
export function demandsOf(document: Document, section: Section, { used, about }: Told): string[] {
  const found: string[] = [];
  let introduced = false;
  for (const clause of clausesOf(document.text, section)) {
    const introduces = saysIn(document.text.slice(Math.max(clause.start, clause.end - 4), clause.end), document, 'introduces_words');
    const problem = (introduced || isProblem(document, clause, used)) && !introduces;
    introduced = introduces;
    if (!problem && found.length === 0) continue;
    const words = tidy(wordsOf(document.text, clause, about) || without(document.text, clause, [...used, ...document.pii]));
    const goesOn = found.length > 0 && saysIn(words, document, 'goes_on_telling');
    if (words.length >= 2 && (problem || goesOn)) found.push(words);
  }
  return found;
}

const wordsOf = (text: string, clause: Section, about: readonly Section[]): string =>
  about
    .filter((piece) => within(piece, clause))
    .map((piece) => text.slice(piece.start, piece.end))
    .join(' ');

/** Somebody has a problem; or somebody says something, and it is no praise. */
function isProblem(document: Document, clause: Section, used: readonly Section[]): boolean {
  const { text, words } = document;
  const counts = (h: Section): boolean =>
    within(h, clause) &&
    !used.some((u) => within(h, u)) &&
    !saysWho(document, h) &&
    !isInName(document, clause, h) &&
    !isLabel(document, h);
  if (words.of('problem').some(counts)) return true;
  if (!words.of('speech').some((h) => counts(h) && !isLecture(document, h))) return false;
  return hitsOf(document, 'praise', clause).every((h) => saysIn(text.slice(Math.max(0, h.start - 2), h.start), document, 'negated_so'));
}

/** 郑怀远 complains of no distance. */
const isInName = (document: Document, clause: Section, hit: Section): boolean =>
  namesIn(document, clause).some((name) => name.kind === 'companion' && within(hit, name));

/** 卡号 before a card's number. */
const isLabel = ({ text, pii, lexicon }: Document, { end }: Section): boolean =>
  pii.some(
    (number) => number.start >= end && number.start - end <= 4 && saysIn(text.slice(end, number.start), { lexicon }, 'number_label'),
  );

/** 讲了讲招生政策 is what the member did, unless it is said who else did. */
const isLecture = ({ words }: Document, { start, end }: Section): boolean =>
  words.at(start).some((h) => (h.kind === 'hint' || h.kind === 'mode') && h.code === 'lecture' && h.end >= end) &&
  !words.of('role').some((h) => h.end === start);

const breaks = flagsOf(',。;!?\n');

function clausesOf(text: string, section: Section): Section[] {
  const clauses: Section[] = [];
  let start = section.start;
  for (let i = section.start; i <= section.end; i++) {
    if (i < section.end && breaks[text.charCodeAt(i)] !== 1) continue;
    if (i > start) clauses.push({ start, end: i });
    start = i + 1;
  }
  return clauses;
}

/** The clause without what was already read out of it. */
function without(text: string, clause: Section, used: readonly Section[]): string {
  const out: string[] = [];
  let at = clause.start;
  for (const u of used.filter((part) => overlap(part, clause)).sort((a, b) => a.start - b.start)) {
    out.push(text.slice(at, Math.max(at, u.start)));
    at = Math.max(at, u.end);
  }
  out.push(text.slice(at, clause.end));
  return out.join(' ').replace(/ +/g, ' ').trim();
}
