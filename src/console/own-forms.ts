import type { Context } from 'koa';
import rawBody from 'raw-body';
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

const largestFile = 5 * 1024 * 1024;
/** What stands around a file in a form that holds nothing else. */
const around = 4 * 1024;

/** The file of a posted form, or why there is none. Its name is not read: nobody needs it. */
export async function fileOf(ctx: Context): Promise<Uint8Array | 'none' | 'too_big'> {
  let bytes: Buffer;
  try {
    bytes = await rawBody(ctx.req, { limit: largestFile + around, length: ctx.req.headers['content-length'] ?? null });
  } catch (error) {
    return (error as { type?: unknown }).type === 'entity.too.large' ? 'too_big' : 'none';
  }
  try {
    const form = await new Response(Uint8Array.from(bytes), { headers: { 'content-type': ctx.get('content-type') } }).formData();
    const file = form.get('file');
    return file === null || typeof file === 'string' || file.size === 0 ? 'none' : new Uint8Array(await file.arrayBuffer());
  } catch {
    // Not a form with a file, or broken off: there is nothing to take.
    return 'none';
  }
}
