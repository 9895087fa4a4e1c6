import type { Context } from 'koa';
import { AppError } from '../foundation/errors';
import { fitToKeep, type KeptText } from '../foundation/kept-text';
import { readBody } from '../transports/body';

const longestField = 4_000;

/** A form of ours, not one of another site's: browsers name the origin of what they post. */
export function isOurs(ctx: Context, publicUrl: string): boolean {
  const origin = ctx.get('origin');
  return origin === '' || origin === 'null' ? ctx.get('sec-fetch-site') !== 'cross-site' : origin === new URL(publicUrl).origin;
}

/** The fields of a posted form, the first of each name, cut to 4,000 characters; none of a body that is too long. */
export async function fieldsOf(ctx: Context): Promise<Record<string, string>> {
  const form = new URLSearchParams(await bodyOf(ctx));
  return Object.fromEntries([...new Set(form.keys())].map((name) => [name, (form.get(name) ?? '').slice(0, longestField)]));
}

/** What people wrote into a form, as it may be kept; null: a field bears a mark of secrecy. */
export async function keptFieldsOf(ctx: Context): Promise<Record<string, KeptText> | null> {
  const fields: Record<string, KeptText> = {};
  for (const [name, typed] of Object.entries(await fieldsOf(ctx))) {
    const kept = fitToKeep(typed);
    if (kept === null) return null;
    fields[name] = kept;
  }
  return fields;
}

async function bodyOf(ctx: Context): Promise<string> {
  try {
    return await readBody(ctx);
  } catch (error) {
    if (error instanceof AppError) return '';
    throw error;
  }
}
