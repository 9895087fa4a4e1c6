import type { Document, Section } from '../../reader/document';
import { originalSpan } from '../../reader/document';
import { saysIn } from '../../reader/means';
import type { Spans } from '../../reader/reading';
import type { ContactReading, RecordReading } from './contact-reading';
import { type ReadRecord, type RecordOptions, readRecord } from './one-contact';
import { partsOf } from './parts';

/** One record, or several when the message holds several contacts. */
export function readRecords(document: Document, section: Section, options: RecordOptions): RecordReading {
  const parts = partsOf(document, section);
  if (parts.length < 2) {
    const reading = { intent: 'record_contact' } as RecordReading & ContactReading;
    const { spans } = readRecord(document, section, options, reading);
    markDuplicate(document, section, reading);
    reading.spans = spans;
    return reading;
  }
  const whole = readRecord(document, section, options).reading;
  const read = parts.map((part) => readRecord(document, part, { terse: true, mode: whole.mode }));
  inherit(document, parts, read);
  const spans: Spans = Object.fromEntries([
    ...parts.map((part, i) => [`records.${i}`, originalSpan(document, part)] as const),
    ...read.flatMap((r, i) => Object.entries(r.spans).map(([field, span]) => [`records.${i}.${field}`, span] as const)),
  ]);
  const reject = read.find((r) => r.reading.reject)?.reading.reject;
  return { intent: 'record_contact', records: read.map((r) => r.reading), spans, ...(reject && { reject }) };
}

/**
 * A later part without its own day took place on the day of the one before it (上午…, 下午…); a place said before the first
 * part holds for the parts that name none (走访 红柳社区 9月21日12人 9月22日8人).
 */
function inherit(document: Document, parts: readonly Section[], read: readonly ReadRecord[]): void {
  const head = parts[0] ? readRecord(document, { start: headStart(document), end: parts[0].start }, { terse: true }).reading : null;
  let previous: ContactReading | null = head?.date_precision === 'assumed' ? null : head;
  for (const { reading } of read) {
    if (reading.date_precision === 'assumed' && previous) Object.assign(reading, dateOf(previous));
    if (reading.date_precision !== 'assumed') previous = reading;
    if (head && (head.place || head.organisation) && !reading.place && !reading.organisation)
      Object.assign(reading, {
        place: head.place,
        organisation: head.organisation,
        missing: reading.missing.filter((field) => field !== 'where'),
      });
  }
}

const headStart = (document: Document): number => document.text.length - document.text.trimStart().length;

function dateOf(reading: ContactReading): Partial<ContactReading> {
  const { date, date_precision, date_end, date_from, date_to } = reading;
  return { date, date_precision, ...(date_end && { date_end }), ...(date_from && { date_from }), ...(date_to && { date_to }) };
}

/** The same contact once more: the caller says what was just recorded (context.previous). */
function markDuplicate(document: Document, section: Section, reading: ContactReading): void {
  const earlier = document.context.previous?.find((entry) => /already recorded|已记录|重复/.test(entry));
  if (!earlier) return;
  const again = saysIn(document.text.slice(section.start, section.end), document, 'once_more');
  if (again) return;
  reading.confirm = [...(reading.confirm ?? []), 'duplicate'];
  reading.duplicate_of = earlier.split(/[\s:：,，]/)[0] ?? earlier;
}
