import type { Asked } from './asked';
import { means } from './means';
import { membersIn } from './members';
import { readPeriod } from './periods';
import { sectorIn } from './sectors';

export type Scope = 'self' | 'member' | 'sector' | 'org';

/** Whose: the sender's own, one member's, a sector's, everybody's; the subject is named for a member or a sector. */
export interface Whom {
  scope: Scope;
  subject: string | null;
}

/** Whose figures or records a question is about. */
export function whomOf(asked: Asked): Whom {
  const sector = sectorIn(asked);
  if (sector) return { scope: 'sector', subject: sector.name };
  const names = membersIn(asked);
  if (names[0]) return { scope: 'member', subject: names[0] };
  if (means(asked, 'own_sector')) return { scope: 'sector', subject: null };
  if (means(asked, 'i_met')) return { scope: 'self', subject: null };
  if (means(asked, 'whole_body') || means(asked, 'who_of_all')) return { scope: 'org', subject: null };
  return { scope: 'self', subject: null };
}

/** The period asked about: '2026', '2026-Q3', '2026-09'; null when none is said. */
export function periodOf(asked: Asked): string | null {
  const { today } = asked.document;
  for (let at = asked.section.start; at < asked.section.end; at++) {
    const before = asked.document.text[at - 1] ?? '';
    if (/[\d一二三四第]/.test(before)) continue;
    const period = readPeriod(asked.document.text, at, today, 'past');
    if (period?.label) return period.label;
  }
  return null;
}
