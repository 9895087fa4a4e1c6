/** Who stands behind a code. 'stranger': somebody, but nobody of this organisation. 'refused': the code is used, old or made up. */
export type SignedIn =
  | { kind: 'user'; userId: string }
  | { kind: 'stranger' }
  | { kind: 'refused'; code: string }
  | { kind: 'unavailable'; code: string };

/** Signing in to the console with a platform's account. */
export interface SignInWay {
  /**
   * Where the browser is sent to. `state` comes back unchanged: letters and digits, at most 128. `callback` must stand in the
   * platform's console. `inside`: the browser is the platform's own client, which knows who sits before it.
   */
  authorizeAt(asked: { state: string; callback: string; inside: boolean }): string;
  /** Asks the platform once; a code is good for one answer. Never throws for what the platform says. */
  userBehind(code: string): Promise<SignedIn>;
  /** Where the client hands a page its code by a script instead of by a redirect (DingTalk's 免登). */
  byScript?: {
    /** The platform's own script, and what it wants to know. */
    script: string;
    corpId: string;
    clientId: string;
    userBehind(code: string): Promise<SignedIn>;
  };
}

/** As long as any platform makes a code. */
export const longestCode = 512;
