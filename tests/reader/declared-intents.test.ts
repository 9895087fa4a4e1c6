import { describe, expect, it, test } from '@jest/globals';
import { loadVocabulary } from '../../config/load-vocabulary';
import { signUp } from '../../src/activities/readings';
import { help } from '../../src/chat/readings';
import { createReader } from '../../src/reader';
import { intent } from '../../src/reader/intent';
import type { Reading } from '../../src/reader/reading';
import { intents } from '../../src/readings';

const vocabulary = loadVocabulary();
const today = '2026-09-23';

interface VenueReading extends Reading {
  intent: 'venue_query';
  venue: string;
}

const venueQuery = intent<VenueReading>('venue_query', {
  words: ['工作室', '查工作室'],
  read: ({ body }) => ({ intent: 'venue_query', venue: body }),
});

describe('what a feature declares', () => {
  const reader = createReader(vocabulary, [...intents, venueQuery]);

  it('is read behind its word, the longest of all features’ words first', () => {
    expect(reader.read('/工作室 金穗街道', { today })).toEqual({ intent: 'venue_query', venue: '金穗街道' });
    expect(reader.read('／查工作室', { today })).toEqual({ intent: 'venue_query', venue: '' });
    expect(reader.read('/查记录 昨天', { today }).intent).toBe('record_query');
  });

  it('is heard behind a word that sounds like its own', () =>
    expect(reader.read('/工做室 金穗街道', { today })).toMatchObject({ intent: 'venue_query' }));

  it('is unknown to a reader that was not given it', () =>
    expect(createReader(vocabulary, intents).read('/工作室 金穗街道', { today }).intent).not.toBe('venue_query'));

  it('narrows a reading without a cast', () => {
    const reading: Reading = reader.read('/工作室 金穗街道', { today });
    expect(venueQuery.is(reading) && reading.venue).toBe('金穗街道');
    expect(signUp.is(reading)).toBe(false);
  });
});

test('a line that was not meant after all is none, with the reason', () => {
  const declared = intent<VenueReading>('venue_query', {
    words: ['工作室'],
    read: ({ body }) => ({ intent: 'venue_query', venue: body }),
    notMeant: (_, { venue }) => (venue === '' ? 'unclear' : null),
  });
  const reader = createReader(vocabulary, [...intents, declared]);
  expect(reader.read('/工作室', { today })).toEqual({ intent: 'none', reason: 'unclear' });
  expect(reader.read('/工作室 金穗街道', { today }).intent).toBe('venue_query');
});

test('what looks back reads 11月20日 as past, what does not as to come', () => {
  const dated = (looksBack: boolean) =>
    intent<VenueReading>('venue_query', {
      words: ['工作室'],
      looksBack,
      read: ({ document: { dates } }) => ({ intent: 'venue_query', venue: `${dates[0]?.from}` }),
    });
  const dayRead = (looksBack: boolean) => createReader(vocabulary, [...intents, dated(looksBack)]).read('/工作室 11月20日', { today });
  expect(dayRead(true)).not.toEqual(dayRead(false));
});

describe('a reader is refused', () => {
  const making = (declared: typeof intents) => () => createReader(vocabulary, declared);

  it('when two features declare one intent', () => expect(making([...intents, help])).toThrow('the intent help is declared twice'));

  it('when two intents claim one command word', () => {
    const other = intent<VenueReading>('venue_query', { words: ['报名'], read: ({ body }) => ({ intent: 'venue_query', venue: body }) });
    expect(making([...intents, other])).toThrow('the command word 报名 is claimed by signup and venue_query');
  });

  it.each(['signup', 'update_case', 'unbind_group', 'help'])('when a rule recognises %s and nobody declares it', (name) =>
    expect(making(intents.filter((each) => each.name !== name))).toThrow(`a rule recognises ${name}, which no feature declares`),
  );
});
