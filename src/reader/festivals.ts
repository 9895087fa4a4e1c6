import { type EpochDay, fromIso } from './calendar';
import type { Vocabulary } from './vocabulary';

interface Festival {
  day: EpochDay;
  /** First and last day off; the day itself when none is published. */
  from: EpochDay;
  to: EpochDay;
}

/** The occurrence of a festival (by any of its names) that a record (`past`) or an announcement (`next`) means; null if unknown. */
export type Festivals = (name: string, today: EpochDay, direction: 'past' | 'next') => Festival | null;

export function createFestivals(vocabulary: Vocabulary): Festivals {
  const known = new Map<string, Festival[]>();
  const add = (name: string, festival: Festival): void => {
    known.set(
      name,
      [...(known.get(name) ?? []), festival].sort((a, b) => a.day - b.day),
    );
  };
  for (const { holidays } of vocabulary.holidays)
    for (const h of holidays) {
      const day = fromIso(h.festival);
      add(h.name, { day, from: h.from ? fromIso(h.from) : day, to: h.to ? fromIso(h.to) : day });
    }
  const daysOff = new Map<EpochDay, Festival>();
  for (const f of [...known.values()].flat()) if (f.to > f.from && !daysOff.has(f.day)) daysOff.set(f.day, f);
  const dated = (name: string, monthDay: string, year: number): Festival => {
    const day = fromIso(`${year}-${monthDay}`);
    return daysOff.get(day) ?? { day, from: day, to: day };
  };

  return (name, today, direction) => {
    const target = vocabulary.dates.festivals[name];
    const fixed = target !== undefined && /^\d/.test(target);
    const year = new Date(today * 86_400_000).getUTCFullYear();
    const all = fixed ? [year - 1, year, year + 1].map((y) => dated(name, target, y)) : (known.get(target ?? name) ?? []);
    const past = all.filter((f) => f.day <= today).at(-1);
    return (direction === 'past' ? past : (all.find((f) => f.to >= today) ?? past)) ?? null;
  };
}

/** All names by which festivals are known. */
export function festivalNames(vocabulary: Vocabulary): string[] {
  const dated = vocabulary.holidays.flatMap((year) => year.holidays.map((h) => h.name));
  return [...new Set([...Object.keys(vocabulary.dates.festivals), ...dated])];
}
