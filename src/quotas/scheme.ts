import { z } from 'zod';
import { modeLabels } from '../chat/labels';
import { type MeasureName, measures } from '../measures';
import type { ContactMode } from '../reader/contact-mode';

const name = z.string().regex(/^[a-z0-9-]{1,32}$/);
/** Within working hours (C08): nobody is written to before nine or after six. */
const time = z.string().regex(/^(09|1[0-7]):[0-5]\d$|^18:00$/, 'a time from 09:00 to 18:00');
const said = z.string().trim().min(1).max(300);
const mode = z.enum(Object.keys(modeLabels) as [ContactMode, ...ContactMode[]]);

/** One organisation's scheme, as config/schemes/*.yaml writes it. A wrong file refuses to load and names the key. */
export const schemeFile = z.strictObject({
  id: name,
  title: z.string().min(1).max(100),
  policies: z
    .array(
      z.strictObject({
        id: name,
        title: z.string().min(1).max(50),
        subject: z.literal('member'),
        /** Advisory policies are shown, never reminded of (C12). */
        advisory: z.boolean(),
        rules: z
          .array(
            z.strictObject({
              metric: z.enum(Object.keys(measures) as [MeasureName, ...MeasureName[]]),
              every: z.enum(['quarter', 'half_year', 'year']),
              min: z.int().min(1).max(100_000),
              exceptModes: z.array(mode).optional(),
            }),
          )
          .min(1),
      }),
    )
    .min(1),
  /** The body's rules in plain words, under four headings, with where they stand. */
  sheet: z.strictObject({ source: said, object: said, way: said, content: said, guarantee: said }).optional(),
  reminders: z
    .strictObject({
      daysBeforeQuarterEnd: z.array(z.int().min(1).max(90)),
      lateDays: z.int().min(0).max(45),
      gapDays: z.int().min(14),
      perQuarter: z.int().min(0).max(2),
      from: time,
      to: time,
    })
    .refine(({ from, to }) => from < to, { path: ['to'], error: 'must be later than from' }),
});

export type Scheme = z.infer<typeof schemeFile>;
export type ReminderSettings = Scheme['reminders'];
