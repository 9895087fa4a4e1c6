/** What somebody sends instead of a line, or with one. */
export type SentMedia =
  | { kind: 'picture'; bytes: Buffer }
  /** `recognition`: what the platform has understood; '' for a noise. */
  | { kind: 'audio'; bytes: Buffer; durationMs: number; recognition: string }
  | { kind: 'video'; bytes: Buffer; durationMs: number }
  | { kind: 'file'; bytes: Buffer; fileName: string };
