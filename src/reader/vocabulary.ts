import { z } from 'zod';
import type { HolidayYear } from '../foundation/working-days';
import { classesOf } from './act-names';

const words = z.array(z.string().min(1));

/** Phrases as they are written (phrases.ts): a list, or one text with a stroke between them. */
const phrases = z.union([words, z.string().transform((text) => text.split(' / '))]);

const classes = <F extends keyof typeof classesOf>(file: F) => z.record(z.enum(classesOf[file]), phrases);

const byCode = z.record(z.string(), words);

/**
 * Everything the reader knows about words, as config/vocabulary/*.yaml holds it (one key per file).
 * An organisation's own words come with the context of each line (reading.ts, OrganisationVocabulary).
 */
export const vocabularySchema = z.strictObject({
  modes: z.strictObject({ words: byCode, hints: byCode, online_markers: words, online_overrides: words, shields: words }),
  services: z.strictObject({ words: byCode, by_mode: byCode }),
  topics: byCode,
  results: z.strictObject({ words: byCode, shields: words, contacting: words }),
  places: z.strictObject({
    place_suffixes: words,
    organisation_suffixes: words,
    bare: words,
    generic: words,
    not_places: words,
    any_topic: words,
    stops: words,
    compounds: words,
    trades: words,
    spot_endings: words,
    no_spots: words,
  }),
  people: z.strictObject({
    measures: z.strictObject({ person: words, household: words, any: words, unit: words }),
    families: z.record(z.string(), z.number().int()),
    constituents: words,
    members: words,
    staff: words,
    helpers: words,
    counted_as: z.strictObject({ constituent: words, staff: words }),
    subgroups: words,
    attendance: z.strictObject({ came: words, expected: words, absent: words }),
    turns: words,
    levels: words,
    helper_verbs: words,
    kin: words,
    official_titles: words,
    surnames: z.string(),
    compound_surnames: words,
    neighbours: words,
  }),
  dates: z.strictObject({
    relative: z.record(z.string(), z.number().int()),
    vague: words,
    parts: z.strictObject({ morning: words, afternoon: words, evening: words }),
    festivals: z.record(z.string(), z.string()),
    promise_before: words,
    lunar_calendar: words,
    counted_after: words,
    not_of_week: words,
    talked_of: words,
    goes_on: words,
    promise_after: words,
  }),
  cues: z.strictObject({
    mentions: words,
    fillers: words,
    courtesies: words,
    labels: byCode,
    problems: words,
    problem_shields: words,
    speech: words,
    praise: words,
    negations: z.strictObject({ speaker: words, absent: words, off: words }),
    negation_shields: words,
    negation_openings: words,
    negation_others: words,
    plans: words,
    emergencies: words,
    templates: words,
    forwarded: words,
    sectors: words,
    again: words,
    not_topics: words,
  }),
  acts: classes('acts'),
  'said-of-activities': classes('said-of-activities'),
  'said-of-demands': classes('said-of-demands'),
  'said-of-records': classes('said-of-records'),
  'said-of-progress': classes('said-of-progress'),
  'said-of-opinions': classes('said-of-opinions'),
  'said-of-use': classes('said-of-use'),
  'said-of-places': classes('said-of-places'),
  'said-of-people': classes('said-of-people'),
  'said-of-telling': classes('said-of-telling'),
  'said-of-questions': classes('said-of-questions'),
  characters: z.strictObject({
    traditional: z.string(),
    simplified: z.string(),
    misspelt: z.record(z.string(), z.string()),
    emoji: z.record(z.string(), z.string()),
  }),
});

export type Vocabulary = z.infer<typeof vocabularySchema> & { holidays: HolidayYear[] };
