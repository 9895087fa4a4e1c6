import type { Asked } from './asked';
import { membersIn } from './members';
import { readPeriod } from './periods';
import { sectorIn } from './sectors';

export type Scope = 'self' | 'member' | 'sector' | 'org';

/** Whose: the sender's own, one member's, a sector's, everybody's; the subject is named for a member or a sector. */
export interface Whom {
  scope: Scope;
  subject: string | null;
}

const everybody =
  /全会|全体|全市|全县|全区|所有委员|各界别|全委|整个政协|全部委员|各位委员|大家|委员们|全政协|全员|所有界别|各委员|全群|哪(?:[些几]个?|个)界别|[没未]完成的/;

/** 我今年都联系了谁: whom the speaker has met, not who of all. */
export const iMet =
  /我(?!们)[^,。]{0,10}(?:联系|见|走访|看望?|拜访|找|访|慰问|座谈|谈心|接待|服务|帮)[了过]?[^,。]{0,4}(?:谁|哪[些几]?(?:人|位|个|家|户))/;

/** Whose figures or records a question is about. */
export function whomOf(asked: Asked): Whom {
  const sector = sectorIn(asked);
  if (sector) return { scope: 'sector', subject: sector.name };
  const names = membersIn(asked);
  if (names[0]) return { scope: 'member', subject: names[0] };
  if (
    /(?:我们|咱们?|本|俺们?|我们这个)界别?(?!限|定|面)|(?:我们|咱们?|俺们?|本)(?:小|活动)?组(?![织建成])|活动组|(?<!各)界别里/.test(
      asked.body,
    )
  )
    return { scope: 'sector', subject: null };
  if (iMet.test(asked.body)) return { scope: 'self', subject: null };
  if (everybody.test(asked.body) || /谁|哪些人|哪几位|哪些委员|哪位/.test(asked.body)) return { scope: 'org', subject: null };
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
