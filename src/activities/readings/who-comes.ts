import { type Asked, datesOf, dayOf } from '../../reader/asked';
import { means, readOut, saysIn } from '../../reader/means';
import { membersIn } from '../../reader/members';
import { activityOf } from './named-activity';
import { quotedDay } from './quoted-activity';

/** What sign-up, withdrawal and leave have in common: who, and of which activity. */
export interface WhoComes {
  activity: string | null;
  activity_date: string | null;
  /** The sender is among them. */
  self: boolean;
  /** Other members. */
  names: string[];
  /** Members of whom the same line says that they stay away (周岚请假，许知夏参加). */
  leaving?: string[];
  missing: 'activity'[];
}

/** `comes`: a sign-up; otherwise 我不去了 is about the sender too. */
export function whoComes(asked: Asked, comes: boolean): WhoComes {
  const activity = activityOf(asked);
  const leaving = comes ? stayingAway(asked) : [];
  const names = namesSaid(asked).filter((name) => !leaving.includes(name));
  const together = names.some((name) => isTogether(asked, name));
  const others = names.length > 0 ? !together : means(asked, 'for_other_people');
  const away = means(asked, 'i_stay_away');
  const day = datesOf(asked).find((d) => (d.kind === 'day' || d.kind === 'range') && !isAnswerDay(asked, d));
  return {
    activity,
    activity_date: dayOf(day) ?? quotedDay(asked),
    self: !others || (comes ? means(asked, 'i_too') && !away : means(asked, 'i_too') || away),
    names,
    ...(leaving.length > 0 && { leaving }),
    missing: activity === null ? ['activity'] : [],
  };
}

const noName = /^(?:我|你|他|她|大家|别人|孩子|家里|老[婆公伴]|爱人|同事|朋友|领导|单位|委员)/;

/** Members in the line, and whoever is put down by a name that nobody has yet: 给田小禾报上, 周岚 田小禾 两位委员. */
function namesSaid(asked: Asked): string[] {
  const { body, document } = asked;
  const list = readOut(body, document, 'names_so_many');
  const pieces = list?.split(/[ 、,和及]+/) ?? [];
  const known = membersIn(asked);
  if (pieces.length > 1 && pieces.some((piece) => known.includes(piece))) return pieces;
  const put = readOut(body, document, 'put_down_for')?.replace(/委员$/, '');
  const stranger = put && !noName.test(put) && known.every((name) => !put.includes(name)) && document.lexicon.surnames.has(put[0] ?? '');
  return stranger ? [...known, put] : known;
}

/** 和周岚, 周岚一起: the sender comes too. */
function isTogether({ body, document }: Asked, name: string): boolean {
  for (let at = body.indexOf(name); at >= 0; at = body.indexOf(name, at + 1)) {
    if (/(?:我|^|[\s,。])[和跟与同带]$/.test(body.slice(Math.max(0, at - 2), at))) return true;
    if (saysIn(body.slice(at + name.length), document, 'goes_together')) return true;
  }
  return false;
}

/** 明天定: when the member will know, not when the activity is. */
const isAnswerDay = ({ document }: Asked, { end }: { end: number }): boolean =>
  saysIn(document.text.slice(end, end + 5), document, 'tells_later');

/** 周岚请假，许知夏参加: whoever a clause of its own says will not come. */
function stayingAway(asked: Asked): string[] {
  const away: string[] = [];
  let at = asked.section.start;
  for (const clause of asked.body.split(/(?<=[,。;\n])/)) {
    const section = { start: at, end: at + clause.length };
    at = section.end;
    if (saysIn(clause, asked.document, 'somebody_away') && !saysIn(clause, asked.document, 'somebody_comes'))
      away.push(...membersIn({ ...asked, section, body: clause }));
  }
  return away;
}
