/** One line of `doctor`. A note is no fault: it tells what to expect. */
export interface Finding {
  verdict: 'ok' | 'note' | 'wrong';
  what: string;
}

export const ok = (what: string): Finding => ({ verdict: 'ok', what });
export const note = (what: string): Finding => ({ verdict: 'note', what });
export const wrong = (what: string): Finding => ({ verdict: 'wrong', what });
