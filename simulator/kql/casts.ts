import { type Present, type ScalarFunction, eager, numberArgument, spanArgument, timeArgument } from './call';
import { KqlError } from './error';
import {
  type KqlType,
  type Value,
  categoryOfValue,
  checkedNumber,
  nullOf,
  parseDateTime,
  parseTimespan,
  textOf,
} from './values';

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

/** https://learn.microsoft.com/kusto/query/gettype-function; what it says of a number in a dynamic value varies. */
function typeOf([value = null]: Value[], [type = 'dynamic']: KqlType[]): Value {
  if (value === null) {
    return type === 'dynamic' ? 'null' : type;
  }
  const family = categoryOfValue(value);
  if (type !== 'dynamic') {
    return type;
  }
  if (family === 'number') {
    throw new KqlError('gettype() of a number in a dynamic value is not supported');
  }
  return family === 'dynamic' ? (Array.isArray(value) ? 'array' : 'dictionary') : family;
}

export const CAST_FUNCTIONS: Readonly<Record<string, ScalarFunction>> = {
  tostring: castTo('string'),
  toint: castTo('int'),
  tolong: castTo('long'),
  todouble: castTo('real'),
  toreal: castTo('real'),
  tobool: castTo('bool'),
  todatetime: castTo('datetime'),
  totimespan: castTo('timespan'),
  gettype: eager(typeOf),
};
