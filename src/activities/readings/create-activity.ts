import { type Asked, bodyWithout } from '../../reader/asked';
import { overlap, type Section } from '../../reader/document';
import { intent } from '../../reader/intent';
import { saysIn } from '../../reader/means';
import type { Reading } from '../../reader/reading';
import { spotsIn, whereOf } from '../../reader/where';
import { type Hosts, hostsIn } from './activity-hosts';
import { capacityOf } from './activity-seats';
import { titleOf } from './activity-title';
import { type WhenDoubt, whenOf } from './activity-when';

/** What was not plainly said and is asked about before anything is announced. */
export type CreateDoubt = WhenDoubt | 'title' | 'meant';

export interface ActivityCreateReading extends Reading {
  intent: 'activity_create';
  title: string | null;
  sector: string | null;
  /** Those who give it together, when they are several. */
  sectors?: string[];
  /** Local time of the organisation, 'YYYY-MM-DDTHH:MM' or a day alone. */
  start: string | null;
  place: string | null;
  capacity: number | null;
  deadline: string | null;
  /** 每月, 每周 …: only its first time can be opened. */
  series?: string;
  missing: ('title' | 'start' | 'place')[];
  doubts?: CreateDoubt[];
  /** The weekday said that is not the day's own, 1 Monday … 7 Sunday. */
  said_weekday?: number;
}

/** One line makes an activity: who gives it, start, place, title, 名额, 截止. */
function readActivityCreate(asked: Asked): ActivityCreateReading {
  const when = whenOf(asked);
  const venue = venueOf(asked);
  const hosts = hostsIn(asked, venue);
  const capacity = capacityOf(asked);
  const taken = [...when.spans, ...hosts.spans, ...(capacity ? [capacity] : [])];
  const where = venue ?? placeOf(asked, hosts) ?? placeAmong(asked, taken);
  const title = titleOf(asked, where ? [...taken, where] : taken) ?? titleOf(asked, taken);
  // Only asked about with these words, as a rule.
  const guessed = asked.commanded && !createActivity.words.includes(asked.command);
  const doubts: CreateDoubt[] = [
    ...(guessed ? (['meant'] as const) : []),
    ...when.doubts,
    ...(title && !title.sure ? (['title'] as const) : []),
  ];
  const [sector, another] = hosts.names;
  return {
    intent: 'activity_create',
    title: title?.name ?? null,
    sector: another === undefined ? (sector ?? null) : null,
    ...(another !== undefined && { sectors: hosts.names }),
    start: when.start,
    place: where?.name ?? null,
    capacity: capacity?.value ?? null,
    deadline: when.deadline,
    ...(when.series !== null && { series: when.series }),
    missing: missingOf(title?.name ?? null, when.start, where),
    ...(doubts.length > 0 && { doubts }),
    ...(when.saidWeekday !== null && { said_weekday: when.saidWeekday }),
    ...(when.startSpan && { spans: { start: inLine(asked, when.startSpan) } }),
  };
}

const inLine = ({ document: { line }, section }: Asked, { start, end }: Section): [number, number] => [
  line.at[start] ?? section.start,
  line.at[end] ?? section.end,
];

/** Where it is; whoever gives the activity is no place. */
function placeOf(asked: Asked, hosts: Hosts): (Section & { name: string }) | null {
  const { document, section } = asked;
  const labelled = /(?<=^|[\s,。;])(?:集合地点|地点|地方|地址|会场)[:是在为 ]{0,2}([^\s,。;]{2,24})/.exec(asked.body);
  if (labelled && !saysIn(labelled[1] ?? '', document, 'not_a_place')) {
    const start = section.start + labelled.index;
    return { start, end: start + labelled[0].length, name: labelled[1] ?? '' };
  }
  const spots = spotsIn(document, section).filter((spot) => !hosts.spans.some((host) => overlap(spot, host)));
  const where = whereOf(document, section, spots);
  const name = [where.place, where.organisation].filter((n) => n !== null).join('');
  return where.span && name ? { ...where.span, name } : null;
}

/** 在市工商联会议室召开: whose hall it is gives nothing. */
function venueOf(asked: Asked): (Section & { name: string }) | null {
  const said = /在([\u4e00-\u9fff\d]{2,20}?)(?:召开|举行|举办|开展|进行|组织|集合)/.exec(asked.body);
  if (!said?.[1] || !saysIn(said[1], asked.document, 'place_end')) return null;
  const start = asked.section.start + said.index + 1;
  return { start, end: start + said[1].length, name: said[1] };
}

/** A word of its own that ends like a place (省档案馆), where no place is known by its name. */
function placeAmong(asked: Asked, taken: readonly Section[]): (Section & { name: string }) | null {
  const left = bodyWithout(asked, taken);
  for (const { 0: word, index } of left.matchAll(/[^\s,。;:、()"《》]{2,20}/g)) {
    const name = word.replace(asked.document.lexicon.acts.at_or_to, '').replace(asked.document.lexicon.acts.held_tail, '');
    const start = asked.section.start + index + word.indexOf(name);
    if (name.length > 1 && saysIn(name, asked.document, 'place_end')) return { start, end: start + name.length, name };
  }
  return null;
}

function missingOf(title: string | null, start: string | null, where: Section | null): ActivityCreateReading['missing'] {
  const missing: ActivityCreateReading['missing'] = [];
  if (!title) missing.push('title');
  if (!start) missing.push('start');
  if (!where) missing.push('place');
  return missing;
}

export const createActivity = intent<ActivityCreateReading>('activity_create', {
  words: [
    '发起活动',
    '发布活动',
    '新建活动',
    '创建活动',
    '活动发布',
    '发活动',
    '组织活动',
    '建活动',
    '新活动',
    '发起',
    '活动通知',
    'faqihuodong',
  ],
  read: readActivityCreate,
});
