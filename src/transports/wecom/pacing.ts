import { Pacing } from '../pacing';
import type { WecomOptions } from './options';

/** Beyond these WeCom drops messages without a word: 30 a minute and 1000 an hour per member and app. */
const documented = [
  { name: 'minute', points: 30, duration: 60 },
  { name: 'hour', points: 1_000, duration: 3_600 },
];

/** Replies and pushes of the bot together, per conversation. */
export const chatPacing = ({ redis, prefix, zone, limits }: WecomOptions): Pacing =>
  new Pacing({ redis, prefix: `${prefix}:wecom:chat-pace`, zone, documented, limits, quietMinutes: [0, 30] });

/** Per member and app; the platform asks callers to stay away from the minutes :00 and :30. */
export const wecomPacing = ({ redis, prefix, zone, limits }: WecomOptions): Pacing =>
  new Pacing({ redis, prefix: `${prefix}:wecom:pace`, zone, documented, limits, quietMinutes: [0, 30] });
