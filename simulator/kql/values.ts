import { KqlError } from './error';

const TYPES = ['string', 'int', 'long', 'real', 'bool', 'datetime', 'timespan', 'dynamic', 'guid'] as const;

/** The scalar types a column can have. */
export type KqlType = (typeof TYPES)[number];

/** Whether the analyser's name of a type is one this interpreter has values for. */
export function isKqlType(name: string): name is KqlType {
  return TYPES.some((type) => type === name);
}

/** A point in time in ticks of 100 ns since 0001-01-01, which no JavaScript number holds exactly. */
export class KqlDateTime {
  constructor(readonly ticks: bigint) {}
}

/** A duration in ticks of 100 ns. */
export class KqlTimespan {
  constructor(readonly ticks: bigint) {}
}

export interface Bag {
  [key: string]: Value;
}

/** A value while the query runs. Strings are never null: the string type of Kusto has no null. */
export type Value = null | boolean | number | string | KqlDateTime | KqlTimespan | Value[] | Bag;

export type Row = Record<string, Value>;

type Category = 'number' | 'string' | 'bool' | 'datetime' | 'timespan' | 'guid' | 'dynamic';

const CATEGORIES: Record<KqlType, Category> = {
  string: 'string',
  int: 'number',
  long: 'number',
  real: 'number',
  bool: 'bool',
  datetime: 'datetime',
  timespan: 'timespan',
  dynamic: 'dynamic',
  guid: 'guid',
};

/** The family of types within which values can be compared. */
export function categoryOf(type: KqlType): Category {
  return CATEGORIES[type];
}

/** The family a value belongs to at run time; arrays and bags are 'dynamic'. */
export function categoryOfValue(value: Exclude<Value, null>): Category {
  if (typeof value !== 'object') {
    return PRIMITIVES[typeof value as 'string' | 'number' | 'boolean'];
  }
  return value instanceof KqlDateTime ? 'datetime' : value instanceof KqlTimespan ? 'timespan' : 'dynamic';
}

const PRIMITIVES = { string: 'string', number: 'number', boolean: 'bool' } as const;

/** Whether a dynamic value is a property bag. */
export function isBag(value: Value): value is Bag {
  return value !== null && categoryOfValue(value) === 'dynamic' && !Array.isArray(value);
}

/** What an absent value of a type looks like. */
export function nullOf(type: KqlType): Value {
  return type === 'string' ? '' : null;
}

/** A number that a result may hold: Kusto has 64 bits, and this interpreter refuses rather than to round. */
export function checkedNumber(value: number, integer: boolean): number {
  if (!Number.isFinite(value) || (integer && !Number.isSafeInteger(value))) {
    throw new KqlError(`the number ${value} cannot be represented exactly`);
  }
  return value === 0 ? 0 : value;
}

// ---- Times -------------------------------------------------------------------------------------

export const TICKS_PER_MS = 10_000n;
export const TICKS_PER_DAY = 864_000_000_000n;
const UNIX_EPOCH = 621_355_968_000_000_000n;
const DATE_TIME = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,7}))?)?\s*(Z|[+-]\d\d:?\d\d)?)?$/i;
const CLOCK = /^(-)?(?:(\d+)\.)?(\d|[01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.(\d{1,7}))?)?$/;
const DURATION = /^(-?\d+(?:\.\d+)?)\s*([a-z]+)$/i;

const UNITS: readonly (readonly [names: string, ticks: number])[] = [
  ['d day days', 864e9],
  ['h hr hrs hour hours', 36e9],
  ['m min minute minutes', 6e8],
  ['s sec second seconds', 1e7],
  ['ms milli millis millisecond milliseconds', 1e4],
  ['micro micros microsecond microseconds', 10],
  ['tick ticks', 1],
];
const TICKS_PER_UNIT = new Map(UNITS.flatMap(([names, ticks]) => names.split(' ').map((name) => [name, ticks])));

/** Rounds down also below zero, where BigInt division rounds towards zero. */
export function floorDivide(value: bigint, size: bigint): bigint {
  const quotient = value / size;
  return value % size < 0n ? quotient - 1n : quotient;
}

export function dateTimeFromDate(date: Date): KqlDateTime {
  return new KqlDateTime(UNIX_EPOCH + BigInt(date.getTime()) * TICKS_PER_MS);
}

/** The calendar day and time of day; what is finer than a millisecond is lost. */
export function dateOf(value: KqlDateTime): Date {
  return new Date(Number(floorDivide(value.ticks - UNIX_EPOCH, TICKS_PER_MS)));
}

function offsetMinutes(zone: string | undefined): number {
  if (zone === undefined || zone.toUpperCase() === 'Z') {
    return 0;
  }
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return zone.startsWith('-') ? -minutes : minutes;
}

const knownTimes = new Map<string, KqlDateTime | undefined>();
const MAX_KNOWN_TIMES = 100_000;

/** Reads ISO 8601 with up to seven digits of a second; undefined when the text has another form. */
export function parseDateTime(text: string): KqlDateTime | undefined {
  // Rows of one run repeat the same few times.
  if (!knownTimes.has(text)) {
    if (knownTimes.size >= MAX_KNOWN_TIMES) {
      knownTimes.clear();
    }
    knownTimes.set(text, readDateTime(text));
  }
  return knownTimes.get(text);
}

function readDateTime(text: string): KqlDateTime | undefined {
  const [match, year, month, day, hour = '0', minute = '0', second = '0', fraction = '', zone] =
    DATE_TIME.exec(text.trim()) ?? [];
  if (match === undefined) {
    return undefined;
  }
  const date = new Date(0);
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  date.setUTCHours(Number(hour), Number(minute), Number(second));
  const valid =
    date.getUTCMonth() === Number(month) - 1 &&
    date.getUTCDate() === Number(day) &&
    Number(minute) < 60 &&
    Number(second) < 60;
  if (!valid) {
    return undefined;
  }
  const local = new Date(date.getTime() - offsetMinutes(zone) * 60_000);
  return new KqlDateTime(dateTimeFromDate(local).ticks + BigInt(fraction.padEnd(7, '0')));
}

/** ISO 8601 as Azure answers it: as many digits of a second as the value needs, or a fixed seven. */
function formatDateTime(value: KqlDateTime, digits: 'needed' | 'seven'): string {
  const seconds = dateOf(value).toISOString().slice(0, 19);
  const fraction = (value.ticks % 10_000_000n).toString().padStart(7, '0');
  const shown = digits === 'seven' ? fraction : fraction.replace(/0+$/, '');
  return `${seconds}${shown === '' ? '' : `.${shown}`}Z`;
}

/** Reads `[-][d.]hh:mm[:ss[.fffffff]]`, a count with a unit such as `5m`, or a bare count of days. */
export function parseTimespan(text: string): KqlTimespan | undefined {
  const trimmed = text.trim();
  const [clock, sign, days = '0', hours, minutes, seconds = '0', fraction = ''] = CLOCK.exec(trimmed) ?? [];
  if (clock !== undefined) {
    const total = ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds);
    const ticks = BigInt(total) * 10_000_000n + BigInt(fraction.padEnd(7, '0'));
    return new KqlTimespan(sign === undefined ? ticks : -ticks);
  }
  const [, count, unit = 'd'] = DURATION.exec(trimmed) ?? /^(-?\d+)$/.exec(trimmed) ?? [];
  const ticksPerUnit = TICKS_PER_UNIT.get(unit.toLowerCase());
  return count === undefined || ticksPerUnit === undefined
    ? undefined
    : new KqlTimespan(BigInt(Math.round(Number(count) * ticksPerUnit)));
}

/** `[-][d.]hh:mm:ss[.fffffff]` */
function formatTimespan({ ticks }: KqlTimespan): string {
  const size = ticks < 0n ? -ticks : ticks;
  const part = (ticksPerPart: bigint, modulo: bigint, width: number): string =>
    ((size / ticksPerPart) % modulo).toString().padStart(width, '0');
  const clock = `${part(36_000_000_000n, 24n, 2)}:${part(600_000_000n, 60n, 2)}:${part(10_000_000n, 60n, 2)}`;
  const days = size / TICKS_PER_DAY;
  const fraction = size % 10_000_000n === 0n ? '' : `.${part(1n, 10_000_000n, 7)}`;
  return `${ticks < 0n ? '-' : ''}${days === 0n ? '' : `${days.toString()}.`}${clock}${fraction}`;
}

// ---- JSON in and out ---------------------------------------------------------------------------

/** A JSON value as it is, as nothing changes a value while queries run. */
function fromJson(value: unknown): Value {
  checkJson(value);
  return value as Value;
}

function checkJson(value: unknown): void {
  if (typeof value === 'number') {
    checkedNumber(value, false);
  } else if (typeof value === 'object' && value !== null) {
    Object.values(value).forEach(checkJson);
  } else if (value !== null && typeof value !== 'string' && typeof value !== 'boolean') {
    throw new KqlError(`a ${typeof value} is no JSON value`);
  }
}

/** Parses JSON text into a dynamic value; undefined when it is no JSON. */
export function parseJson(text: string): Value | undefined {
  try {
    return fromJson(JSON.parse(text));
  } catch (error) {
    if (error instanceof SyntaxError) {
      return undefined;
    }
    throw error;
  }
}

const isInteger = (value: unknown): value is number => Number.isSafeInteger(value);
const READERS: Record<KqlType, (value: unknown) => Value | undefined> = {
  string: (value) => (typeof value === 'string' ? value : undefined),
  guid: (value) => (typeof value === 'string' ? value.toLowerCase() : undefined),
  bool: (value) => (typeof value === 'boolean' ? value : undefined),
  int: (value) => (isInteger(value) ? value : undefined),
  long: (value) => (isInteger(value) ? value : undefined),
  real: (value) => (typeof value === 'number' ? value : undefined),
  datetime: (value) => (typeof value === 'string' ? parseDateTime(value) : undefined),
  timespan: (value) => (typeof value === 'string' ? parseTimespan(value) : undefined),
  dynamic: fromJson,
};

/** Takes a JSON-like cell of a table in; a cell that does not fit its column is an error. */
export function readCell(value: unknown, type: KqlType, column: string): Value {
  if (value === undefined || value === null) {
    return nullOf(type);
  }
  const read = READERS[type](value);
  if (read === undefined) {
    throw new KqlError(`column '${column}' of type ${type} holds ${JSON.stringify(value)}`);
  }
  return read;
}

/** The JSON-like form of a value for the answer. */
export function toJson(value: Value): unknown {
  if (value instanceof KqlDateTime) {
    return formatDateTime(value, 'needed');
  }
  if (value instanceof KqlTimespan) {
    return formatTimespan(value);
  }
  if (Array.isArray(value)) {
    return value.map(toJson);
  }
  return isBag(value) ? Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, toJson(entry)])) : value;
}

/** The same JSON for the same content: property names are sorted. */
export function canonicalJson(value: Value): string {
  if (Array.isArray(value)) {
    return `[${value.map(canonicalJson).join(',')}]`;
  }
  if (isBag(value)) {
    const entries = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
    return `{${entries.map(([key, entry]) => `${JSON.stringify(key)}:${canonicalJson(entry)}`).join(',')}}`;
  }
  return JSON.stringify(toJson(value));
}

// ---- Text --------------------------------------------------------------------------------------

function realText(value: number): string {
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e15)) {
    throw new KqlError(`the text form of the real ${value} is not known`);
  }
  return Number.isInteger(value) ? `${value}.0` : `${value}`;
}

/** What `tostring()` makes of a value; null becomes the empty string. */
export function textOf(value: Value, type: KqlType): string {
  if (value === null) {
    return '';
  }
  if (typeof value === 'number') {
    return type === 'real' || !Number.isInteger(value) ? realText(value) : `${value}`;
  }
  if (value instanceof KqlDateTime) {
    return formatDateTime(value, 'seven');
  }
  if (value instanceof KqlTimespan) {
    return formatTimespan(value);
  }
  return typeof value === 'object' ? JSON.stringify(toJson(value)) : String(value);
}

// ---- Comparison --------------------------------------------------------------------------------

/** Orders two values of the same family; strings by code unit, as an ordinal comparison does. */
export function compareValues(left: Exclude<Value, null>, right: Exclude<Value, null>): number {
  const family = categoryOfValue(left);
  if (family !== categoryOfValue(right) || family === 'dynamic') {
    throw new KqlError(
      `comparing a ${family} value with a ${categoryOfValue(right)} value needs a cast such as tostring() or tolong()`,
    );
  }
  const a = comparable(left);
  const b = comparable(right);
  return a < b ? -1 : Number(a > b);
}

function comparable(value: Exclude<Value, null>): bigint | number | string | boolean {
  if (value instanceof KqlDateTime || value instanceof KqlTimespan) {
    return value.ticks;
  }
  return typeof value === 'object' ? canonicalJson(value) : value;
}

/**
 * `==`: two nulls give null, a null and a value give false.
 * Whether an absent dynamic value equals the empty string is not documented, so that is refused.
 */
export function equalValues(left: Value, right: Value): boolean | null {
  if (left === null || right === null) {
    if (left === '' || right === '') {
      throw new KqlError("comparing a null dynamic value with '' needs isempty() or tostring()");
    }
    return left === right ? null : false;
  }
  return compareValues(left, right) === 0;
}

/** A key under which equal values meet when rows are grouped, joined or made distinct. */
export function groupKey(values: readonly Value[]): string {
  let key = '';
  for (const value of values) {
    const text = value === null ? 'null' : `${categoryOfValue(value)} ${keyText(value)}`;
    key += `${text.length} ${text}`;
  }
  return key;
}

function keyText(value: Exclude<Value, null>): string {
  return typeof value === 'string' ? value : String(comparable(value));
}
