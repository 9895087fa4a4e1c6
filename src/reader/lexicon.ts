import { type Act, classesOf } from './act-names';
import { flagsOf } from './characters';
import type { DateWords } from './date-atom';
import { createFestivals, festivalNames } from './festivals';
import { createNormaliser, type Normaliser } from './normalise';
import { anyPhrase } from './phrases';
import type { OrganisationVocabulary } from './reading';
import { type Hit, type Kind, Trie } from './trie';
import type { Vocabulary } from './vocabulary';
import { WordList } from './word-list';

/** The vocabulary made ready for reading. */
export interface Lexicon {
  vocabulary: Vocabulary;
  normalise: Normaliser;
  dateWords: DateWords;
  /** How a contact came about as well as a result: 联系了, 约了. */
  contacting: ReadonlySet<string>;
  /** Every vocabulary word in `text`, the organisation's own among them. */
  scan(text: string, own?: OrganisationVocabulary): Hit[];
  /** Of every contact mode: after a slash they stand for a record. */
  modeWords: readonly string[];
  /** 格式:, 按这个模板: a line that shows how to write one. */
  sampleWord: RegExp;
  surnames: WordList;
  /** By character code: 1 where a person's name may begin. */
  mayBeginName: Uint8Array;
  kin: WordList;
  /** Men, women, children: parts of a whole that is counted before them. */
  subgroups: ReadonlySet<string>;
  officials: WordList;
  /** The fields of a paper sheet by their labels. */
  labels: ReadonlyMap<string, string>;
  courtesies: RegExp;
  /** Whether one of the words of a class stands in a sentence. */
  acts: Readonly<Record<Act, RegExp>>;
  /** What is said beside the names of members and is none of them. */
  besideNames: RegExp;
  bare: ReadonlySet<string>;
  generic: ReadonlySet<string>;
  /** Generic words dropped from the front of a name. */
  pronouns: WordList;
  /** A name that ends so says nothing of what was talked about. */
  anyTopic: RegExp;
  /** A slot that ends so names an organisation, or a place. */
  trades: RegExp;
  spotEndings: RegExp;
  /** Words that end like a place and are none by themselves: 上山, 赶集. */
  noSpots: RegExp;
  /** Every 到, 在, 去 behind which a place may stand, and every 走访. */
  goesTo: RegExp;
  callsOn: RegExp;
  promise: { before: RegExp; justBefore: RegExp; after: RegExp };
  /** What may stand before 没去成 and the like without being a subject of its own, and who else may not have done it. */
  negation: { openings: WordList; others: WordList };
  /** What a day may be said behind without being the contact's: 谈, 了解一下. */
  talkedOf: RegExp;
  /** What goes on with the contact behind its day: 在, 去, 走访. */
  goesOn: WordList;
}

const flat = (byCode: Record<string, readonly string[]>): [string, string][] =>
  Object.entries(byCode).flatMap(([code, words]) => words.map((word): [string, string] => [word, code]));

function fill(trie: Trie, v: Vocabulary): void {
  const add = (kind: Kind, words: readonly string[], code = ''): void => words.forEach((w) => trie.add(w, { kind, code: code || w }));
  const addCoded = (kind: Kind, byCode: Record<string, readonly string[]>): void =>
    flat(byCode).forEach(([w, code]) => trie.add(w, { kind, code }));
  addCoded('mode', v.modes.words);
  addCoded('hint', v.modes.hints);
  addCoded('service', v.services.words);
  addCoded('topic', v.topics);
  addCoded('result', v.results.words);
  addCoded('measure', v.people.measures);
  addCoded('part', v.dates.parts);
  add('shield', [...v.modes.shields, ...v.results.shields, ...v.cues.negation_shields]);
  add('place', v.places.place_suffixes);
  add('organisation', v.places.organisation_suffixes);
  add('problem_shield', v.cues.problem_shields);
  add('stop', v.places.stops);
  add('compound', v.places.compounds);
  add('not_place', v.places.not_places);
  for (const [word, count] of Object.entries(v.people.families)) trie.add(word, { kind: 'family', code: String(count) });
  add('role', v.people.constituents, 'constituent');
  add('role', v.people.members, 'member');
  add('role', v.people.staff, 'staff');
  add('helper', v.people.helpers);
  addCoded('counted_as', v.people.counted_as);
  addCoded('attendance', v.people.attendance);
  add('turn', v.people.turns);
  add('level', v.people.levels);
  add('neighbour', v.people.neighbours);
  for (const [word, days] of Object.entries(v.dates.relative)) trie.add(word, { kind: 'day', code: String(days) });
  add('vague', v.dates.vague);
  for (const name of festivalNames(v)) trie.add(name, { kind: 'festival', code: name });
  add('problem', v.cues.problems);
  add('speech', v.cues.speech);
  add('praise', v.cues.praise);
  addCoded('negation', v.cues.negations);
  add('plan', v.cues.plans);
  add('emergency', v.cues.emergencies);
  add('again', v.cues.again);
  add('not_topic', v.cues.not_topics);
}

function ownTrie(own: OrganisationVocabulary): Trie {
  const trie = new Trie();
  for (const word of own.places ?? []) trie.add(word, { kind: 'gazetteer', code: 'place' });
  for (const word of own.organisations ?? []) trie.add(word, { kind: 'gazetteer', code: 'organisation' });
  for (const word of own.members ?? []) trie.add(word, { kind: 'member_name', code: word });
  for (const [alias, sector] of Object.entries(own.sectors ?? {})) trie.add(alias, { kind: 'sector', code: sector });
  return trie;
}

const sampleWordOf = (words: string): RegExp => new RegExp(`^.{0,12}(?:${words})|(?:${words})[:,。 ]|(?:按|照).{0,4}(?:${words})`);

const nameStarts = ({ people }: Vocabulary): Uint8Array =>
  flagsOf([...Array.from(people.surnames), ...people.compound_surnames, '老', '小', '大']);

/** A label of two fields is the first one's. */
const labelsOf = ({ cues }: Vocabulary): Map<string, string> =>
  new Map(
    flat(cues.labels)
      .toReversed()
      .map(([label, field]) => [label, field]),
  );

const pronoun = /^(?:那个|这个|我们|咱们|你们|他们|我|咱|他|她|该|各|某|全|本|个|些|位|家|条)$/;

const anyOf = (words: readonly string[]): string => `(?:${[...words].sort((a, b) => b.length - a.length).join('|')})`;

const dateWordsOf = (vocabulary: Vocabulary): DateWords => ({
  festivals: createFestivals(vocabulary),
  lunarCalendar: new WordList(vocabulary.dates.lunar_calendar),
  notOfWeek: new Set(vocabulary.dates.not_of_week),
  countedAfter: new WordList(vocabulary.dates.counted_after),
  bare: new Set(vocabulary.places.bare),
});

function actsOf(vocabulary: Vocabulary): Lexicon['acts'] {
  const classes = new Map(
    Object.keys(classesOf).flatMap((file): [string, readonly string[]][] => Object.entries(vocabulary[file as keyof typeof classesOf])),
  );
  const classOf = (name: string): readonly string[] => {
    const phrases = classes.get(name);
    if (!phrases) throw new Error(`no class of words is called ${name}`);
    return phrases;
  };
  return Object.fromEntries(Array.from(classes, ([name, phrases]) => [name, anyPhrase(phrases, classOf)])) as Record<Act, RegExp>;
}

const promiseOf = ({ dates }: Vocabulary): Lexicon['promise'] => ({
  before: new RegExp(anyOf(dates.promise_before)),
  justBefore: new RegExp(`${anyOf(dates.promise_before)}$`),
  after: new RegExp(`^${anyOf(dates.promise_after)}`),
});

type PlaceWords = 'bare' | 'generic' | 'pronouns' | 'trades' | 'spotEndings' | 'noSpots' | 'goesTo' | 'callsOn' | 'anyTopic';

const placeWordsOf = ({ places }: Vocabulary, acts: Lexicon['acts']): Pick<Lexicon, PlaceWords> => ({
  bare: new Set(places.bare),
  generic: new Set(places.generic),
  pronouns: new WordList(places.generic.filter((word) => pronoun.test(word))),
  trades: new RegExp(`${anyOf(places.trades)}$`),
  spotEndings: new RegExp(`[\\u4e00-\\u9fff]${anyOf(places.spot_endings)}$`),
  noSpots: new RegExp(`^${anyOf(places.no_spots)}$`),
  goesTo: new RegExp(acts.goes_to.source, 'g'),
  callsOn: new RegExp(acts.calls_on.source, 'g'),
  anyTopic: new RegExp(`${anyOf(places.any_topic)}$`),
});

export function createLexicon(vocabulary: Vocabulary): Lexicon {
  const trie = new Trie();
  fill(trie, vocabulary);
  const owns = new WeakMap<OrganisationVocabulary, Trie>();
  const ownHits = (text: string, own: OrganisationVocabulary): Hit[] => {
    let known = owns.get(own);
    if (!known) owns.set(own, (known = ownTrie(own)));
    return known.scan(text);
  };
  const { people, dates } = vocabulary;
  const acts = actsOf(vocabulary);
  return {
    vocabulary,
    normalise: createNormaliser(vocabulary),
    dateWords: dateWordsOf(vocabulary),
    contacting: new Set(vocabulary.results.contacting),
    scan: (text, own) => (own ? [...trie.scan(text), ...ownHits(text, own)].sort((a, b) => a.start - b.start) : trie.scan(text)),
    surnames: new WordList([...Array.from(people.surnames), ...people.compound_surnames]),
    modeWords: Object.values(vocabulary.modes.words).flat(),
    sampleWord: sampleWordOf(vocabulary.cues.templates.join('|')),
    mayBeginName: nameStarts(vocabulary),
    kin: new WordList(people.kin),
    subgroups: new Set(people.subgroups),
    officials: new WordList(people.official_titles),
    labels: labelsOf(vocabulary),
    courtesies: new RegExp(anyOf(vocabulary.cues.courtesies)),
    acts,
    besideNames: new RegExp(acts.beside_names, 'g'),
    ...placeWordsOf(vocabulary, acts),
    negation: { openings: new WordList(vocabulary.cues.negation_openings), others: new WordList(vocabulary.cues.negation_others) },
    talkedOf: new RegExp(`${anyOf(dates.talked_of)}$`),
    goesOn: new WordList(dates.goes_on),
    promise: promiseOf(vocabulary),
  };
}
