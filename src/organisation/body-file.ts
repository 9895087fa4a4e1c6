import { z } from 'zod';
import type { CppccBody } from './member';

const short = z.string().trim().min(1).max(64);
const zone = short.refine((name) => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}, '不是时区名，应写成 Asia/Shanghai');

const sectors = z
  .array(
    z.strictObject({
      code: z.string().regex(/^[a-z0-9_]{2,32}$/, '应为小写字母、数字和下划线'),
      name: short,
      aliases: z.array(short).default([]),
      seats: z.int().min(0).default(0),
    }),
  )
  .min(1)
  .superRefine((all, context) => {
    const words = all.flatMap(({ code, name, aliases }) => [...new Set([code, name, ...aliases])]);
    const twice = words.find((word, at) => words.indexOf(word) !== at);
    if (twice) context.addIssue(`“${twice}”写在了两个界别里`);
  });

/** The organisation as its office writes it down (YAML or JSON, already parsed). `schemes`: the names of the schemes there are. */
export const bodyFile = (schemes: readonly string[]): z.ZodType<CppccBody> =>
  z.strictObject({
    id: z.string().regex(/^[a-z0-9-]{2,32}$/, '应为小写字母、数字和连字符'),
    name: short,
    zone,
    scheme: z.string().refine((name) => schemes.includes(name), `不是已有的考核办法，可以写：${schemes.join('、')}`),
    mentions: z.array(short).min(1),
    sectors,
    places: z.array(short).default([]),
    organisations: z.array(short).default([]),
  });
