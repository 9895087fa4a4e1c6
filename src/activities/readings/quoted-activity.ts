import { civil, dayNumber, toIso } from '../../reader/calendar';
import type { Document } from '../../reader/document';
import { readOut, saysIn } from '../../reader/means';
import { numberedIn } from '../../reader/numbered';

/** What the quoted message calls the activity it speaks of; null when it speaks of none. */
export function quotedActivity({ document }: { document: Document }): string | null {
  const quoted = document.context.quoted ?? '';
  if (!saysIn(quoted, document, 'of_an_activity')) return null;
  const title = readOut(quoted, document, 'in_quotes');
  if (title && !saysIn(title, document, 'quoted_filler')) return title;
  const pieces = quoted
    .split(/[\s,，。:：;；|｜()（）【】[\]]+/)
    .filter((piece) => /[\u4e00-\u9fff]{2}/.test(piece) && !saysIn(piece, document, 'quoted_filler') && !/^[\d年月日号周]/.test(piece));
  return pieces.find((piece) => saysIn(piece, document, 'activity_kind')) ?? null;
}

/** The day the quoted message gives for an activity that it does not number, of the year that is nearest. */
export function quotedDay({ document }: { document: Document }): string | null {
  const quoted = document.context.quoted ?? '';
  if (!saysIn(quoted, document, 'of_an_activity')) return null;
  if (numberedIn(quoted, 'A-Z').length > 0) return null;
  const said = quotedDate.exec(quoted);
  if (!said) return null;
  const { year } = civil(document.today);
  const days = (said[1] ? [Number(said[1])] : [year, year + 1]).map((y) => dayNumber(y, Number(said[2]), Number(said[3])));
  const day = days.find((each) => each !== null && each >= document.today - stillSpokenOf) ?? days[0] ?? null;
  return day === null ? null : toIso(day);
}

/** Not the last day for signing up. */
const quotedDate = /(?<!(?:截止|截至|报名)[^,，。]{0,6})(?:(\d{4})年)?(?<!\d)(\d{1,2})月(\d{1,2})[日号](?!\S{0,6}(?:截止|前))/;

/** In days: an activity of last month is still spoken of. */
const stillSpokenOf = 31;
