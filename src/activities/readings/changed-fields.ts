import type { Asked } from '../../reader/asked';
import { within } from '../../reader/document';
import { leaving, means, readOut, saysIn } from '../../reader/means';
import { spotsIn } from '../../reader/where';

export interface ChangedFields {
  /** null: no limit any more. */
  capacity?: number | null;
  /** 再加10个. */
  capacity_by?: number;
  place?: string;
  title?: string;
}

const seatsWord = '(?:名额|人数|限额|上限|席位|座位|位子)';
/** 报名加到15人. */
const signUpTo = '报名(?:增?加|扩大?|减少?|缩减?|放宽)到';

/** 名额加到10个, 再加5个名额, 不限名额. */
export function changedSeats(asked: Asked): Pick<ChangedFields, 'capacity' | 'capacity_by'> {
  const { document, section, body } = asked;
  if (means({ body, document }, 'no_limit')) return { capacity: null };
  if (!new RegExp(`${seatsWord}|限\\d+人|[加减放]\\d+[个人位]|${signUpTo}\\d`).test(body)) return {};
  const { text } = document;
  for (const q of document.quantities.filter((each) => within(each, section))) {
    const before = text.slice(Math.max(section.start, q.start - 10), q.start);
    const about = new RegExp(`${seatsWord}(?:[^,。;\\d]{0,4}(?:错了?|不对),)?[^,。;\\d]{0,8}$|限(?:报|额)?$|${signUpTo}$`).test(before);
    const after = new RegExp(`^(?:个|位|人)?(?:的)?${seatsWord}`).test(text.slice(q.end, q.end + 5));
    if (saysIn(before, document, 'becomes') && (about || after)) return { capacity: q.value };
    if (saysIn(before, document, 'more_seats')) return { capacity_by: q.value };
    if (saysIn(before, document, 'fewer_seats')) return { capacity_by: -q.value };
    if (about || after) return { capacity: q.value };
  }
  return {};
}

const placeWord = '(?:集合地点|地点|地方|地址|场地|会场)';
const verb =
  '(?:也|要|得)?(?:写错了?|错了?|不对)?[,，:： ]*(?:应该|现在|要)?(?:改|换|变更?|调整?|挪|移|定|更正)?(?:到|成|为|在|是|去|至)?了?[:： ]*';
const labelled = new RegExp(`${placeWord}${verb}([^\\s,，。;]{2,24})`);
const movedThere = /(?:改|换|挪|移|调整?)(?:到|在|去|成)([^\s,，。;\d]{2,24}?)(?:举行|举办|召开|开展|开|办|进行|集合)?了?(?=$|[\s,，。;])/;

/** 地点换成文化馆, 改在市图书馆举行. */
export function changedPlace(asked: Asked): Pick<ChangedFields, 'place'> {
  const body = asked.body.replace(asked.document.lexicon.acts.reason_told, '');
  const said = labelled.exec(body)?.[1];
  const name = said && leaving(said, asked.document, 'place_edges', '');
  if (name && name.length > 1 && !saysIn(name, asked.document, 'not_a_place')) return { place: name };
  const there = movedThere.exec(body);
  if (!there) return {};
  const start = asked.section.start + there.index;
  const spot = spotsIn(asked.document, asked.section).find((s) => s.start >= start && s.end <= start + there[0].length);
  const word = spot?.name ?? there[1] ?? '';
  return spot || saysIn(word, asked.document, 'hall_end') ? { place: word } : {};
}

/** 名称改为重阳送温暖, 改名叫…. */
export function changedTitle({ body, document }: Asked): Pick<ChangedFields, 'title'> {
  const name = readOut(body, document, 'new_title');
  return name ? { title: name } : {};
}
