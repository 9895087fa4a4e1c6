/** What an error code of a platform makes us do. */
type CodeReaction = 'retry' | 'refresh_token' | 'slow_down' | 'park' | 'alert';

/** One row of a platform's error table. */
export interface CodeEntry {
  reaction: CodeReaction;
  /** What the operator should look at. */
  advice: string;
  /** Pause before the next try, for slow_down and retry. */
  waitMs?: number;
}
