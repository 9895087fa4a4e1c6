/** How far this machine's clock is from others', by name; positive when ours is ahead. What others say is heard as it comes. */
const skews = new Map<string, number>();

/** Somebody says what time it is. `sentAt`: ours when the question went out; the answer was written between then and now. */
export function heardTime(who: string, theirs: number, sentAt: number, now = Date.now()): void {
  if (Number.isNaN(theirs)) return;
  const off = sentAt - theirs > 0 ? sentAt - theirs : Math.min(0, now - theirs);
  skews.set(who, off);
}

/** Everybody from whom we differ by more than `mostMs`. */
export const clocksApart = (mostMs: number): { who: string; byMs: number }[] =>
  [...skews].filter(([, byMs]) => Math.abs(byMs) > mostMs).map(([who, byMs]) => ({ who, byMs }));

/** For a test, and for whoever has set the clock right: nobody has said anything yet. */
export const forgetClocks = (): void => skews.clear();
