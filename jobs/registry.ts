import { validate } from 'node-cron';
import { AppError } from '../src/foundation/errors';
import type { JobDefinition, JobPayload } from '../src/foundation/job';

/** A job with its dependencies already handed in. */
export interface ReadyJob {
  definition: Pick<JobDefinition, 'name' | 'schedule' | 'attempts'>;
  uniqueId(payload: JobPayload): string;
  /** Checks the payload, then works. */
  run(payload: unknown): Promise<void>;
}

export function ready<Deps>(definition: JobDefinition<Deps>, deps: Deps): ReadyJob {
  const work = definition.handler(deps);
  return {
    definition,
    uniqueId: (payload) => definition.uniqueId(payload),
    run: async (payload) => work(definition.payload.parse(payload)),
  };
}

const personal = /name|phone|text|mobile|address/i;

/** Refuses to start on two jobs of one name, a wrong schedule, a tick at :00 or :30, an unusable id, or personal data in a payload. */
export function checkJobs(jobs: readonly ReadyJob[]): Map<string, ReadyJob> {
  const byName = new Map<string, ReadyJob>();
  for (const job of jobs) {
    const { name, schedule } = job.definition;
    const fault = faultOf(job, byName);
    if (fault) throw new AppError('SETTINGS_WRONG', `job ${name}${schedule ? ` (${schedule})` : ''}: ${fault}`);
    byName.set(name, job);
  }
  return byName;
}

function faultOf(job: ReadyJob, earlier: ReadonlyMap<string, ReadyJob>): string | null {
  const { name, schedule } = job.definition;
  if (earlier.has(name)) return 'the name is used twice';
  if (schedule && !validate(schedule)) return 'the schedule is not a cron expression';
  if (schedule && /^(0|30|\*)(,| )/.test(schedule)) return 'it would tick at :00 or :30';
  if (/:/.test(job.uniqueId({ body: 'b', occasion: 'o' }))) return 'its id contains a colon, which BullMQ refuses';
  if (personal.test(job.uniqueId({ body: 'b', occasion: 'o' }).replace(name, ''))) return 'its id names personal data';
  return null;
}
