import { z } from 'zod';
import type { Question } from '../chat/question';

const draft = z.strictObject({
  title: z.string().nullable(),
  start: z.string().nullable(),
  place: z.string().nullable(),
  capacity: z.number().nullable(),
  deadline: z.string().nullable(),
  sector: z.string().nullable(),
  hosts: z.array(z.string()),
  /** As they are called; a host need not be a sector. */
  hostNames: z.array(z.string()),
  series: z.string().nullable(),
  saidWeekday: z.number().nullable(),
});
export const kept = z.strictObject({
  draft,
  doubts: z.array(z.enum(['weekday', 'next_year', 'series', 'title', 'meant'])),
  /** How often has been asked. */
  turn: z.number(),
});

/** An activity as far as it was understood; nothing of it is announced yet. */
export type ActivityDraft = z.infer<typeof draft>;
export type Kept = z.infer<typeof kept>;
export type Opening = Question<Kept>;
