import { type Asked, idOf, keywordOf } from '../../reader/asked';
import { readOut, saysIn } from '../../reader/means';
import { spotsIn } from '../../reader/where';
import { quotedActivity } from './quoted-activity';

/** The activity by its id, else by the words that name it; null if nothing does. */
export function activityOf(asked: Asked): string | null {
  // With its command any letter names an activity.
  const id = idOf(asked, asked.command === '' ? 'ABD-LN-QS-Z' : 'A-Z', true);
  if (id) return id;
  const bare = bareNumber.exec(asked.body)?.[1];
  if (bare !== undefined && (steps.test(asked.command) || (!asked.commanded && steps.test(asked.body)))) return `A${bare}`;
  const title = readOut(asked.body, asked.document, 'in_quotes');
  if (title) return title;
  const said = keywordOf(asked, asked.document.lexicon.acts.activity_kind);
  const quoted = quotedActivity(asked);
  // A line that quotes an answer is about its activity, whatever else sounds like one.
  if (said && (quoted === null || asked.document.context.quoted?.includes(said))) return said;
  return quoted ?? activityAt(asked) ?? sectorActivity(asked);
}

/** /报名 23, 请假 23: a number that counts nothing and is no day. */
const bareNumber = /^ *(?:(?:报名|请假|取消报名|退报名?) ?)?(\d{2,4})(?=$|[ ,。!])/;
const steps = /^ *(?:活动$|huodong$)|^ *(?:我要|活动)?(?:报名|请假|取消报名|退报|参加|不参加|baoming|bm|qingjia)/;

/** 养老院那个活动: called by where it is. */
const activityAt = ({ document, section }: Asked): string | null =>
  spotsIn(document, section).find(({ end }) => saysIn(document.text.slice(end, end + 6), document, 'that_activity'))?.name ?? null;

/** 界别活动 is a name where nothing better is said. */
const sectorActivity = (asked: Asked): string | null => (asked.body.includes('界别活动') ? '界别活动' : null);
