import { type Address, readAddress } from './address';
import { flagsOf } from './characters';
import { type Document, openDocument, originalSpan, type Section, turned } from './document';
import { createGuesser, type Guesser } from './guess';
import { readOther } from './intents/all';
import type { Asked } from './intents/asked';
import { createLexicon, type Lexicon } from './lexicon';
import type { Line } from './normalise';
import { isChatter, isForwarded, isNotToKeep, isPlan, isTemplate } from './not-meant';
import { isNotice, isNotMine } from './not-mine';
import type { Intent, ReadContext, Reading, SenderContext } from './reading';
import { readRecords } from './records';
import { intentOfSentence } from './sentence-intent';
import type { Vocabulary } from './vocabulary';

export interface Reader {
  /** What `text`, sent on `context.today`, means (domain.md 0). Pure: the same text and context always give the same reading. */
  read(text: string, context: ReadContext): Reading;
  /** Whether a line is meant for the bot at all: slash command, mention, quotation, or a private chat. */
  isAddressed(text: string, context: Pick<SenderContext, 'chat' | 'mentioned' | 'quoted' | 'vocabulary'>): boolean;
}

/** A reader with these words. Building it takes some milliseconds: do it once. */
export function createReader(vocabulary: Vocabulary): Reader {
  const lexicon = createLexicon(vocabulary);
  const guesser = createGuesser(vocabulary);
  const address = (text: string, context: SenderContext): [Line, Address] => {
    const line = lexicon.normalise(text);
    return [line, readAddress(line, lexicon, context, (word) => guesser.command(word))];
  };
  const read = (text: string, context: ReadContext): Reading => {
    const [line, to] = address(text, context);
    if (to.addressed) return readAddressed({ lexicon, guesser, context, line, to });
    const meant = to.slash ? readAddressed({ lexicon, guesser, context, line, to }) : null;
    if (meant !== null && afterUnknownWord.has(meant.intent)) return meant;
    return { intent: 'none', reason: isChatter(line.text) ? 'chatter' : 'not_addressed' };
  };
  return {
    read,
    isAddressed(text, context) {
      const [, to] = address(text, context);
      // Which day it is decides what a line means, never whether it means something.
      return to.addressed || (to.slash && read(text, { ...context, today: anyDay }).intent !== 'none');
    },
  };
}

interface Addressed {
  lexicon: Lexicon;
  guesser: Guesser;
  context: ReadContext;
  line: Line;
  to: Address;
}

const anyDay = '2026-01-01';

/** What `/取消 A23` may mean although 取消 is no command: never a record or a demand, since chats have slash signs of their own (/微笑). */
const afterUnknownWord: ReadonlySet<Intent> = new Set([
  'signup',
  'signup_cancel',
  'leave_request',
  'activity_query',
  'activity_create',
  'activity_update',
  'activity_attendance',
  'query_progress',
  'report_export',
  'case_query',
  'record_query',
  'opinion_query',
  'correct_record',
  'delete_record',
  'update_case',
  'case_feedback',
  'opinion_update',
  'help',
]);

const lookingBack: ReadonlySet<Intent> = new Set([
  'record_contact',
  'correct_record',
  'delete_record',
  'record_query',
  'query_progress',
  'report_export',
  'activity_attendance',
]);

function readAddressed(scene: Addressed): Reading {
  const { lexicon, context, line, to } = scene;
  const text = spelled(scene);
  const past = openDocument({ lexicon, context, line, text }, 'past');
  const section = bodyOf(past, to.from);
  const body = text.slice(section.start, section.end);
  if (isForwarded(past, section)) return { intent: 'none', reason: 'forwarded' };
  if ((to.command === null || to.command === 'record_contact') && isTemplate(past, section)) return { intent: 'none', reason: 'template' };
  if (to.command !== null && /_{2,}/.test(body)) return { intent: 'none', reason: 'template' };
  if (to.command === null && isNotToKeep(body)) return { intent: 'none', reason: 'hearsay' };
  const intent =
    to.command === null ? intentOfBody(past, section, body) : commandFor(past, to.command, to.text.slice(section.start, section.end));
  if (intent === null) return { intent: 'none', reason: isChatter(body) ? 'chatter' : 'unclear' };
  if (intent === 'record_contact') {
    if (to.command === null && isNotMine(body)) return { intent: 'none', reason: 'not_mine' };
    return recordOrPlan(past, section, to);
  }
  if (to.command === null && (intent === 'query_progress' || intent === 'add_case') && isNotice(body))
    return { intent: 'none', reason: 'forwarded' };
  const document = lookingBack.has(intent) ? past : turned(past, 'next');
  const asked: Asked = { document, section, body, command: to.commandWord };
  return readOther(asked, intent);
}

function intentOfBody(document: Document, section: Section, body: string): Intent | null {
  if (/^[\s,。!?~]*$/.test(body)) return 'help';
  return intentOfSentence(document, section);
}

/** /诉求 查询 …: the word of a thing, and then a question about it. /修改 A23 …: a general word, and then what it is about. */
function commandFor({ dates }: Document, command: Intent, body: string): Intent {
  if (command === 'correct_record' && /^(?:[\u4e00-\u9fff]{1,4} ?)?[ABD-LN-QS-Z]-?\d/i.test(body)) return 'activity_update';
  if (command === 'correct_record' && /^(?:[\u4e00-\u9fff]{1,4} ?)?C-?\d/i.test(body)) return 'update_case';
  if (command === 'activity_query' && dates.length > 0 && /名额|截止|前报名|限\d+人/.test(body) && !/[?吗没]/.test(body))
    return 'activity_create';
  if (command === 'activity_query' && /^(?:新建|新增|创建|发起|发布|建立)/.test(body)) return 'activity_create';
  if (command === 'activity_query' && /^(?:取消|延期|改期|推迟|变更|修改)/.test(body)) return 'activity_update';
  const query = queries[command];
  return query && /^(?:[A-Z]-?\d{1,6} ?的?)?(?:查一?[下查]?|查询|查看|看看|进度|进展|状态)(?=$|[\s:,。]|[\u4e00-\u9fff])/.test(body)
    ? query
    : command;
}

const queries: Partial<Record<Intent, Intent>> = {
  add_case: 'case_query',
  submit_opinion: 'opinion_query',
  record_contact: 'record_query',
  signup: 'activity_query',
};

/** A plan told to the bot without 记录 is no record; with it the record is rejected. */
function recordOrPlan(document: Document, section: Section, to: Address): Reading {
  const asked = to.command === 'record_contact';
  const reading = readRecords(document, section, { terse: to.slash });
  if (!asked && reading.reject === 'future_date' && isPlan(document, section)) return { intent: 'none', reason: 'plan' };
  return reading;
}

const blanks = flagsOf(' \n');
const separators = flagsOf(' \n,。;:');

function bodyOf(document: Document, from: number): Section {
  let start = from;
  let end = document.text.length;
  while (start < end && separators[document.text.charCodeAt(start)] === 1) start++;
  while (end > start && blanks[document.text.charCodeAt(end - 1)] === 1) end--;
  return { start, end };
}

/** The text with a misspelt mode word in command position put right (走仿 → 走访). */
function spelled({ to, guesser, lexicon }: Addressed): string {
  if (to.command !== 'record_contact') return to.text;
  const first = /^\s*([\u4e00-\u9fff]{2,4})(?=[\s,。:]|$)/.exec(to.text);
  const word = first?.[1];
  if (!first || !word || lexicon.scan(word).some((h) => h.start === 0 && h.end === word.length && h.kind !== 'topic')) return to.text;
  const mode = guesser.mode(word);
  if (mode === null || mode.length !== word.length) return to.text;
  const start = first[0].length - word.length;
  return to.text.slice(0, start) + mode + to.text.slice(start + word.length);
}

export { originalSpan };
