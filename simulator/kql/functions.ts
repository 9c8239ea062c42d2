import { KqlError } from './error';
import { compileRegex } from './regex';
import {
  type Bag,
  KqlDateTime,
  KqlTimespan,
  type KqlType,
  type Row,
  TICKS_PER_DAY,
  TICKS_PER_MS,
  type Value,
  canonicalJson,
  categoryOf,
  checkedNumber,
  compareValues,
  dateOf,
  dateTimeFromDate,
  equalValues,
  floorDivide,
  isBag,
  nullOf,
  parseDateTime,
  parseJson,
  parseTimespan,
  textOf,
} from './values';

type Present = Exclude<Value, null>;

/** A scalar expression that is ready to run over rows. */
export interface Compiled {
  readonly type: KqlType;
  readonly get: (row: Row) => Value;
}

/** One call of a function in the query, as its entry in the table of functions sees it. */
export interface Call {
  readonly count: number;
  /** The type the analyser found for the result. */
  readonly type: KqlType;
  readonly now: KqlDateTime;
  argument(index: number): Compiled;
  /** An argument that only decides between two ways, where null and false mean the same. */
  predicate(index: number): Compiled;
  typeArgument(index: number): KqlType;
}

type ScalarFunction = (call: Call) => (row: Row) => Value;

const indexes = (call: Call): number[] => [...Array(call.count).keys()];
const allArguments = (call: Call): Compiled[] => indexes(call).map((index) => call.argument(index));

/** A function that sees its arguments as they are, nulls included. */
const eager =
  (apply: (values: Value[], types: KqlType[], call: Call) => Value): ScalarFunction =>
  (call) => {
    const parts = allArguments(call);
    const types = parts.map(({ type }) => type);
    return (row) =>
      apply(
        parts.map(({ get }) => get(row)),
        types,
        call,
      );
  };

/** A function that is null as soon as one of its arguments is. */
const strict = (apply: (values: Present[], types: KqlType[], call: Call) => Value): ScalarFunction =>
  eager((values, types, call) => {
    const present = values.filter((value) => value !== null);
    return present.length === values.length ? apply(present, types, call) : null;
  });

/** A function over text, for which an absent dynamic value is the empty string. */
const overText = (apply: (...texts: string[]) => Value): ScalarFunction =>
  eager((values, types) => apply(...values.map((value, index) => textOf(value, types[index] ?? 'dynamic'))));

function numberArgument(value: Value | undefined, what = 'a number'): number {
  if (typeof value !== 'number') {
    throw new KqlError(`${what} expected`);
  }
  return value;
}

function countArgument(value: Value | undefined): number {
  const count = numberArgument(value, 'a whole number');
  if (!Number.isInteger(count) || count < 0) {
    throw new KqlError(`a position of ${count} is not supported`);
  }
  return count;
}

function timeArgument(value: Value | undefined): KqlDateTime {
  if (!(value instanceof KqlDateTime)) {
    throw new KqlError('a datetime expected');
  }
  return value;
}

function spanArgument(value: Value | undefined): KqlTimespan {
  if (!(value instanceof KqlTimespan)) {
    throw new KqlError('a timespan expected');
  }
  return value;
}

function arrayArgument(value: Value | undefined): Value[] {
  if (!Array.isArray(value)) {
    throw new KqlError('an array expected');
  }
  return value;
}

// ---- Casts -------------------------------------------------------------------------------------

const hasDigits = (text: string): boolean => /\d/.test(text);

/** A text that is no value of the type casts to null, but one that Kusto may read in its own way is refused. */
function unreadable(text: string, type: string): null {
  if (hasDigits(text)) {
    throw new KqlError(`reading '${text}' as ${type} is not supported`);
  }
  return null;
}

const INTEGER_TEXT = /^\s*[+-]?\d+\s*$/;
const REAL_TEXT = /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?\s*$/i;

function toWhole(value: Present, type: 'int' | 'long'): Value {
  if (typeof value === 'string') {
    return INTEGER_TEXT.test(value) ? toWhole(Number(value), type) : unreadable(value, type);
  }
  const whole = checkedNumber(Math.trunc(numberArgument(typeof value === 'boolean' ? Number(value) : value)), true);
  if (type === 'int' && whole !== (whole | 0)) {
    throw new KqlError(`${whole} does not fit an int`);
  }
  return whole;
}

function toReal(value: Present): Value {
  if (typeof value === 'string') {
    return REAL_TEXT.test(value) ? checkedNumber(Number(value), false) : unreadable(value, 'real');
  }
  return numberArgument(typeof value === 'boolean' ? Number(value) : value);
}

function toBool(value: Present): Value {
  if (typeof value === 'string') {
    const known: Record<string, boolean> = { true: true, false: false };
    return known[value.trim().toLowerCase()] ?? unreadable(value, 'bool');
  }
  return typeof value === 'boolean' ? value : numberArgument(value) !== 0;
}

function toDateTime(value: Present): Value {
  if (typeof value === 'string') {
    return parseDateTime(value) ?? unreadable(value, 'datetime');
  }
  return timeArgument(value);
}

function toTimespan(value: Present): Value {
  if (typeof value === 'string') {
    return parseTimespan(value) ?? unreadable(value, 'timespan');
  }
  return spanArgument(value);
}

/** The casts by their target type, for the cast functions and for `extract` with a type. */
const CASTS: Partial<Record<KqlType, (value: Present, type: KqlType) => Value>> = {
  string: textOf,
  int: (value) => toWhole(value, 'int'),
  long: (value) => toWhole(value, 'long'),
  real: toReal,
  bool: toBool,
  datetime: toDateTime,
  timespan: toTimespan,
};

function cast(value: Value, from: KqlType, to: KqlType): Value {
  const apply = CASTS[to];
  if (!apply) {
    throw new KqlError(`a cast to ${to} is not supported`);
  }
  return value === null ? nullOf(to) : apply(value, from);
}

/** Reads a part of a text as a type; null when it is absent or has another form. */
export const castText = (text: string | null, type: KqlType): Value => cast(text, 'string', type);

const castTo = (to: KqlType): ScalarFunction => eager(([value = null], [from = 'dynamic']) => cast(value, from, to));

// ---- Text --------------------------------------------------------------------------------------

function extract(call: Call): (row: Row) => Value {
  const [pattern, group, source] = [call.argument(0), call.argument(1), call.argument(2)];
  const target = call.count > 3 ? call.typeArgument(3) : 'string';
  return (row) => {
    const regex = compileRegex(textOf(pattern.get(row), pattern.type));
    const match = regex.exec(textOf(source.get(row), source.type));
    const captured = match?.[countArgument(group.get(row))] ?? null;
    return castText(captured, target);
  };
}

function substring([text = '', start, length]: Present[], [type = 'string']: KqlType[]): Value {
  const characters = Array.from(textOf(text, type));
  const from = countArgument(start);
  return characters.slice(from, length === undefined ? undefined : from + countArgument(length)).join('');
}

function split([text = '', delimiter = '', index]: Present[], types: KqlType[]): Value {
  const separator = textOf(delimiter, 'string');
  if (separator === '') {
    throw new KqlError('split() by an empty delimiter is not supported');
  }
  const parts = textOf(text, types[0] ?? 'string').split(separator);
  return index === undefined ? parts : parts.slice(countArgument(index), countArgument(index) + 1);
}

function trim(pattern: string, text: string): Value {
  const [start, end] = [`^(?:${pattern})+`, `(?:${pattern})+$`].map((side) => {
    const [flags = ''] = /^\(\?[ims]+\)/.exec(pattern) ?? [];
    return compileRegex(flags + side.replace(flags, ''));
  });
  return start && end ? text.replace(start, '').replace(end, '') : text;
}

function indexOf([source = '', lookup = '', start = 0, ...rest]: Present[], types: KqlType[]): Value {
  if (rest.length > 0) {
    throw new KqlError('indexof() with a length or an occurrence is not supported');
  }
  return textOf(source, types[0] ?? 'string').indexOf(textOf(lookup, types[1] ?? 'string'), countArgument(start));
}

/** Plain matches may overlap, matches of a regular expression may not. */
function countOf(text: string, search: string, kind = 'normal'): Value {
  if (search === '') {
    throw new KqlError('countof() of an empty text is not supported');
  }
  if (kind === 'regex') {
    return [...text.matchAll(compileRegex(search, 'g'))].length;
  }
  return [...Array(text.length).keys()].filter((index) => text.startsWith(search, index)).length;
}

function replaceString(text: string, lookup: string, rewrite: string): Value {
  if (lookup === '') {
    throw new KqlError('replace_string() of an empty text is not supported');
  }
  return text.replaceAll(lookup, () => rewrite);
}

// ---- Numbers and bins --------------------------------------------------------------------------

function binNumber(value: number, size: number, type: KqlType): Value {
  if (size <= 0) {
    throw new KqlError(`a bin of ${size} is not supported`);
  }
  return checkedNumber(Math.floor(value / size) * size, type !== 'real');
}

function binTicks(ticks: bigint, size: Present | undefined): bigint {
  const step = spanArgument(size).ticks;
  if (step <= 0n) {
    throw new KqlError('a bin that is not longer than zero is not supported');
  }
  return floorDivide(ticks, step) * step;
}

function bin([value, size]: Present[], _types: KqlType[], { type }: Call): Value {
  if (value instanceof KqlDateTime) {
    return new KqlDateTime(binTicks(value.ticks, size));
  }
  if (value instanceof KqlTimespan) {
    return new KqlTimespan(binTicks(value.ticks, size));
  }
  return binNumber(numberArgument(value), numberArgument(size), type);
}

function abs([value]: Present[]): Value {
  if (value instanceof KqlTimespan) {
    return new KqlTimespan(value.ticks < 0n ? -value.ticks : value.ticks);
  }
  return Math.abs(numberArgument(value));
}

function round([value, precision = 0]: Present[]): Value {
  const number = numberArgument(value);
  const text = `${Math.abs(number)}`;
  if (text.includes('e')) {
    throw new KqlError(`round() of ${number} is not supported`);
  }
  // Shifting the decimal point as text avoids the error of a binary multiplication.
  const digits = countArgument(precision);
  return checkedNumber(Math.sign(number) * Number(`${Math.round(Number(`${text}e${digits}`))}e-${digits}`), false);
}

const extreme = (sign: 1 | -1): ScalarFunction =>
  eager((values) => {
    const present = values.filter((value) => value !== null);
    if (present.length < values.length) {
      throw new KqlError('min_of() and max_of() of a null are not supported');
    }
    return present.reduce((best, value) => (compareValues(value, best) * sign > 0 ? value : best));
  });

// ---- Times -------------------------------------------------------------------------------------

const addTicks = (time: KqlDateTime, ticks: bigint): KqlDateTime => new KqlDateTime(time.ticks + ticks);

/** A Sunday, from which weeks are counted. */
const FIRST_SUNDAY = 6n * TICKS_PER_DAY;
const monthsOf = (time: KqlDateTime): number => dateOf(time).getUTCFullYear() * 12 + dateOf(time).getUTCMonth();
const everyTicks =
  (step: bigint, origin = 0n) =>
  ({ ticks }: KqlDateTime): number =>
    Number(floorDivide(ticks - origin, step));

/** The number of the period a time lies in: the difference of two such numbers counts the borders between. */
const PERIODS: Record<string, (time: KqlDateTime) => number> = {
  year: (time) => dateOf(time).getUTCFullYear(),
  quarter: (time) => Math.floor(monthsOf(time) / 3),
  month: monthsOf,
  week: everyTicks(7n * TICKS_PER_DAY, FIRST_SUNDAY),
  day: everyTicks(TICKS_PER_DAY),
  hour: everyTicks(3_600_000n * TICKS_PER_MS),
  minute: everyTicks(60_000n * TICKS_PER_MS),
  second: everyTicks(1000n * TICKS_PER_MS),
  millisecond: everyTicks(TICKS_PER_MS),
};

const FIXED_TICKS: Record<string, bigint> = {
  week: 7n * TICKS_PER_DAY,
  day: TICKS_PER_DAY,
  hour: 3_600_000n * TICKS_PER_MS,
  minute: 60_000n * TICKS_PER_MS,
  second: 1000n * TICKS_PER_MS,
  millisecond: TICKS_PER_MS,
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
  return numberOf(timeArgument(left)) - numberOf(timeArgument(right));
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

function startOfDay([time, offset = 0]: Present[]): Value {
  const day = floorDivide(timeArgument(time).ticks, TICKS_PER_DAY) + BigInt(numberArgument(offset));
  return new KqlDateTime(day * TICKS_PER_DAY);
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

function formatTime([time, format]: Present[]): Value {
  const { ticks } = timeArgument(time);
  const parts = textOf(format ?? '', 'string').match(/(.)\1*/g) ?? [];
  const single = parts.flatMap((part) => (/^[a-z]/i.test(part) ? [part] : Array.from(part)));
  return single.map((part) => formatPart(part, dateOf(new KqlDateTime(ticks)), ticks)).join('');
}

// ---- Dynamic values ----------------------------------------------------------------------------

function parse([value = null]: Value[]): Value {
  return typeof value === 'string' && value !== '' ? (parseJson(value) ?? value) : value === '' ? null : value;
}

function pack(values: Value[]): Value {
  const bag: Bag = {};
  for (let index = 0; index < values.length; index += 2) {
    const key = values[index];
    if (typeof key !== 'string') {
      throw new KqlError('the keys of bag_pack() must be strings');
    }
    Object.defineProperty(bag, key, {
      value: values[index + 1] ?? null,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
  return bag;
}

/** Where an element of the same type and value is; elements of other types are different, not an error. */
function positionOf(array: Value, wanted: Value): number {
  if (wanted === null) {
    throw new KqlError('searching an array for null is not supported');
  }
  return arrayArgument(array).findIndex(
    (element) => element !== null && typeof element === typeof wanted && equalValues(element, wanted) === true,
  );
}

function arrayIndexOf([array = null, wanted = null, ...rest]: Value[]): Value {
  if (rest.length > 0) {
    throw new KqlError('array_index_of() with a range is not supported');
  }
  return array === null ? null : positionOf(array, wanted);
}

function joinArray([array, delimiter = '']: Present[]): Value {
  const texts = arrayArgument(array).map((element) => {
    if (element === null) {
      throw new KqlError('strcat_array() of a null element is not supported');
    }
    return textOf(element, 'dynamic');
  });
  return texts.join(textOf(delimiter, 'string'));
}

// ---- Conditions --------------------------------------------------------------------------------

function when(call: Call): (row: Row) => Value {
  const branches = indexes(call)
    .filter((index) => index % 2 === 0 && index + 1 < call.count)
    .map((index) => ({ condition: call.predicate(index), result: call.argument(index + 1) }));
  const otherwise = call.argument(call.count - 1);
  return (row) => {
    const branch = branches.find(({ condition }) => condition.get(row) === true);
    return (branch?.result ?? otherwise).get(row);
  };
}

function coalesce(call: Call): (row: Row) => Value {
  const parts = allArguments(call);
  return (row) => {
    for (const { get } of parts) {
      const value = get(row);
      if (value !== null && value !== '') {
        return value;
      }
    }
    return nullOf(call.type);
  };
}

const isEmpty = (value: Value): boolean => value === null || value === '';
const now: ScalarFunction = strict(([offset], _types, call) =>
  offset === undefined ? call.now : addTicks(call.now, spanArgument(offset).ticks),
);
const packArray = eager((values) => values);

/** The scalar functions by name; a function is added by adding its entry. */
export const SCALAR_FUNCTIONS: Readonly<Record<string, ScalarFunction>> = {
  tostring: castTo('string'),
  toint: castTo('int'),
  tolong: castTo('long'),
  todouble: castTo('real'),
  toreal: castTo('real'),
  tobool: castTo('bool'),
  todatetime: castTo('datetime'),
  totimespan: castTo('timespan'),

  tolower: overText((text) => text.toLowerCase()),
  toupper: overText((text) => text.toUpperCase()),
  strlen: overText((text) => Array.from(text).length),
  strcat: overText((...texts) => texts.join('')),
  substring: strict(substring),
  split: strict(split),
  trim: overText((pattern = '', text = '') => trim(pattern, text)),
  replace_string: overText((text = '', lookup = '', rewrite = '') => replaceString(text, lookup, rewrite)),
  extract,
  indexof: strict(indexOf),
  countof: overText((text = '', search = '', kind) => countOf(text, search, kind)),

  isnull: eager(([value = null]) => value === null),
  isnotnull: eager(([value = null]) => value !== null),
  isempty: eager(([value = null]) => isEmpty(value)),
  isnotempty: eager(([value = null]) => !isEmpty(value)),
  not: strict(([value]) => value !== true),
  iff: when,
  iif: when,
  case: when,
  coalesce,

  now,
  ago: strict(([span], _types, call) => addTicks(call.now, -spanArgument(span).ticks)),
  datetime_diff: strict(dateTimeDiff),
  datetime_add: strict(dateTimeAdd),
  startofday: strict(startOfDay),
  format_datetime: strict(formatTime),

  bin: strict(bin),
  floor: strict(bin),
  abs: strict(abs),
  round: strict(round),
  min_of: extreme(-1),
  max_of: extreme(1),

  parse_json: eager(parse),
  todynamic: eager(parse),
  dynamic_to_json: strict(([value = '']) => canonicalJson(value)),
  array_length: strict(([value]) => (Array.isArray(value) ? value.length : null)),
  bag_keys: strict(([value = '']) => (isBag(value) ? Object.keys(value) : null)),
  pack: eager(pack),
  bag_pack: eager(pack),
  pack_array: packArray,
  set_has_element: eager(([array = null, wanted = null]) => (array === null ? null : positionOf(array, wanted) >= 0)),
  array_index_of: eager(arrayIndexOf),
  strcat_array: strict(joinArray),
};

/** Whether the analyser's type of an argument lets a text operator or function read it. */
export function isTextual(type: KqlType): boolean {
  return ['string', 'dynamic'].includes(categoryOf(type));
}
