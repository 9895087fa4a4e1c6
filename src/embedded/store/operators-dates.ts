import { ObjectId, Timestamp } from 'bson';
import { DateTime, FixedOffsetZone, IANAZone, type Zone } from 'luxon';
import { notDone, StoreError } from './failure';
import { isNil, named, type OperatorCompiler, simple } from './operator-kit';
import { type Found, isDoc, isNumeric, toNumber, typeName } from './values';

type Args = Record<string, Found>;

/** Time zones as MongoDB takes them: Olson names, or offsets such as '+08:00', '+0800', '+08'. */
function zone(value: Found): Zone {
  if (value === undefined) return FixedOffsetZone.utcInstance;
  if (typeof value !== 'string') throw new StoreError(40517, `timezone must evaluate to a string, found ${typeName(value)}`);
  const offset = /^([+-])(\d\d):?(\d\d)?$/.exec(value);
  if (offset) return FixedOffsetZone.instance((offset[1] === '-' ? -1 : 1) * (Number(offset[2]) * 60 + Number(offset[3] ?? 0)));
  if (value === 'UTC' || value === 'GMT' || value === 'Z') return FixedOffsetZone.utcInstance;
  if (!value.includes('/') || !IANAZone.isValidZone(value)) throw new StoreError(40485, `unrecognized time zone identifier: "${value}"`);
  return IANAZone.create(value);
}

function date(name: string, value: Found): Date {
  if (value instanceof Date) return value;
  if (value instanceof ObjectId) return value.getTimestamp();
  if (value instanceof Timestamp) return new Date(value.t * 1000);
  throw new StoreError(16006, `can't convert from BSON type ${typeName(value)} to Date (in ${name})`);
}

const at = (name: string, value: Found, timezone: Found): DateTime => DateTime.fromJSDate(date(name, value), { zone: zone(timezone) });

/** `{$year: '$at'}` or `{$year: {date: '$at', timezone: 'Asia/Shanghai'}}`. */
function part(name: string, take: (time: DateTime) => number | bigint): [string, OperatorCompiler] {
  const answer = (value: Found, timezone: Found): Found => (isNil(value) || timezone === null ? null : take(at(name, value, timezone)));
  const [, short] = simple(name, 1, ([value]) => answer(value, undefined));
  const [, long] = named(name, ['date', 'timezone'], (args) => answer(args['date'], args['timezone']));
  return [name, (operand, names, compile) => (isDoc(operand) && operand.has('date') ? long : short)(operand, names, compile)];
}

const weekday = (time: DateTime): number => (time.weekday % 7) + 1;
const sundayWeek = (time: DateTime): number => Math.floor((time.ordinal + 6 - (time.weekday % 7)) / 7);
const padded = (value: number, digits: number): string => String(value).padStart(digits, '0');

const formats: Record<string, (time: DateTime) => string> = {
  Y: ({ year }) => padded(year, 4),
  m: ({ month }) => padded(month, 2),
  d: ({ day }) => padded(day, 2),
  H: ({ hour }) => padded(hour, 2),
  M: ({ minute }) => padded(minute, 2),
  S: ({ second }) => padded(second, 2),
  L: ({ millisecond }) => padded(millisecond, 3),
  j: ({ ordinal }) => padded(ordinal, 3),
  w: (time) => String(weekday(time)),
  u: (time) => String(time.weekday),
  U: (time) => padded(sundayWeek(time), 2),
  V: ({ weekNumber }) => padded(weekNumber, 2),
  G: ({ weekYear }) => padded(weekYear, 4),
  b: (time) => time.setLocale('en').toFormat('LLL'),
  B: (time) => time.setLocale('en').toFormat('LLLL'),
  z: (time) => time.toFormat('ZZZ'),
  Z: (time) => String(time.offset),
  '%': () => '%',
};

function toText({ date: value, format, timezone, onNull }: Args): Found {
  if (isNil(value)) return onNull ?? null;
  if (timezone === null || format === null) return null;
  const time = at('$dateToString', value, timezone);
  if (format === undefined)
    return time.toFormat(time.zone.isUniversal && time.offset === 0 ? "yyyy-MM-dd'T'HH:mm:ss.SSS'Z'" : "yyyy-MM-dd'T'HH:mm:ss.SSS");
  if (typeof format !== 'string') throw new StoreError(18533, '$dateToString requires that format be a string');
  if (/%([^YmdHMSLjwuUVGbBzZ%]|$)/.test(format.replaceAll('%%', '')))
    throw new StoreError(18536, `Invalid format character in $dateToString format string: ${format}`);
  return format.replace(/%(.)/g, (_all, letter: string) => formats[letter]?.(time) ?? '');
}

const units = ['year', 'quarter', 'month', 'week', 'day', 'hour', 'minute', 'second', 'millisecond'] as const;
type Unit = (typeof units)[number];

function unitOf(name: string, value: Found): Unit {
  const found = units.find((unit) => unit === value);
  if (!found)
    throw new StoreError('FailedToParse', `unknown time unit value: ${typeof value === 'string' ? value : typeName(value)} (in ${name})`);
  return found;
}

function shifted(name: string, direction: 1 | -1): [string, OperatorCompiler] {
  return named(name, ['startDate', 'unit', 'amount', 'timezone'], ({ startDate, unit, amount, timezone }) => {
    if (isNil(startDate) || isNil(unit) || isNil(amount) || timezone === null) return null;
    const number = toNumber(amount);
    if (!isNumeric(amount) || !Number.isInteger(number)) throw new StoreError(5166405, `${name} expects integer amount of time units`);
    return at(name, startDate, timezone)
      .plus({ [unitOf(name, unit)]: number * direction })
      .toJSDate();
  });
}

const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

function startOfUnit(time: DateTime, unit: Unit, startOfWeek: Found): DateTime {
  if (unit !== 'week') return time.startOf(unit);
  const name = typeof startOfWeek === 'string' ? startOfWeek.toLowerCase() : 'sunday';
  const index = weekdays.findIndex((day) => day === name || day.slice(0, 3) === name);
  if (index < 0) throw new StoreError(5439015, `unknown day of week value: ${name}`);
  return time.startOf('day').minus({ days: (time.weekday - 1 - index + 7) % 7 });
}

function truncated({ date: value, unit, binSize, timezone, startOfWeek }: Args): Found {
  if (isNil(value) || isNil(unit) || binSize === null || timezone === null || startOfWeek === null) return null;
  if (binSize !== undefined && toNumber(binSize) !== 1) throw notDone('$dateTrunc with a binSize other than 1', 'BadValue');
  return startOfUnit(at('$dateTrunc', value, timezone), unitOf('$dateTrunc', unit), startOfWeek).toJSDate();
}

/** How many boundaries of the unit lie between two dates (docs: "$dateDiff"). */
function difference({ startDate, endDate, unit, timezone, startOfWeek }: Args): Found {
  if (isNil(startDate) || isNil(endDate) || isNil(unit) || timezone === null || startOfWeek === null) return null;
  const step = unitOf('$dateDiff', unit);
  const [from, to] = [at('$dateDiff', startDate, timezone), at('$dateDiff', endDate, timezone)].map((time) =>
    startOfUnit(time, step, startOfWeek),
  ) as [DateTime, DateTime];
  if (step === 'year') return BigInt(to.year - from.year);
  if (step === 'quarter') return BigInt((to.year - from.year) * 4 + to.quarter - from.quarter);
  if (step === 'month') return BigInt((to.year - from.year) * 12 + to.month - from.month);
  const wall = (time: DateTime): number => time.toMillis() + time.offset * 60_000;
  const sizes = { week: 604_800_000, day: 86_400_000, hour: 3_600_000, minute: 60_000, second: 1000, millisecond: 1 };
  const whole = step === 'week' || step === 'day' ? wall(to) - wall(from) : to.toMillis() - from.toMillis();
  return BigInt(Math.floor(whole / sizes[step]));
}

const partNames = ['year', 'month', 'day', 'hour', 'minute', 'second', 'millisecond'] as const;

function fromParts(args: Args): Found {
  if (args['isoWeekYear'] !== undefined) throw notDone('$dateFromParts with ISO weeks', 'BadValue');
  const defaults = { month: 1, day: 1, hour: 0, minute: 0, second: 0, millisecond: 0 };
  const values = partNames.map((name) => (args[name] === undefined ? (name === 'year' ? Number.NaN : defaults[name]) : args[name]));
  if (values.includes(null) || args['timezone'] === null) return null;
  const numbers = values.map((value) => toNumber(value as number));
  if (!numbers.every(Number.isInteger)) throw new StoreError(40515, '$dateFromParts requires whole numbers, and a year');
  const [year, month, day, hour, minute, second, millisecond] = numbers as [number, number, number, number, number, number, number];
  if (year < 1 || year > 9999) throw new StoreError(40523, `'year' must evaluate to an integer in the range 1 to 9999, found ${year}`);
  return DateTime.fromObject({ year, month: 1, day: 1 }, { zone: zone(args['timezone']) })
    .plus({ months: month - 1 })
    .plus({ days: day - 1 })
    .set({ hour: 0 })
    .plus({ hours: hour, minutes: minute, seconds: second, milliseconds: millisecond })
    .toJSDate();
}

function toParts({ date: value, timezone, iso8601 }: Args): Found {
  if (isNil(value) || timezone === null) return null;
  if (iso8601 === true) throw notDone('$dateToParts with ISO weeks', 'BadValue');
  const time = at('$dateToParts', value, timezone);
  return new Map(partNames.map((name) => [name, time[name]]));
}

function fromText({ dateString, format, timezone, onNull }: Args): Found {
  if (isNil(dateString)) return onNull ?? null;
  if (format !== undefined) throw notDone('$dateFromString with a format', 'BadValue');
  if (typeof dateString !== 'string') throw new StoreError(241, '$dateFromString requires that dateString be a string');
  if (!/^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:?\d\d)?)?$/.test(dateString))
    throw notDone(`reading the date '${dateString}'`, 241);
  if (timezone === null) return null;
  if (timezone !== undefined && /(Z|[+-]\d\d:?\d\d)$/.test(dateString.slice(10)))
    throw new StoreError(40551, 'you cannot pass in a date/time string with time zone information together with a timezone argument');
  const read = DateTime.fromISO(dateString, { zone: zone(timezone) });
  if (!read.isValid) throw new StoreError(241, `Error parsing date string '${dateString}'`);
  return read.toJSDate();
}

export const dates: Array<[string, OperatorCompiler]> = [
  part('$year', ({ year }) => year),
  part('$month', ({ month }) => month),
  part('$dayOfMonth', ({ day }) => day),
  part('$hour', ({ hour }) => hour),
  part('$minute', ({ minute }) => minute),
  part('$second', ({ second }) => second),
  part('$millisecond', ({ millisecond }) => millisecond),
  part('$dayOfYear', ({ ordinal }) => ordinal),
  part('$dayOfWeek', weekday),
  part('$week', sundayWeek),
  part('$isoDayOfWeek', (time) => time.weekday),
  part('$isoWeek', ({ weekNumber }) => weekNumber),
  part('$isoWeekYear', ({ weekYear }) => BigInt(weekYear)),
  named('$dateToString', ['date', 'format', 'timezone', 'onNull'], toText),
  shifted('$dateAdd', 1),
  shifted('$dateSubtract', -1),
  named('$dateTrunc', ['date', 'unit', 'binSize', 'timezone', 'startOfWeek'], truncated),
  named('$dateDiff', ['startDate', 'endDate', 'unit', 'timezone', 'startOfWeek'], difference),
  named('$dateFromParts', [...partNames, 'isoWeekYear', 'timezone'], fromParts),
  named('$dateToParts', ['date', 'timezone', 'iso8601'], toParts),
  named('$dateFromString', ['dateString', 'format', 'timezone', 'onNull'], fromText),
];
