import type { Reply } from './command';
import { commonTexts as texts } from './texts';

/** Of a button's sentence; longer lines are asked about in words alone. */
const longestSaid = 60;

/** Two things may be meant: which one is asked, each with the line that would say it. `words`: their command words. */
export function whichMeant(words: readonly [string, string], line: string): Reply {
  const said = line.replace(/^[/／]\s*/, '').trim();
  const lines = words.map((word) => `/${word} ${said}`);
  const text = texts.whichMeant(words);
  if (lines.some((each) => each.length > longestSaid)) return { text };
  return { text, card: { title: texts.whichTitle, buttons: words.map((label, at) => ({ label, says: lines[at] ?? '' })) } };
}
