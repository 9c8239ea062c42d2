import { type Present, type ScalarFunction, numberArgument, spanArgument, strict, timeArgument } from './call';
import { KqlError } from './error';
import {
  KqlDateTime,
  KqlTimespan,
  TICKS_PER_DAY,
  TICKS_PER_MS,
  type Value,
  checkedNumber,
  dateOf,
  dateTimeFromDate,
  floorDivide,
  parseDateTime,
  textOf,
} from './values';

const addTicks = (time: KqlDateTime, ticks: bigint): KqlDateTime => new KqlDateTime(time.ticks + ticks);

/** A Sunday, from which weeks are counted. */
const FIRST_SUNDAY = 6n * TICKS_PER_DAY;
const monthsOf = (time: KqlDateTime): number => dateOf(time).getUTCFullYear() * 12 + dateOf(time).getUTCMonth();
const everyTicks =
  (step: bigint, origin = 0n) =>
  ({ ticks }: KqlDateTime): bigint =>
    floorDivide(ticks - origin, step);

/** The number of the period a time lies in: the difference of two such numbers counts the borders between. */
const PERIODS: Record<string, (time: KqlDateTime) => bigint> = {
  year: (time) => BigInt(dateOf(time).getUTCFullYear()),
  quarter: (time) => BigInt(Math.floor(monthsOf(time) / 3)),
  month: (time) => BigInt(monthsOf(time)),
  week: everyTicks(7n * TICKS_PER_DAY, FIRST_SUNDAY),
  day: everyTicks(TICKS_PER_DAY),
  hour: everyTicks(3_600_000n * TICKS_PER_MS),
  minute: everyTicks(60_000n * TICKS_PER_MS),
  second: everyTicks(1000n * TICKS_PER_MS),
  millisecond: everyTicks(TICKS_PER_MS),
  microsecond: everyTicks(10n),
  nanosecond: ({ ticks }) => ticks * 100n,
};

const FIXED_TICKS: Record<string, bigint> = {
  week: 7n * TICKS_PER_DAY,
  day: TICKS_PER_DAY,
  hour: 3_600_000n * TICKS_PER_MS,
  minute: 60_000n * TICKS_PER_MS,
  second: 1000n * TICKS_PER_MS,
  millisecond: TICKS_PER_MS,
  microsecond: 10n,
};
const MONTHS: Record<string, number> = { year: 12, quarter: 3, month: 1 };

function named<T>(table: Record<string, T>, name: Present | undefined, what: string): T {
  const key = typeof name === 'string' ? name.toLowerCase() : '';
  const entry = Object.hasOwn(table, key) ? table[key] : undefined;
  if (entry === undefined) {
    throw new KqlError(`${what} '${key}' is not supported`);
  }
  return entry;
}

function dateTimeDiff([period, left, right]: Present[]): Value {
  const numberOf = named(PERIODS, period, 'the period');
  return checkedNumber(Number(numberOf(timeArgument(left)) - numberOf(timeArgument(right))), true);
}

/** Keeps the time of day, and the day of the month as far as the month has it. */
function addMonths(time: KqlDateTime, months: number): KqlDateTime {
  const date = dateOf(time);
  const target = monthsOf(time) + months;
  const [year, month] = [Math.floor(target / 12), ((target % 12) + 12) % 12];
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  const moved = new Date(Date.UTC(year, month, Math.min(date.getUTCDate(), lastDay)));
  return addTicks(dateTimeFromDate(moved), time.ticks % TICKS_PER_DAY);
}

function dateTimeAdd([period, amount, time]: Present[]): Value {
  const count = numberArgument(amount);
  const name = typeof period === 'string' ? period.toLowerCase() : '';
  const months = MONTHS[name];
  return months === undefined
    ? addTicks(timeArgument(time), named(FIXED_TICKS, name, 'the period') * BigInt(count))
    : addMonths(timeArgument(time), months * count);
}

/** The start of the period that has a number among all of its kind, as `PERIODS` counts them. */
const STARTS: Record<string, (number: bigint) => KqlDateTime> = {
  day: (number) => new KqlDateTime(number * TICKS_PER_DAY),
  week: (number) => new KqlDateTime(number * 7n * TICKS_PER_DAY + FIRST_SUNDAY),
  month: (number) => startOfMonth(Number(number)),
  year: (number) => startOfMonth(Number(number) * 12),
};

function startOfMonth(month: number): KqlDateTime {
  const date = new Date(0);
  date.setUTCFullYear(Math.floor(month / 12), month % 12);
  return dateTimeFromDate(date);
}

/** `startof…` and `endof…`: the first or last tick of the period, moved by so many periods. */
const edgeOf = (period: string, edge: 'start' | 'end'): ScalarFunction =>
  strict(([time, offset = 0]) => {
    const number = named(PERIODS, period, 'the period')(timeArgument(time)) + BigInt(numberArgument(offset));
    const start = named(STARTS, period, 'the period');
    return edge === 'start' ? start(number) : addTicks(start(number + 1n), -1n);
  });

const EDGES = Object.keys(STARTS).flatMap((period): [string, ScalarFunction][] => [
  [`startof${period}`, edgeOf(period, 'start')],
  [`endof${period}`, edgeOf(period, 'end')],
]);

function dayOfYear(time: KqlDateTime): number {
  const day = (ticks: bigint): number => Number(floorDivide(ticks, TICKS_PER_DAY));
  return day(time.ticks) - day(startOfMonth(monthsOf(time) - dateOf(time).getUTCMonth()).ticks) + 1;
}

/** The week of ISO 8601: the week of a Thursday belongs to the year of that Thursday. */
function weekOfYear(time: KqlDateTime): number {
  const weekday = (dateOf(time).getUTCDay() + 6) % 7;
  return Math.ceil(dayOfYear(addTicks(time, BigInt(3 - weekday) * TICKS_PER_DAY)) / 7);
}

const fractionOf =
  (ticksPerPart: bigint) =>
  (time: KqlDateTime): number =>
    Number((time.ticks % 10_000_000n) / ticksPerPart);

const PARTS: Record<string, (time: KqlDateTime) => number> = {
  year: (time) => dateOf(time).getUTCFullYear(),
  quarter: (time) => Math.floor(dateOf(time).getUTCMonth() / 3) + 1,
  month: (time) => dateOf(time).getUTCMonth() + 1,
  week_of_year: weekOfYear,
  day: (time) => dateOf(time).getUTCDate(),
  dayofyear: dayOfYear,
  hour: (time) => dateOf(time).getUTCHours(),
  minute: (time) => dateOf(time).getUTCMinutes(),
  second: (time) => dateOf(time).getUTCSeconds(),
  millisecond: fractionOf(TICKS_PER_MS),
  microsecond: fractionOf(10n),
  nanosecond: (time) => fractionOf(1n)(time) * 100,
};

const part = (name: string): ScalarFunction => strict(([time]) => PARTS[name]?.(timeArgument(time)) ?? null);

function makeDateTime(values: Present[]): Value {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = values.map((value) => numberArgument(value));
  const two = (value: number): string => `${value}`.padStart(2, '0');
  const text = `${`${year}`.padStart(4, '0')}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}:00Z`;
  const time = parseDateTime(text);
  return time && second < 60 ? addTicks(time, BigInt(Math.round(second * 1e7))) : null;
}

const DATE_PARTS: Record<string, (date: Date, ticks: bigint) => number> = {
  y: (date) => date.getUTCFullYear(),
  M: (date) => date.getUTCMonth() + 1,
  d: (date) => date.getUTCDate(),
  H: (date) => date.getUTCHours(),
  h: (date) => date.getUTCHours() % 12 || 12,
  m: (date) => date.getUTCMinutes(),
  s: (date) => date.getUTCSeconds(),
};

function formatPart(part: string, date: Date, ticks: bigint): string {
  if (/^[ /:,._[\]-]$/.test(part)) {
    return part;
  }
  if (/^f{1,7}$/.test(part)) {
    return (ticks % 10_000_000n).toString().padStart(7, '0').slice(0, part.length);
  }
  if (part === 'tt') {
    return date.getUTCHours() < 12 ? 'AM' : 'PM';
  }
  const numberOf = /^(?:yyyy|yy|[MdHhms]{1,2})$/.test(part) ? DATE_PARTS[part.slice(0, 1)] : undefined;
  if (!numberOf) {
    throw new KqlError(`format_datetime() with '${part}' is not supported`);
  }
  const text = `${numberOf(date, ticks)}`.padStart(part.length, '0');
  return part === 'yy' ? text.slice(-2) : text;
}

/** The elements of a format: runs of one letter, and single other characters. */
function formatParts(format: Present | undefined): string[] {
  const runs = textOf(format ?? '', 'string').match(/(.)\1*/g) ?? [];
  return runs.flatMap((run) => (/^[a-z]/i.test(run) ? [run] : Array.from(run)));
}

function formatTime([time, format]: Present[]): Value {
  const value = timeArgument(time);
  return formatParts(format)
    .map((part) => formatPart(part, dateOf(value), value.ticks))
    .join('');
}

const TICKS_PER_PART: Record<string, readonly [ticks: bigint, modulo: bigint]> = {
  d: [TICKS_PER_DAY, 100_000_000n],
  H: [36_000_000_000n, 24n],
  h: [36_000_000_000n, 24n],
  m: [600_000_000n, 60n],
  s: [10_000_000n, 60n],
};

function formatSpanPart(part: string, ticks: bigint): string {
  const fraction = (ticks % 10_000_000n).toString().padStart(7, '0').slice(0, part.length);
  if (/^[ /:,._[\]-]$/.test(part)) {
    return part;
  }
  if (/^(?:f{1,7}|F{1,7})$/.test(part)) {
    return part.startsWith('F') ? fraction.replace(/0+$/, '') : fraction;
  }
  const known = /^(?:d{1,8}|H{1,2}|h{1,2}|m{1,2}|s{1,2})$/.test(part) ? TICKS_PER_PART[part.charAt(0)] : undefined;
  if (!known) {
    throw new KqlError(`format_timespan() with '${part}' is not supported`);
  }
  const [ticksPerPart, modulo] = known;
  return ((ticks / ticksPerPart) % modulo).toString().padStart(part.length, '0');
}

function formatSpan([span, format]: Present[]): Value {
  const { ticks } = spanArgument(span);
  if (ticks < 0n) {
    throw new KqlError('format_timespan() of a negative timespan is not supported');
  }
  return formatParts(format)
    .map((part) => formatSpanPart(part, ticks))
    .join('');
}

export const TIME_FUNCTIONS: Readonly<Record<string, ScalarFunction>> = {
  now: strict(([offset], _types, call) =>
    offset === undefined ? call.now : addTicks(call.now, spanArgument(offset).ticks),
  ),
  ago: strict(([span], _types, call) => addTicks(call.now, -spanArgument(span).ticks)),
  datetime_diff: strict(dateTimeDiff),
  datetime_add: strict(dateTimeAdd),
  datetime_part: strict(([name, time]) => named(PARTS, name, 'the part')(timeArgument(time))),
  getyear: part('year'),
  getmonth: part('month'),
  monthofyear: part('month'),
  week_of_year: part('week_of_year'),
  dayofyear: part('dayofyear'),
  dayofmonth: part('day'),
  hourofday: part('hour'),
  dayofweek: strict(([time]) => new KqlTimespan(BigInt(dateOf(timeArgument(time)).getUTCDay()) * TICKS_PER_DAY)),
  ...Object.fromEntries(EDGES),
  make_datetime: strict(makeDateTime),
  format_datetime: strict(formatTime),
  format_timespan: strict(formatSpan),
};
