import { Pacing } from '../pacing';
import type { DingtalkOptions } from './options';

/**
 * 20 calls a second per app and API; half of it, because two windows may meet within one second. The
 * platform asks callers to stay away from the full hour.
 */
const documented = [{ name: 'second', points: 10, duration: 1 }];

export const dingtalkPacing = ({ redis, prefix, zone, limits }: DingtalkOptions): Pacing =>
  new Pacing({ redis, prefix: `${prefix}:dingtalk:pace`, zone, documented, limits, quietMinutes: [0] });
