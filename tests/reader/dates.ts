import { loadVocabulary } from '../../config/load-vocabulary';
import { fromIso, toIso } from '../../src/reader/calendar';
import { scanDates } from '../../src/reader/date-grammar';
import { createLexicon } from '../../src/reader/lexicon';
import { Words } from '../../src/reader/words';

const lexicon = createLexicon(loadVocabulary());

/** Every date of `text` as it would be said in a table: '2026-09-22', '2026-09-01..2026-09-03', 'vague', 'invalid', with part and time; a '!' where the weekday is another. */
export function datesIn(text: string, today: string, direction: 'past' | 'next' = 'past'): string[] {
  const words = new Words(lexicon.scan(text));
  const { dates } = scanDates(text, words, { today: fromIso(today), direction, ...lexicon.dateWords });
  return dates.map(({ kind, from, to, part, time, start, end, contradicted }) => {
    const day = from === undefined || to === undefined ? kind : from === to ? toIso(from) : `${toIso(from)}..${toIso(to)}`;
    const rest = end === text.length && start === 0 ? '' : ` [${text.slice(start, end)}]`;
    return `${kind === 'period' ? 'in ' : ''}${day}${contradicted ? '!' : ''}${part ? ` ${part}` : ''}${time ? ` ${time}` : ''}${rest}`;
  });
}

/** The clock times that belong to no date. */
export function timesIn(text: string): string[] {
  const { times } = scanDates(text, new Words(lexicon.scan(text)), {
    today: fromIso('2026-09-23'),
    direction: 'past',
    ...lexicon.dateWords,
  });
  return times.map(({ part, time, start, end }) => [part, time, `[${text.slice(start, end)}]`].filter(Boolean).join(' '));
}
