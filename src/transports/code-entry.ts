/** What an error code of a platform makes us do. 'hold': nothing was done, and nothing will be until the operator has mended it. */
type CodeReaction = 'retry' | 'refresh_token' | 'slow_down' | 'hold' | 'park' | 'alert';

/** One row of a platform's error table. */
export interface CodeEntry {
  reaction: CodeReaction;
  /** What the operator should look at. */
  advice: string;
  /** Pause before the next try, for slow_down and retry. */
  waitMs?: number;
}
