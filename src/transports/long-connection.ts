/** A connection that a transport keeps open to its platform while the process works. */
export interface LongConnection {
  /** Begins to connect, and to come back after every end. */
  start(): void;
  /** Answers what has come in, then closes. */
  stop(): Promise<void>;
  /** Whether messages can come in over this process now. */
  readonly live: boolean;
}
