import { type Address, type Commands, readAddress } from './address';
import type { Asked } from './asked';
import { flagsOf } from './characters';
import { type CommandWords, commandWordsOf } from './command-words';
import { declared } from './declared';
import { type Document, openDocument, type Section, turned } from './document';
import { createGuesser, type Guesser } from './guess';
import type { Intent } from './intent';
import { createLexicon, type Lexicon } from './lexicon';
import { type Line, longestRead } from './normalise';
import { isChatter, isForwarded, isNotToKeep, isTemplate } from './not-meant';
import type { NoneReading, ReadContext, Reading, SenderContext } from './reading';
import { afterModeWord, commandFor } from './recognise/after-command';
import { intentOfSentence } from './recognise/ranked';
import type { Outcome } from './recognise/rule';
import type { Vocabulary } from './vocabulary';

export interface Reader {
  /** What `text`, sent on `context.today`, means. Pure: the same text and context always give the same reading. */
  read(text: string, context: ReadContext): Reading;
  /** The fields of `text`, said under `intent`: what an answer to a question says. */
  readAs<R extends Reading>(intent: Intent<R>, text: string, context: ReadContext): R;
  /** What stands behind a slash for an intent, the first of its words. */
  wordOf(intent: string): string;
  /** Whether a line is meant for the bot at all: slash command, mention, quotation, or a private chat. */
  isAddressed(text: string, context: Pick<SenderContext, 'chat' | 'mentioned' | 'quoted' | 'vocabulary'>): boolean;
}

/** What every line is read with. */
interface Engine {
  lexicon: Lexicon;
  guesser: Guesser;
  intents: ReadonlyMap<string, Intent>;
  commands: CommandWords;
}

/**
 * A reader with these words, to which these things can be said. Building it takes some milliseconds: do it once.
 * @throws Error naming an intent or a command word that two features declare, or an intent that a rule recognises and none declares.
 */
export function createReader(vocabulary: Vocabulary, intents: readonly Intent[]): Reader {
  const engine: Engine = {
    lexicon: createLexicon(vocabulary),
    guesser: createGuesser(vocabulary, intents),
    intents: declared(intents),
    commands: commandWordsOf(intents),
  };
  const { lexicon, guesser } = engine;
  const commands: Commands = { words: engine.commands, lexicon, guess: (word) => guesser.command(word) };
  const address = (text: string, context: SenderContext): [Line, Address] => {
    const line = lexicon.normalise(text);
    return [line, readAddress(line, commands, context)];
  };
  const read = (text: string, context: ReadContext): Reading => {
    const [line, said] = address(text, context);
    const to = wordAlone(engine.commands, said);
    const meant =
      to.addressed || to.slash ? readAddressed(engine, { context, line, to, pictured: picture.test(text.slice(0, longestRead)) }) : null;
    // Behind a slash with an unknown word (/取消 A23) nothing that keeps what is told is guessed.
    if (meant && (to.addressed || engine.intents.get(meant.intent)?.keeps === false)) return meant;
    return none(isChatter(line.text, lexicon) ? 'chatter' : 'not_addressed');
  };
  return {
    read,
    readAs: (intent, text, context) => intent.read(askedAs(engine, intent.name, { context, line: lexicon.normalise(text) })),
    wordOf: (name) => engine.intents.get(name)?.words[0] ?? '',
    isAddressed(text, context) {
      const [, to] = address(text, context);
      // Which day it is decides what a line means, never whether it means something.
      return to.addressed || (to.slash && read(text, { ...context, today: anyDay }).intent !== 'none');
    },
  };
}

const picture = /\p{Extended_Pictographic}/u;

/** 我的记录, 活动: a command word that is the whole line needs no slash before it. */
function wordAlone(commands: CommandWords, to: Address): Address {
  if (to.slash || !to.addressed) return to;
  const said = to.text.slice(to.from).replace(/[\s。!~,]+$/, '');
  const whole = commands.get(said[0] ?? '')?.find(({ word }) => word === said);
  if (!whole || !/^[\u4e00-\u9fff]{2}/.test(said)) return to;
  return { ...to, command: whole.intent, commandWord: whole.word, from: to.from + said.length, text: ' '.repeat(to.text.length) };
}

const anyDay = '2026-01-01';

const none = (reason: string): NoneReading => ({ intent: 'none', reason });

interface Sent {
  context: ReadContext;
  line: Line;
  to: Address;
  /** There are pictures in it as sent. */
  pictured?: boolean;
}

function readAddressed(engine: Engine, sent: Sent): Reading {
  const { lexicon, intents } = engine;
  const { context, line, to, pictured } = sent;
  const past = openDocument({ lexicon, context, line, text: spelled(engine, to) }, 'past');
  const section = bodyOf(past, to.from);
  const body = past.text.slice(section.start, section.end);
  const untold = nothingTold(past, section, to.command === null ? null : (intents.get(to.command) ?? null));
  if (untold !== null) return none(untold);
  if (to.command === null && pictured === true && !/[\u4e00-\u9fffA-Za-z\d]/.test(body)) return none('chatter');
  const outcome =
    to.command === null
      ? intentOfBody(past, section, body)
      : commandFor(to.command, {
          document: past,
          word: to.commandWord,
          body: to.text.slice(section.start, section.end),
          dates: past.dates,
          clock: past.times.some((t) => t.time !== undefined) || past.dates.some((d) => d.time !== undefined),
          leads: (past.context.sender_role ?? 'member') !== 'member',
        });
  if (outcome !== null && typeof outcome === 'object') return { intent: 'none', ...outcome };
  const intent = outcome === null ? undefined : intents.get(outcome);
  if (!intent) return none(isChatter(body, lexicon) ? 'chatter' : 'unclear');
  const document = intent.looksBack ? past : turned(past, 'next');
  const asked: Asked = { document, section, body, command: to.commandWord, commanded: to.command !== null, slash: to.slash };
  const reading = intent.read(asked);
  const why = intent.notMeant(asked, reading);
  return why === null ? reading : none(why);
}

/** A line of which it is known what it is said to. */
function askedAs(engine: Engine, command: string, { context, line }: Pick<Sent, 'context' | 'line'>): Asked {
  const to: Address = { addressed: true, mentioned: true, slash: true, command, commandWord: '', from: 0, text: line.text };
  const { lexicon, intents } = engine;
  const past = openDocument({ lexicon, context, line, text: spelled(engine, to) }, 'past');
  const section = bodyOf(past, 0);
  const document = intents.get(command)?.looksBack === false ? turned(past, 'next') : past;
  return { document, section, body: past.text.slice(section.start, section.end), command: '', commanded: true, slash: true };
}

/** Why a line tells nothing, whatever it is about: passed on, a form to be filled in, hearsay. `command`: null for a sentence. */
function nothingTold(document: Document, section: Section, command: Intent | null): string | null {
  const body = document.text.slice(section.start, section.end);
  if (isForwarded(document, section)) return 'forwarded';
  if ((!command || command.hasForm) && isTemplate(document, section)) return 'template';
  if (command && /_{2,}/.test(body)) return 'template';
  return !command && isNotToKeep({ body, document }) ? 'hearsay' : null;
}

function intentOfBody(document: Document, section: Section, body: string): Outcome | null {
  if (/^[\s,。!?~]*$/.test(body)) return 'help';
  return intentOfSentence(document, section);
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

/** 1、10号走访…；2、11号…: the marks of a list, so that no days are made of them. */
function listed(text: string): string {
  let next = 1;
  const marked = text.replace(/(?<=^|[\s,。;:])([1-9])、(?=\d{1,2}[号日月])/g, (mark, nth) =>
    Number(nth) === next ? ((next += 1), '\n ') : mark,
  );
  return next > 2 ? marked : text;
}

/** 走方, 做谈: as a voice keyboard writes them; 做谈话 is none. */
function heardRight(text: string, misspelt: Readonly<Record<string, string>>): string {
  let right = text;
  for (const [wrong, word] of Object.entries(misspelt))
    if (right.includes(wrong)) right = right.replace(new RegExp(`${wrong}(?![话判心步])`, 'g'), word);
  return right;
}

/** The text with misspelt words put right, as long as it is. */
const spelled = (engine: Engine, to: Address): string =>
  listed(heardRight(commandSpelled(engine, to), engine.lexicon.vocabulary.characters.misspelt));

/** A misspelt mode word in command position (走仿 → 走访). */
function commandSpelled({ guesser, lexicon }: Engine, to: Address): string {
  if (to.command !== afterModeWord) return to.text;
  const first = /^\s*([\u4e00-\u9fff]{2,4})(?=[\s,。:]|$)/.exec(to.text);
  const word = first?.[1];
  if (!first || !word || lexicon.scan(word).some((h) => h.start === 0 && h.end === word.length && h.kind !== 'topic')) return to.text;
  const mode = guesser.mode(word);
  if (mode === null || mode.length !== word.length) return to.text;
  const start = first[0].length - word.length;
  return to.text.slice(0, start) + mode + to.text.slice(start + word.length);
}
