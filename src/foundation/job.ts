import { z } from 'zod';

/** A job's whole definition; jobs/registry.ts refuses to start on two of one name or a wrong schedule. Payloads carry ids only. */
export interface JobDefinition<Deps = unknown, Payload extends JobPayload = JobPayload> {
  name: string;
  /** Cron expression in organisation time; absent: rung only. Never at :00 or :30. */
  schedule?: string;
  payload: z.ZodType<Payload>;
  /** Equal ids within a day are one job; without ':' (BullMQ). */
  uniqueId(payload: Payload): string;
  attempts: number;
  handler(deps: Deps): (payload: Payload) => Promise<void>;
}

export interface JobPayload {
  body: string;
  /** What this run is for: the tick's local time, e.g. '2026-11-23T09-07', or 'start'. */
  occasion: string;
}

/** What almost every job carries. */
export const jobPayload = z.strictObject({ body: z.string().max(64), occasion: z.string().max(64) }) satisfies z.ZodType<JobPayload>;
