import type { z } from 'zod';
import { AppError } from '../foundation/errors';

/** One person of the organisation as the platform shows the app. */
interface DirectoryUser {
  userId: string;
  name: string;
  /** Ids of departments. */
  departments: string[];
  /** False when the account is not yet or no longer in use. */
  active: boolean;
}

/** 'unknown': the platform has nobody of that id. 'outside': the person exists, but the app may not see or reach them. */
export type Looked = { kind: 'user'; user: DirectoryUser } | { kind: 'unknown' } | { kind: 'outside' };

/** Who is within the app's visible range. */
export interface VisibleRange {
  /** Members named one by one and members of the departments, each once. */
  userIds: string[];
  departments: { id: string; name: string }[];
  /** The range holds parts that cannot be counted (tags the app may not read). */
  incomplete: boolean;
}

/**
 * What the app may read of the platform's address book. Reading is slow and paced; for checks and imports, never in the way
 * of a message. Throws DirectoryRefused when the platform says no, AppError when it cannot be reached.
 */
export interface Directory {
  user(userId: string): Promise<Looked>;
  visible(): Promise<VisibleRange>;
}

/** The platform's refusal, with its code and its own words: they name the address or the permission that is missing. */
export class DirectoryRefused extends Error {
  constructor(
    readonly code: string,
    readonly words: string,
  ) {
    super(`${code} ${words}`);
    this.name = 'DirectoryRefused';
  }
}

/** An answer in the shape it should have. Throws PLATFORM_UNREACHABLE for any other: a proxy's page, a changed format. */
export function readAs<T>(shape: z.ZodType<T>, answer: unknown, what: string): T {
  const read = shape.safeParse(answer);
  if (!read.success) throw new AppError('PLATFORM_UNREACHABLE', `${what}: unreadable answer`);
  return read.data;
}

/** Runs `work` over all, a few at a time: far below what either platform allows. */
export async function paced<T, R>(all: readonly T[], work: (one: T) => Promise<R>, { atOnce = 4 } = {}): Promise<R[]> {
  const results: R[] = [];
  for (let at = 0; at < all.length; at += atOnce) results.push(...(await Promise.all(all.slice(at, at + atOnce).map(work))));
  return results;
}
